package org.gristmill.dedup.index;

import java.io.IOException;

/** A file that can be read anywhere and does not change meanwhile. */
public interface RandomAccess {
  /** Bytes in the file. */
  long length() throws IOException;

  /**
   * Reads exactly {@code length} bytes.
   *
   * @param position of the first byte in the file, from 0
   * @param offset of the first byte in the target
   * @throws java.io.EOFException if the file ends before
   */
  void read(long position, byte[] target, int offset, int length) throws IOException;
}
