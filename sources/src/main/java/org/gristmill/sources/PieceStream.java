package org.gristmill.sources;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of pieces, one behind the other. */
final class PieceStream extends InputStream {
  private final Pieces pieces;
  private int from;
  private int to;

  PieceStream(Pieces pieces) {
    this.pieces = pieces;
  }

  @Override
  public int read() throws IOException {
    return OneByte.read(this);
  }

  @Override
  public int read(byte[] b, int off, int len) throws IOException {
    if (from == to && len > 0) {
      if (!pieces.next()) {
        return -1;
      }
      from = 0;
      to = pieces.length();
    }
    int count = Math.min(len, to - from);
    System.arraycopy(pieces.bytes(), from, b, off, count);
    from += count;
    return count;
  }

  @Override
  public void close() throws IOException {
    pieces.close();
  }
}
