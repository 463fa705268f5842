package org.gristmill.sources;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A byte order mark.
 *
 * @param charset what it says of the bytes behind it
 * @param length its own length in bytes
 */
public record Mark(Charset charset, int length) {

  /** The mark at the start of some bytes, of UTF-8 or UTF-16; empty if there is none. */
  public static Optional<Mark> of(byte[] b) {
    int b0 = b.length > 0 ? b[0] & 0xFF : -1;
    int b1 = b.length > 1 ? b[1] & 0xFF : -1;
    int b2 = b.length > 2 ? b[2] & 0xFF : -1;
    if (b0 == 0xEF && b1 == 0xBB && b2 == 0xBF) {
      return Optional.of(new Mark(StandardCharsets.UTF_8, 3));
    }
    if (b0 == 0xFE && b1 == 0xFF) {
      return Optional.of(new Mark(StandardCharsets.UTF_16BE, 2));
    }
    if (b0 == 0xFF && b1 == 0xFE) {
      return Optional.of(new Mark(StandardCharsets.UTF_16LE, 2));
    }
    return Optional.empty();
  }
}
