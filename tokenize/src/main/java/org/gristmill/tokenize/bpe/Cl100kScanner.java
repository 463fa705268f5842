package org.gristmill.tokenize.bpe;

/**
 * {@code (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}|
 * ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+}: GPT-4, Llama 3, Qwen and others, which differ
 * in what is given here.
 */
final class Cl100kScanner extends Scanner {
  private final int letters;
  private final int word;
  private final int any;
  private final int digits;
  private final boolean wholeAtEnd;

  /**
   * A scanner for one of the patterns.
   *
   * @param letters the classes that make words, {@code \p{L}} or also {@code \p{M}}
   * @param digits how many digits a piece has at most
   * @param wholeAtEnd whether white space at the end of the text is one piece ({@code \s++$} before
   *     {@code \s*[\r\n]}, as tiktoken has it)
   */
  Cl100kScanner(int letters, int digits, boolean wholeAtEnd) {
    this.letters = letters;
    this.word = letters | UnicodeClasses.NUMBER | UnicodeClasses.NEWLINE;
    this.any = letters | UnicodeClasses.NUMBER | UnicodeClasses.SPACE;
    this.digits = digits;
    this.wholeAtEnd = wholeAtEnd;
  }

  @Override
  int cut(byte[] text, int from, int to, int[] ends) {
    int count = 0;
    int at = from;
    while (at < to && count < ends.length) {
      int second = at + 1;
      if (second < to && startsWord(text[at]) && isLetter(text[second])) {
        at = letters(text, second, to, letters);
      } else {
        at = end(text, at, to);
      }
      ends[count++] = at;
    }
    return count;
  }

  private int end(byte[] text, int from, int to) {
    int contracted = contractionOfAnyCase(text, from, to);
    if (contracted > from) {
      return contracted;
    }
    int first = charAt(text, from, to);
    int second = from + (first >>> 8);
    if ((first & letters) != 0) {
      return letters(text, second, to, letters);
    }
    if ((first & UnicodeClasses.NUMBER) != 0) {
      return digits(text, second, to, digits - 1);
    }
    int next = second < to ? charAt(text, second, to) : 0;
    if ((next & letters) != 0 && (first & word) == 0) {
      return letters(text, second, to, letters);
    }
    if ((first & UnicodeClasses.SPACE) == 0) {
      return newlines(text, runWithout(text, second, to, any), to);
    }
    if (text[from] == ' ' && second < to && (next & any) == 0) {
      return newlines(text, runWithout(text, second, to, any), to);
    }
    int end = run(text, second, to, UnicodeClasses.SPACE);
    if (end == to && wholeAtEnd) {
      return end;
    }
    int newline = lastNewline(text, from, end);
    return newline > from ? newline : allButTheLast(text, from, end, to);
  }
}
