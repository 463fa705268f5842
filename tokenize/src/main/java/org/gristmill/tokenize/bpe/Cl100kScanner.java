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
  private int asciiEnd(byte[] text, int from, int to) {
    if (startsWord(text[from])) {
      int more = Ascii.letters(Utf8.word(text, from + 1));
      if (more > 0 || isLetter(text[from])) {
        int end = from + 1 + more;
        return more < 8 && text[end] >= 0 ? end : letters(text, end, to, letters);
      }
    }
    int end = simple(text, from, digits);
    int other = text[from] == ' ' ? text[from + 1] : text[from];
    return end > from && isVisible(other) && !isDigit(other) ? newlines(text, end, to) : end;
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
