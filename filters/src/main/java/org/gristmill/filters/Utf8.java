package org.gristmill.filters;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads well-formed UTF-8 without decoding it into a string. */
final class Utf8 {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MIX = 0x9E3779B97F4A7C15L;
  private static final long SPREAD = 0xD6E8FEB86659FD93L;

  private Utf8() {}

  /** The code point that begins at a byte. */
  static int codePoint(byte[] text, int at) {
    int lead = text[at];
    if (lead >= 0) {
      return lead;
    }
    if (lead < (byte) 0xE0) {
      return (lead & 0x1F) << 6 | text[at + 1] & 0x3F;
    }
    if (lead < (byte) 0xF0) {
      return (lead & 0x0F) << 12 | (text[at + 1] & 0x3F) << 6 | text[at + 2] & 0x3F;
    }
    return (lead & 0x07) << 18
        | (text[at + 1] & 0x3F) << 12
        | (text[at + 2] & 0x3F) << 6
        | text[at + 3] & 0x3F;
  }

  /** How many bytes the code point takes that begins with a byte. */
  static int length(byte lead) {
    return lead >= 0 ? 1 : lead < (byte) 0xE0 ? 2 : lead < (byte) 0xF0 ? 3 : 4;
  }

  /** Where the code point begins that ends before a byte. */
  static int before(byte[] text, int at) {
    int start = at - 1;
    while ((text[start] & 0xC0) == 0x80) {
      start--;
    }
    return start;
  }

  /** Code points in a range of bytes. */
  static int codePoints(byte[] text, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      count += text[i] > (byte) 0xBF ? 1 : 0;
    }
    return count;
  }

  /** Bytes of the white space (see {@link PythonText#isSpace}) at a place, 0 if there is none. */
  static int space(byte[] text, int at) {
    byte b = text[at];
    if (b >= 0) {
      return b <= ' ' && PythonText.isSpace((char) b) ? 1 : 0;
    }
    if (b != (byte) 0xC2 && (b < (byte) 0xE1 || b > (byte) 0xE3)) {
      return 0;
    }
    return PythonText.isSpace((char) codePoint(text, at)) ? length(b) : 0;
  }

  /** The first place from {@code from} on that is not white space, at most {@code to}. */
  static int skipSpace(byte[] text, int from, int to) {
    int i = from;
    while (i < to) {
      int space = text[i] > ' ' ? 0 : space(text, i);
      if (space == 0) {
        return i;
      }
      i += space;
    }
    return i;
  }

  /** The end of a range without the white space at its end. */
  static int trimEnd(byte[] text, int from, int to) {
    int end = to;
    while (end > from) {
      if (text[end - 1] > ' ') {
        return end;
      }
      int start = before(text, end);
      if (space(text, start) == 0) {
        return end;
      }
      end = start;
    }
    return end;
  }

  /** Whether a range ends with some bytes. */
  static boolean endsWith(byte[] text, int from, int to, byte[] end) {
    return to - from >= end.length && startsWith(text, to - end.length, end);
  }

  /** Whether some bytes stand at a place; the text must reach that far. */
  static boolean startsWith(byte[] text, int at, byte[] what) {
    for (int i = 0; i < what.length; i++) {
      if (text[at + i] != what[i]) {
        return false;
      }
    }
    return true;
  }

  /** Eight bytes from a place on, the first the lowest; beyond the end they are 0. */
  static long eight(byte[] text, int at) {
    if (at + Long.BYTES <= text.length) {
      return (long) LONG.get(text, at);
    }
    long value = 0;
    for (int i = text.length - 1; i >= at; i--) {
      value = value << 8 | text[i] & 0xFF;
    }
    return value;
  }

  /** Writes eight bytes, the lowest first. */
  static void putEight(byte[] to, int at, long value) {
    LONG.set(to, at, value);
  }

  /** The first bytes of {@link #eight}, the others 0. */
  static long upTo(long eight, int bytes) {
    return bytes >= Long.BYTES ? eight : eight & (1L << 8 * bytes) - 1;
  }

  /** A hash of a range of bytes. */
  static long hash(byte[] text, int from, int to) {
    long hash = (to - from) * MIX;
    int i = from;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      hash = (hash ^ (long) LONG.get(text, i)) * SPREAD;
      hash ^= hash >>> 32;
    }
    if (i < to) {
      hash = (hash ^ upTo(eight(text, i), to - i)) * SPREAD;
      hash ^= hash >>> 29;
    }
    return hash * MIX;
  }

  /** A hash of a number; the upper half is the better one. */
  static long hash(long value) {
    long hash = (value ^ value >>> 32) * SPREAD;
    return (hash ^ hash >>> 32) * MIX;
  }
}
