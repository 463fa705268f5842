package org.gristmill.sources;

import java.io.IOException;
import java.io.InputStream;

/** The read of a single byte, for streams that read in blocks only. */
public final class OneByte {
  private OneByte() {}

  /** The next byte as a number from 0 to 255, or -1 at the end. */
  public static int read(InputStream in) throws IOException {
    byte[] one = new byte[1];
    int read = 0;
    while (read == 0) {
      read = in.read(one, 0, 1);
    }
    return read < 0 ? -1 : one[0] & 0xFF;
  }
}
