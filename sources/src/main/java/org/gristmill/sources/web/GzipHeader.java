package org.gristmill.sources.web;

/**
 * The header of a gzip member.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>
 */
final class GzipHeader {
  /** Its least length, in bytes. */
  static final int BYTES = 10;

  private static final int CHECKSUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xE0;

  /** Longest name or comment, in bytes: what is longer is damage. */
  private static final int MAX_NAME = 1 << 12;

  private GzipHeader() {}

  /**
   * Whether a header may start at {@code at}: magic number and method, or what is there of them.
   */
  static boolean mayStartAt(byte[] b, int at, int end) {
    int[] magic = {0x1f, 0x8b, 8};
    for (int i = 0; i < Math.min(end - at, magic.length); i++) {
      if ((b[at + i] & 0xFF) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether a whole magic number and method stand at {@code at}. */
  static boolean startsAt(byte[] b, int at, int end) {
    return end - at >= 3 && mayStartAt(b, at, end);
  }

  /** Whether the flags are those of the specification; the header must have its least length. */
  static boolean isSound(byte[] b, int at) {
    return (b[at + 3] & RESERVED) == 0;
  }

  /**
   * Length of the header at {@code at}, which must have its least length; beyond {@code end} if its
   * end is missing.
   */
  static int length(byte[] b, int at, int end) {
    int flags = b[at + 3];
    int next = at + BYTES;
    if ((flags & EXTRA) != 0 && end - at >= BYTES + 2) {
      next += 2 + (b[next] & 0xFF | (b[next + 1] & 0xFF) << 8);
    }
    for (int flag = NAME; flag <= COMMENT; flag *= 2) {
      if ((flags & flag) != 0) {
        int from = next;
        while (next < end && b[next] != 0 && next - from < MAX_NAME) {
          next++;
        }
        next++;
      }
    }
    return next - at + ((flags & CHECKSUM) != 0 ? 2 : 0);
  }
}
