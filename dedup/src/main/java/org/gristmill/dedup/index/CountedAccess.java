package org.gristmill.dedup.index;

import java.io.IOException;

/** Counts what is read of a file. */
final class CountedAccess implements RandomAccess {
  private final RandomAccess file;
  private long bytes;

  CountedAccess(RandomAccess file) {
    this.file = file;
  }

  @Override
  public long length() throws IOException {
    return file.length();
  }

  @Override
  public void read(long position, byte[] target, int offset, int length) throws IOException {
    bytes += length;
    file.read(position, target, offset, length);
  }

  long bytes() {
    return bytes;
  }
}
