package org.gristmill.jobs;

import java.io.EOFException;
import java.io.IOException;
import org.apache.hadoop.fs.FSInputStream;

/** Reads the bytes of an object, as they were when it was opened. */
final class ObjectStoreInput extends FSInputStream {
  private final byte[] bytes;
  private int next;

  ObjectStoreInput(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read() {
    return next < bytes.length ? bytes[next++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    if (next >= bytes.length) {
      return -1;
    }
    int count = Math.min(length, bytes.length - next);
    System.arraycopy(bytes, next, into, offset, count);
    next += count;
    return count;
  }

  @Override
  public int available() {
    return bytes.length - next;
  }

  @Override
  public void seek(long position) throws IOException {
    if (position < 0 || position > bytes.length) {
      throw new EOFException("cannot seek to " + position + " of " + bytes.length + " bytes");
    }
    next = (int) position;
  }

  @Override
  public long getPos() {
    return next;
  }

  @Override
  public boolean seekToNewSource(long position) {
    return false;
  }
}
