package org.gristmill.filters;

import java.util.Arrays;

/** The words of a text in their order, by some {@link Splitter}, and what is known of each. */
final class Words extends Pieces {
  /** It has a letter of any script. */
  static final int ALPHABETIC = 1;

  /** It has nothing but symbols. */
  static final int SYMBOL = 2;

  /** It is a mark that may end a sentence. */
  static final int SENTENCE_END = 4;

  /** It has nothing but punctuation (general category P). */
  static final int PUNCTUATION = 8;

  private int[] chars;
  private byte[] flags;
  private int solid;
  private long solidChars;
  private int alphabetic;

  Words(byte[] text) {
    this(text, 8 + text.length / 4);
  }

  Words(byte[] text, int expected) {
    super(text, expected);
    chars = new int[expected];
    flags = new byte[expected];
  }

  /**
   * Adds the next word.
   *
   * @param chars its length in code points
   * @param about what is known of it, of the flags above
   */
  void add(int start, int end, int chars, int about) {
    int word = count();
    add(start, end);
    if (word == this.chars.length) {
      this.chars = Arrays.copyOf(this.chars, 2 * word + 8);
      flags = Arrays.copyOf(flags, 2 * word + 8);
    }
    this.chars[word] = chars;
    flags[word] = (byte) about;
    alphabetic += about & ALPHABETIC;
    if ((about & SYMBOL) == 0) {
      solid++;
      solidChars += chars;
    }
  }

  /** Length of a word in code points. */
  int chars(int word) {
    return chars[word];
  }

  boolean is(int word, int flag) {
    return (flags[word] & flag) != 0;
  }

  int about(int word) {
    return flags[word];
  }

  /** How many are not only symbols. */
  int solid() {
    return solid;
  }

  /** Code points in those that are not only symbols. */
  long solidChars() {
    return solidChars;
  }

  /** How many have a letter. */
  int alphabetic() {
    return alphabetic;
  }
}
