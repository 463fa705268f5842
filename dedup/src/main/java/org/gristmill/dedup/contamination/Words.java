package org.gristmill.dedup.contamination;

/** Counts words without cutting them out. */
public final class Words {
  private Words() {}

  /**
   * Whether a text has at least so many words: runs of letters, digits and marks; a character of a
   * script without spaces is a word.
   */
  public static boolean atLeast(int words, CharSequence text) {
    int left = words;
    boolean inside = false;
    for (int i = 0; i < text.length() && left > 0; ) {
      int c = Character.codePointAt(text, i);
      i += Character.charCount(c);
      byte kind = Kind.of(c);
      boolean letter = kind == Kind.LETTER || kind == Kind.DIGIT;
      if (kind == Kind.CHARACTER || letter && !inside) {
        left--;
      }
      inside = letter || inside && kind == Kind.MARK;
    }
    return left <= 0;
  }
}
