package org.gristmill.tokenize.bpe;

/**
 * GPT-4o: words are cut where a capital follows a small letter, and keep their contraction.
 *
 * <p>With {@code U} for {@code [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]}, {@code L} for {@code
 * [\p{Ll}\p{Lm}\p{Lo}\p{M}]} and {@code C} for {@code (?i:'s|'t|'re|'ve|'m|'ll|'d)?} the pattern is
 * {@code [^\r\n\p{L}\p{N}]?U*L+C|[^\r\n\p{L}\p{N}]?U+L*C|\p{N}{1,3}|
 * ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+}.
 */
final class O200kScanner extends Scanner {
  private static final int BOTH = UnicodeClasses.CASELESS | UnicodeClasses.MARK;
  private static final int UPPER = UnicodeClasses.UPPER | BOTH;
  private static final int LOWER = UnicodeClasses.LOWER | BOTH;
  private static final int LETTER = UnicodeClasses.LETTER | UnicodeClasses.MARK;
  private static final int WORD =
      UnicodeClasses.LETTER | UnicodeClasses.NUMBER | UnicodeClasses.NEWLINE;
  private static final int ANY =
      UnicodeClasses.LETTER | UnicodeClasses.NUMBER | UnicodeClasses.SPACE;

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
    if (startsWord(first) && (isLetter(first) || isLetter(text[from + 1]))) {
      return asciiWord(text, from, to);
    }
    int end = simple(text, from, 3);
    int other = text[from] == ' ' ? text[from + 1] : text[from];
    return end > from && isVisible(other) && !isDigit(other) ? slashes(text, end, to) : end;
  }

  /**
   * The end of a word in ASCII, or {@code from} if there is none or it is not that simple.
   *
   * @param from a letter or what may be before it, with eight bytes behind it
   */
  private static int asciiWord(byte[] text, int from, int to) {
    int start = isLetter(text[from]) ? from : from + 1;
    long word = Utf8.word(text, start);
    int capitals = Ascii.capitals(word);
    int end = Ascii.endOfSmall(word, capitals);
    if (end == 0) {
      return from; // also for eight capitals
    }
    int more = end;
    end += start;
    while (more == 8 && end + 8 < to) {
      more = Ascii.endOfSmall(Utf8.word(text, end), 0);
      end += more;
    }
    if (more == 8) {
      return from;
    }
    int next = text[end];
    return next < 0 ? from : next == '\'' ? contractionOfAnyCase(text, end, to) : end;
  }

  private static int end(byte[] text, int from, int to) {
    int first = charAt(text, from, to);
    int second = from + (first >>> 8);
    if ((first & UnicodeClasses.LETTER) != 0) {
      return word(text, from, to);
    }
    if ((first & UnicodeClasses.NUMBER) != 0) {
      return digits(text, second, to, 2);
    }
    int next = second < to ? charAt(text, second, to) : 0;
    if ((next & LETTER) != 0 && (first & WORD) == 0) {
      if ((first & UnicodeClasses.MARK) == 0) {
        return word(text, second, to);
      }
      // A mark may be the character before the word, or, where that gives no U*L+, part of it.
      int end = endsInLower(text, second, to);
      return contractionOfAnyCase(text, end > second ? end : endsInLower(text, from, to), to);
    }
    if ((first & UnicodeClasses.MARK) != 0) {
      return contractionOfAnyCase(text, second, to);
    }
    if ((first & UnicodeClasses.SPACE) == 0) {
      return slashes(text, runWithout(text, second, to, ANY), to);
    }
    if (text[from] == ' ' && second < to && (next & ANY) == 0) {
      return slashes(text, runWithout(text, second, to, ANY), to);
    }
    int end = run(text, second, to, UnicodeClasses.SPACE);
    int newline = lastNewline(text, from, end);
    return newline > from ? newline : allButTheLast(text, from, end, to);
  }

  /** The end of {@code U*L+C|U+L*C} at a letter or mark. */
  private static int word(byte[] text, int from, int to) {
    int end = endsInLower(text, from, to);
    if (end == from) {
      end = run(text, from, to, UPPER);
    }
    return contractionOfAnyCase(text, end, to);
  }

  /** The end of {@code U*L+}, or {@code from} if there is none. */
  private static int endsInLower(byte[] text, int from, int to) {
    int at = from;
    int afterBoth = from;
    while (at < to) {
      int c = charAt(text, at, to);
      if ((c & UPPER) == 0) {
        if ((c & LOWER) != 0) {
          return run(text, at, to, LOWER);
        }
        break;
      }
      at += c >>> 8;
      if ((c & BOTH) != 0) {
        afterBoth = at;
      }
    }
    return afterBoth;
  }

  private static int slashes(byte[] text, int from, int to) {
    int at = from;
    while (at < to && (text[at] == '\n' || text[at] == '\r' || text[at] == '/')) {
      at++;
    }
    return at;
  }
}
