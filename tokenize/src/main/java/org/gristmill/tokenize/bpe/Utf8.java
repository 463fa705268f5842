package org.gristmill.tokenize.bpe;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads bytes as code points and as words of eight bytes. */
final class Utf8 {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Utf8() {}

  /** The eight bytes from {@code at}, the first of them lowest. */
  static long word(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  /** The first {@code length} (at most 8) bytes from {@code at}, the first of them lowest. */
  static long word(byte[] bytes, int at, int length) {
    if (length == 0) {
      return 0;
    }
    if (at + 8 <= bytes.length) {
      return word(bytes, at) & -1L >>> (64 - 8 * length);
    }
    int end = at + length;
    if (end >= 8) {
      return word(bytes, end - 8) >>> (64 - 8 * length);
    }
    long word = 0;
    for (int i = length - 1; i >= 0; i--) {
      word = word << 8 | bytes[at + i] & 0xFF;
    }
    return word;
  }

  /**
   * The code point at {@code at} times eight plus its length in bytes. A byte that starts no
   * well-formed sequence within {@code to} is {@link UnicodeClasses#ILL_FORMED} of length 1.
   */
  static int codePoint(byte[] text, int at, int to) {
    int lead = text[at];
    if (lead >= 0) {
      return lead << 3 | 1;
    }
    int second = tail(text, at + 1, to);
    if (lead >= (byte) 0xE0 && lead < (byte) 0xF0) {
      int third = tail(text, at + 2, to);
      int code = (lead & 0xF) << 12 | second << 6 | third;
      if ((second | third) < 0x40 && code >= 0x800) {
        return code << 3 | 3;
      }
    } else if (lead >= (byte) 0xC2 && lead < (byte) 0xE0) {
      if (second < 0x40) {
        return (lead & 0x1F) << 9 | second << 3 | 2;
      }
    } else if (lead >= (byte) 0xF0 && lead < (byte) 0xF5) {
      int third = tail(text, at + 2, to);
      int fourth = tail(text, at + 3, to);
      int code = (lead & 7) << 18 | second << 12 | third << 6 | fourth;
      boolean tails = (second | third | fourth) < 0x40;
      if (tails && code >= 0x10000 && code < UnicodeClasses.ILL_FORMED) {
        return code << 3 | 4;
      }
    }
    return UnicodeClasses.ILL_FORMED << 3 | 1;
  }

  /** The six bits of a continuation byte, or more than they can say. */
  private static int tail(byte[] text, int at, int to) {
    return at < to ? text[at] & 0xFF ^ 0x80 : 0x40;
  }
}
