package org.gristmill.sources.code;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;
import org.gristmill.sources.OneByte;

/** Counts what is unpacked and stops when it is far more than what was stored. */
final class Limited extends InputStream {
  /** Below this many bytes no ratio is held against a file. */
  private static final long FREE_BYTES = 64L << 20;

  private final InputStream in;
  private final LongSupplier stored;
  private final long maxBytes;
  private final long maxRatio;
  private long unpacked;

  /**
   * @param stored bytes read so far of the packed form
   */
  Limited(InputStream in, LongSupplier stored, long maxBytes, long maxRatio) {
    this.in = in;
    this.stored = stored;
    this.maxBytes = maxBytes;
    this.maxRatio = maxRatio;
  }

  /** Unpacks to more than is allowed. */
  static final class Bomb extends IOException {
    private static final long serialVersionUID = 1L;

    Bomb(long unpacked, long stored) {
      super(unpacked + " bytes unpacked from " + stored);
    }
  }

  @Override
  public int read() throws IOException {
    return OneByte.read(this);
  }

  @Override
  public int read(byte[] b, int off, int len) throws IOException {
    int read = in.read(b, off, len);
    if (read > 0) {
      unpacked += read;
      long packed = stored.getAsLong();
      if (unpacked > maxBytes || unpacked > FREE_BYTES && unpacked / maxRatio > packed) {
        throw new Bomb(unpacked, packed);
      }
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
