package org.gristmill.sources;

/** Checks bytes for well-formed UTF-8 (Unicode 16, table 3-7): no overlong form, no surrogate. */
final class Utf8 {
  private Utf8() {}

  /** Index of the first byte that does not belong, or -1. */
  static int firstInvalid(byte[] b) {
    int i = 0;
    while (i < b.length) {
      int c = b[i];
      if (c >= 0) {
        i++;
        continue;
      }
      int tail = tail(c & 0xFF);
      if (tail == 0 || i + tail >= b.length || !secondFits(c & 0xFF, b[i + 1] & 0xFF)) {
        return i;
      }
      for (int k = 1; k <= tail; k++) {
        if ((b[i + k] & 0xC0) != 0x80) {
          return i;
        }
      }
      i += tail + 1;
    }
    return -1;
  }

  private static int tail(int lead) {
    if (lead >= 0xC2 && lead <= 0xDF) {
      return 1;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
      return 2;
    }
    return lead >= 0xF0 && lead <= 0xF4 ? 3 : 0;
  }

  private static boolean secondFits(int lead, int second) {
    return switch (lead) {
      case 0xE0 -> second >= 0xA0;
      case 0xED -> second <= 0x9F;
      case 0xF0 -> second >= 0x90;
      case 0xF4 -> second <= 0x8F;
      default -> true;
    };
  }
}
