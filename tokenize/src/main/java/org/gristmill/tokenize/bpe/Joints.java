package org.gristmill.tokenize.bpe;

/**
 * Between which bytes of a piece a token may reach. Where none does, no merge ever joins the two
 * sides, so that each may be merged on its own; in Chinese that is most of the text.
 *
 * <p>Two neighbouring bytes may be joined if they are neighbours in some token. Between two
 * characters of three bytes each it is known exactly: some token holds a text that ends with the
 * first character, or starts with the end of it, and goes on with the second one, or ends with the
 * start of it.
 */
final class Joints {
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private final long[] joined = new long[1 << 10];
  private final long[] spans; // what tokens have around the start of a character; 0 is free
  private final int shift;

  // Which numbers of bytes before and behind such a start tokens have, by those bytes.
  private final short[][] before = {new short[1 << 6], new short[1 << 12], new short[1 << 16]};
  private final short[][] behind = {new short[1 << 4], new short[1 << 10], new short[1 << 16]};

  Joints(Vocabulary vocabulary) {
    byte[] bytes = vocabulary.bytes();
    int starts = 0;
    for (int id = 0; id < vocabulary.bound(); id++) {
      int start = vocabulary.start(id);
      int end = start + vocabulary.length(id);
      for (int i = start + 1; i < end; i++) {
        int pair = pair(bytes, i);
        joined[pair >> 6] |= 1L << pair;
        starts += isBetween(bytes, i) ? 1 : 0;
      }
    }
    int bits = 64 - Long.numberOfLeadingZeros(starts * 2L + 1);
    shift = 64 - bits;
    spans = new long[1 << bits];
    for (int id = 0; id < vocabulary.bound(); id++) {
      int start = vocabulary.start(id);
      int end = start + vocabulary.length(id);
      for (int i = start + 1; i < end; i++) {
        if (isBetween(bytes, i)) {
          add(bytes, Math.max(start, i - 3), i, Math.min(end, i + 3));
        }
      }
    }
  }

  /** Where the part of {@code text[from, to)} that starts at {@code from} ends. */
  int end(byte[] text, int from, int to, Recent recent) {
    int at = from + 1;
    while (at < to) {
      int pair = pair(text, at);
      if ((joined[pair >> 6] & 1L << pair) == 0) {
        return at;
      }
      if (at - 3 >= from && at + 3 <= to && isBetween(text, at) && isCharacter(text, at - 3)) {
        if (isCharacter(text, at) && !recent.joined(text, at)) {
          return at;
        }
      }
      at++;
    }
    return at;
  }

  /** Whether a character of three bytes may start here, and one of several bytes end. */
  private static boolean isBetween(byte[] bytes, int at) {
    return bytes[at] >= (byte) 0xE0 && bytes[at] < (byte) 0xF0 && bytes[at - 1] < (byte) 0xC0;
  }

  private static boolean isCharacter(byte[] bytes, int at) {
    return bytes[at] >= (byte) 0xE0
        && bytes[at] < (byte) 0xF0
        && bytes[at + 1] < (byte) 0xC0
        && bytes[at + 2] < (byte) 0xC0;
  }

  /** The bits of a character of three bytes. */
  private static int bits(byte[] bytes, int at) {
    return (bytes[at] & 0xF) << 12 | (bytes[at + 1] & 0x3F) << 6 | bytes[at + 2] & 0x3F;
  }

  private static int pair(byte[] text, int second) {
    return (text[second - 1] & 0xFF) << 8 | text[second] & 0xFF;
  }

  /** Up to three bytes on either side of a place, and how many they are. */
  private static long span(byte[] bytes, int from, int at, int to) {
    long before = Utf8.word(bytes, from, at - from);
    long after = Utf8.word(bytes, at, to - at);
    return before | after << 24 | (long) (at - from) << 48 | (long) (to - at) << 52;
  }

  private void add(byte[] bytes, int from, int at, int to) {
    int kind = kind(at - from, to - at);
    int bits = 0;
    for (int i = from; i < at; i++) {
      bits = bits << 6 | bytes[i] & 0x3F;
    }
    before[at - from - 1][bits & before[at - from - 1].length - 1] |= (short) kind;
    bits = bytes[at] & 0xF;
    for (int i = at + 1; i < to; i++) {
      bits = bits << 6 | bytes[i] & 0x3F;
    }
    behind[to - at - 1][bits] |= (short) kind;
    add(span(bytes, from, at, to));
  }

  /** A bit for each number of bytes before and behind, from 1 to 3. */
  private static int kind(int before, int behind) {
    return 1 << 3 * before + behind - 4;
  }

  private void add(long span) {
    int slot = slot(span);
    while (spans[slot] != 0 && spans[slot] != span) {
      slot = slot + 1 & spans.length - 1;
    }
    spans[slot] = span;
  }

  private boolean holds(long span) {
    int slot = slot(span);
    while (spans[slot] != 0) {
      if (spans[slot] == span) {
        return true;
      }
      slot = slot + 1 & spans.length - 1;
    }
    return false;
  }

  private int slot(long span) {
    return (int) ((span ^ span >>> 31) * MULTIPLIER >>> shift);
  }

  /** Remembers what was asked lately; for one thread. */
  final class Recent {
    private static final int BITS = 15;
    private static final long YES = 1L << 48;

    private final long[] answers = new long[1 << BITS];

    /** Whether a token may reach from one character of three bytes into the next one. */
    boolean joined(byte[] text, int at) {
      long both = Utf8.word(text, at - 3, 6);
      int slot = (int) (both * MULTIPLIER >>> 64 - BITS);
      long answer = answers[slot];
      if ((answer & YES - 1) != both) {
        answer = both | (ask(text, at) ? YES : 0);
        answers[slot] = answer;
      }
      return (answer & YES) != 0;
    }

    private boolean ask(byte[] text, int at) {
      int left = bits(text, at - 3);
      int right = bits(text, at);
      int kinds = before[0][left & 0x3F] | before[1][left & 0xFFF] | before[2][left];
      kinds &= behind[0][right >> 12] | behind[1][right >> 6] | behind[2][right];
      for (; kinds != 0; kinds &= kinds - 1) {
        int kind = Integer.numberOfTrailingZeros(kinds);
        if (holds(span(text, at - 1 - kind / 3, at, at + 1 + kind % 3))) {
          return true;
        }
      }
      return false;
    }
  }
}
