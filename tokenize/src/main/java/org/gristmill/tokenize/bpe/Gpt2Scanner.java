package org.gristmill.tokenize.bpe;

/**
 * {@code 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+}: GPT-2 and
 * GPT-3.
 */
final class Gpt2Scanner extends Scanner {
  private static final int ANY =
      UnicodeClasses.SPACE | UnicodeClasses.LETTER | UnicodeClasses.NUMBER;

  @Override
  int cut(byte[] text, int from, int to, int[] ends) {
    int count = 0;
    int at = from;
    while (at < to && count < ends.length) {
      int second = at + 1;
      int first = text[at];
      if (second < to && (first == ' ' || isLetter(first)) && isLetter(text[second])) {
        at = letters(text, second, to, UnicodeClasses.LETTER);
      } else {
        at = end(text, at, to);
      }
      ends[count++] = at;
    }
    return count;
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
