package org.gristmill.dedup.index;

import java.io.EOFException;

/** A file in memory; it knows how it was read. */
final class BytesAccess implements RandomAccess {
  private final byte[] bytes;
  int reads;
  int longest;

  BytesAccess(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public long length() {
    return bytes.length;
  }

  @Override
  public void read(long position, byte[] target, int offset, int length) throws EOFException {
    if (position < 0 || position + length > bytes.length) {
      throw new EOFException("no bytes from " + position + " to " + (position + length));
    }
    System.arraycopy(bytes, (int) position, target, offset, length);
    reads++;
    longest = Math.max(longest, length);
  }
}
