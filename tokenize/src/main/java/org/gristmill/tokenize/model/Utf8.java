package org.gristmill.tokenize.model;

/** Reading well-formed UTF-8 by code points. */
public final class Utf8 {
  private Utf8() {}

  /** Bytes of the character that starts with this byte; 1 for a byte inside of one. */
  public static int length(byte first) {
    if (first >= 0 || first < (byte) 0xC0) {
      return 1;
    }
    return first < (byte) 0xE0 ? 2 : first < (byte) 0xF0 ? 3 : 4;
  }

  /** The code point that starts at an index of well-formed UTF-8. */
  public static int codePoint(byte[] text, int at) {
    int first = text[at];
    if (first >= 0) {
      return first;
    }
    int second = text[at + 1] & 0x3F;
    if (first < (byte) 0xE0) {
      return (first & 0x1F) << 6 | second;
    }
    int third = text[at + 2] & 0x3F;
    if (first < (byte) 0xF0) {
      return (first & 0x0F) << 12 | second << 6 | third;
    }
    return (first & 0x07) << 18 | second << 12 | third << 6 | text[at + 3] & 0x3F;
  }

  /** Index of the character before one that starts at {@code at}. */
  public static int before(byte[] text, int at) {
    int i = at - 1;
    while ((text[i] & 0xC0) == 0x80) {
      i--;
    }
    return i;
  }

  /** Bytes of a code point. */
  public static int lengthOf(int codePoint) {
    return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }

  /** Number of characters in a range. */
  public static int count(byte[] text, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      count += (text[i] & 0xC0) == 0x80 ? 0 : 1;
    }
    return count;
  }

  /** Bytes of the well-formed character at an index of any bytes; 0 if there is none. */
  public static int whole(byte[] bytes, int at, int end) {
    int first = bytes[at];
    int length = length(bytes[at]);
    if (length == 1) {
      return first >= 0 ? 1 : 0;
    }
    if (length > end - at || (first & 0xFF) > 0xF7) {
      return 0;
    }
    for (int i = 1; i < length; i++) {
      if ((bytes[at + i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    int c = codePoint(bytes, at);
    boolean surrogate = c >= 0xD800 && c < 0xE000;
    return lengthOf(c) == length && c <= 0x10FFFF && !surrogate ? length : 0;
  }
}
