package org.gristmill.sources;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * An input that counts and hashes its bytes as they are read, and remembers its failure, which a
 * parser may swallow or take for damage.
 */
final class WatchedInput implements Input, Closeable {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Input input;
  private final MessageDigest digest;
  private long bytes;
  private Exception failure;
  private WatchedStream first;

  WatchedInput(Input input) {
    this.input = input;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
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
   * The SHA-256 of the file, 64 hexadecimal digits. It comes from the first stream, whose rest is
   * read now.
   *
   * @throws IOException also if the file has another length than was listed
   */
  String sha256() throws IOException {
    if (first == null) {
      open();
    }
    byte[] buffer = new byte[BUFFER_BYTES];
    while (!first.ended) {
      first.read(buffer, 0, buffer.length);
    }
    if (first.count != input.length()) {
      String what = "%s changed while it was being read: %d bytes, listed %d";
      throw new IOException(what.formatted(input.file(), first.count, input.length()));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public void close() throws IOException {
    if (first != null) {
      first.in().close();
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
    try {
      WatchedStream stream = new WatchedStream(input.open());
      first = first == null ? stream : first;
      return stream;
    } catch (IOException | RuntimeException e) {
      failure = e;
      throw e;
    }
  }

  /** Reads in blocks only: one way in, one place to watch. */
  private final class WatchedStream extends FilterInputStream {
    private long count;
    private boolean ended;

    WatchedStream(InputStream in) {
      super(in);
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
      ended = read < 0;
      if (read > 0) {
        bytes += read;
        count += read;
        if (this == first) {
          digest.update(b, off, read);
        }
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

    /** The first stream stays open until the rest of it is hashed. */
    @Override
    public void close() throws IOException {
      if (this != first || ended) {
        in.close();
      }
    }
  }
}
