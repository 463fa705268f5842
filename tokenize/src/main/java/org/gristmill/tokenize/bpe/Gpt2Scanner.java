package org.gristmill.tokenize.bpe;

/**
 * {@code 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+}: GPT-2 and
 * GPT-3.
 */
final class Gpt2Scanner extends Scanner {
  private static final int ANY =
      UnicodeClasses.SPACE | UnicodeClasses.LETTER | UnicodeClasses.NUMBER;

  @Override
  public void cut(byte[] text, int from, int to, Pieces out) {
    int at = from;
    while (at < to) {
      int end = at + 9 <= to ? asciiEnd(text, at, to) : at;
      end = end > at ? end : end(text, at, to);
      out.add(text, at, end);
      at = end;
    }
  }

  /** The end of a piece that eight bytes behind its first one tell, or {@code from}. */
  private static int asciiEnd(byte[] text, int from, int to) {
    int first = text[from];
    int next = text[from + 1];
    if (isLetter(first) || first == ' ' && isLetter(next)) {
      int end = from + 1 + Ascii.letters(Utf8.word(text, from + 1));
      return end < from + 9 && text[end] >= 0 ? end : letters(text, end, to, UnicodeClasses.LETTER);
    }
    if (isDigit(first) || first == ' ' && isDigit(next)) {
      int end = from + 1 + Ascii.digits(Utf8.word(text, from + 1));
      return end < from + 9 && text[end] >= 0 ? end : from;
    }
    return first == '\n' && isVisible(next) ? from + 1 : simple(text, from, 1);
  }

  private static int end(byte[] text, int from, int to) {
    int contracted = contraction(text, from, to);
    if (contracted > from) {
      return contracted;
    }
    int at = text[from] == ' ' && from + 1 < to ? from + 1 : from;
    int c = charAt(text, at, to);
    if ((c & UnicodeClasses.LETTER) != 0) {
      return letters(text, at, to, UnicodeClasses.LETTER);
    }
    if ((c & UnicodeClasses.NUMBER) != 0) {
      return run(text, at, to, UnicodeClasses.NUMBER);
    }
    if ((c & UnicodeClasses.SPACE) == 0) {
      return runWithout(text, at, to, ANY);
    }
    return allButTheLast(text, from, run(text, at, to, UnicodeClasses.SPACE), to);
  }
}
