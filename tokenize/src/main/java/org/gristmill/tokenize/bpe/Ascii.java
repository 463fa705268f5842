package org.gristmill.tokenize.bpe;

/** Looks at eight bytes at once, the first of them lowest; a mask has the top bit of some bytes. */
final class Ascii {
  private static final long ONES = 0x0101010101010101L;
  private static final long TOPS = 0x80 * ONES;

  private Ascii() {}

  /** How many bytes at the start of a word are A to Z or a to z. */
  static int letters(long word) {
    return before(~between(word | 0x20 * ONES, word, 'a', 'z') & TOPS);
  }

  /** How many bytes at the start of a word are A to Z. */
  static int capitals(long word) {
    return before(~between(word, word, 'A', 'Z') & TOPS);
  }

  /** How many bytes of a word are before the first one, from {@code from} on, outside a to z. */
  static int endOfSmall(long word, int from) {
    return before(~between(word, word, 'a', 'z') & TOPS & -1L << 8 * from);
  }

  /** How many bytes at the start of a word are 0 to 9. */
  static int digits(long word) {
    return before(~between(word, word, '0', '9') & TOPS);
  }

  /** How many bytes at the start of a word are spaces. */
  static int spaces(long word) {
    return before(~between(word, word, ' ', ' ') & TOPS);
  }

  /** How many bytes at the start of a word are ASCII but letter, digit or white space. */
  static int others(long word) {
    long known = between(word | 0x20 * ONES, word, 'a', 'z') | between(word, word, '0', '9');
    long white = between(word, word, '\t', '\r') | between(word, word, ' ', ' ');
    return before((known | white | word) & TOPS);
  }

  /** The bytes of {@code folded} from {@code first} to {@code last} that are ASCII in a word. */
  private static long between(long folded, long word, int first, int last) {
    long low = folded & ~TOPS;
    return low + (0x80 - first) * ONES & ~(low + (0x7F - last) * ONES) & ~word;
  }

  private static int before(long mask) {
    return Long.numberOfTrailingZeros(mask) >>> 3;
  }
}
