package org.gristmill.sources;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * An input that counts its bytes and hashes those of one part as they are read, and remembers its
 * failure, which a parser may swallow or take for damage.
 */
final class WatchedInput implements Input, Closeable {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Input input;
  private final Part part;
  private final ContentHash hash;
  private long bytes;
  private Exception failure;

  /** The next byte to hash: whichever stream passes over it, takes the hash along. */
  private long hashed;

  /** Where a stream has met the end of the file; -1 before. */
  private long fileEnd = -1;

  /** A stream that its reader has left where the hash stands. */
  private WatchedStream left;

  WatchedInput(Input input, Part part, long blockBytes) {
    this.input = input;
    this.part = part;
    this.hash = new ContentHash(blockBytes);
    this.hashed = part.start();
  }

  /** Throws the failure of a stream, if there was one. */
  void rise() throws IOException {
    if (failure instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (failure instanceof IOException checked) {
      throw checked;
    }
  }

  /** Bytes taken from all streams so far. */
  long bytes() {
    return bytes;
  }

  /**
   * The {@link ContentHash} of the part, of which what nobody has read is read now.
   *
   * @throws IOException also if the file has another length than was listed
   */
  String sha256() throws IOException {
    if (!isHashed()) {
      keep(left == null || left.position != hashed ? stream(hashed) : left);
      byte[] buffer = new byte[BUFFER_BYTES];
      int read = 0;
      while (!isHashed() && read >= 0) {
        read = left.read(buffer, 0, buffer.length);
      }
    }
    if (fileEnd >= 0 && fileEnd != input.length()) {
      String what = "%s changed while it was being read: %d bytes, listed %d";
      throw new IOException(what.formatted(input.file(), fileEnd, input.length()));
    }
    return hash.hex();
  }

  /** Whether nothing of the part is left; of the last part, the end of the file must be seen. */
  private boolean isHashed() {
    return part.isLast() ? fileEnd >= 0 && hashed >= fileEnd : hashed == part.end();
  }

  @Override
  public void close() throws IOException {
    if (left != null) {
      left.in().close();
    }
  }

  @Override
  public String source() {
    return input.source();
  }

  @Override
  public String file() {
    return input.file();
  }

  @Override
  public String name() {
    return input.name();
  }

  @Override
  public long length() {
    return input.length();
  }

  @Override
  public InputStream open() throws IOException {
    return open(0);
  }

  @Override
  public InputStream open(long from) throws IOException {
    try {
      return stream(from);
    } catch (IOException | RuntimeException e) {
      failure = e;
      throw e;
    }
  }

  private WatchedStream stream(long from) throws IOException {
    return new WatchedStream(from == 0 ? input.open() : input.open(from), from);
  }

  private void keep(WatchedStream stream) throws IOException {
    if (left != stream) {
      close();
      left = stream;
    }
  }

  private void hash(byte[] b, int off, int length, long position) {
    long end = Math.min(position + length, part.end());
    if (position <= hashed && hashed < end) {
      hash.update(b, off + (int) (hashed - position), (int) (end - hashed));
      hashed = end;
    }
  }

  /** Reads in blocks only: one way in, one place to watch. */
  private final class WatchedStream extends FilterInputStream {
    private long position;

    WatchedStream(InputStream in, long position) {
      super(in);
      this.position = position;
    }

    InputStream in() {
      return in;
    }

    @Override
    public int read() throws IOException {
      return OneByte.read(this);
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
      int read;
      try {
        read = in.read(b, off, len);
      } catch (IOException | RuntimeException e) {
        failure = e;
        throw e;
      }
      if (read < 0) {
        fileEnd = position;
      } else if (read > 0) {
        bytes += read;
        hash(b, off, read, position);
        position += read;
      }
      return read;
    }

    @Override
    public long skip(long n) throws IOException {
      int read = read(new byte[(int) Math.min(Math.max(n, 0), 8192)]);
      return Math.max(0, read);
    }

    @Override
    public boolean markSupported() {
      return false;
    }

    /** A stream that may be used to hash the rest stays open for that. */
    @Override
    public void close() throws IOException {
      if (position == hashed && !isHashed()) {
        keep(this);
      } else if (this != left) {
        in.close();
      }
    }
  }
}
