package org.gristmill.sources;

import java.io.IOException;
import java.io.InputStream;

/** Pieces of a stream: of a plain file, or of what a file that is packed as one unpacks to. */
final class StreamPieces implements Pieces {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final InputStream in;
  private final Part part;
  private final boolean startsLine;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private long offset;
  private int length;

  private StreamPieces(InputStream in, Part part, boolean startsLine) {
    this.in = in;
    this.part = part;
    this.offset = part.start();
    this.startsLine = startsLine;
  }

  /** The first part of a text, from a stream at its start. */
  static Pieces first(InputStream in, Part part) {
    return new StreamPieces(in, part, true);
  }

  /** Any other part of a plain file. */
  static Pieces later(Input input, Part part) throws IOException {
    InputStream in = input.open(part.start() - 1);
    try {
      return new StreamPieces(in, part, in.read() == '\n');
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  @Override
  public boolean next() throws IOException {
    offset += length;
    length = 0;
    long left = isOwn() ? part.end() - offset : buffer.length;
    int read = 0;
    while (read == 0) {
      read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
    }
    length = Math.max(0, read);
    return read > 0;
  }

  @Override
  public byte[] bytes() {
    return buffer;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public long offset() {
    return offset;
  }

  @Override
  public boolean isOwn() {
    return offset < part.end();
  }

  @Override
  public boolean isJoined() {
    return true;
  }

  @Override
  public boolean startsLine() {
    return startsLine;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
