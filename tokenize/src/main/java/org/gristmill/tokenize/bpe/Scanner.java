package org.gristmill.tokenize.bpe;

/**
 * A pre-tokenizer written by hand for one published pattern: no regular expression, one pass, and
 * no piece depends on the text before it.
 *
 * <p>Bytes that are no UTF-8 (a {@code Text} has none) are characters of no class, one byte each.
 */
abstract class Scanner implements Pretokenizer {
  private static final byte[] CLASSES = UnicodeClasses.OF;
  private static final boolean[] STARTS = starts();

  /** Whether a byte is a letter of ASCII. */
  static boolean isLetter(int b) {
    int small = b | 0x20;
    return small >= 'a' && small <= 'z';
  }

  /**
   * Whether a byte of ASCII is {@code [^\r\n\p{L}\p{N}]} or a letter, and no apostrophe, so that a
   * letter behind it is of the same word.
   */
  static boolean startsWord(int b) {
    return b >= 0 && STARTS[b];
  }

  private static boolean[] starts() {
    boolean[] starts = new boolean[0x80];
    for (int b = 0; b < starts.length; b++) {
      int none = UnicodeClasses.NUMBER | UnicodeClasses.NEWLINE;
      starts[b] = (CLASSES[b] & none) == 0 && b != '\'';
    }
    return starts;
  }

  /** Whether a byte is a digit of ASCII. */
  static boolean isDigit(int b) {
    return b >= '0' && b <= '9';
  }

  /** Whether a byte is a visible character of ASCII. */
  static boolean isVisible(int b) {
    return b > ' ' && b < 0x7F;
  }

  /**
   * The end of {@code \p{N}{1,digits}| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s} where it is told by eight
   * bytes of ASCII, or {@code from}; line breaks may still follow.
   *
   * @param from no letter nor what may be before one, with eight bytes behind it
   */
  static int simple(byte[] text, int from, int digits) {
    int first = text[from];
    int second = from + 1;
    long rest = Utf8.word(text, second);
    int end;
    if (isDigit(first)) {
      int more = Math.min(digits - 1, Ascii.digits(rest));
      end = second + more;
      return more == digits - 1 || text[end] >= 0 ? end : from;
    }
    int next = text[second];
    if (first == ' ' && next <= ' ') {
      int more = Ascii.spaces(rest);
      return more > 0 && more < 8 && isVisible(text[second + more]) ? from + more : from;
    }
    if (first == ' ' && isDigit(next)) {
      return second;
    }
    if (!isVisible(first == ' ' ? next : first) || first == '\'') {
      return from;
    }
    int more = Ascii.others(rest);
    end = second + more;
    return more < 8 && text[end] >= 0 ? end : from;
  }

  /** The code point at {@code at}: its classes, and above them its length in bytes. */
  static int charAt(byte[] text, int at, int to) {
    int lead = text[at];
    if (lead >= 0) {
      return CLASSES[lead] & 0xFF | 1 << 8;
    }
    int code = Utf8.codePoint(text, at, to);
    return CLASSES[code >>> 3] & 0xFF | (code & 7) << 8;
  }

  /** The end of the run of characters with any of these classes. */
  static int run(byte[] text, int from, int to, int classes) {
    int at = from;
    while (at < to) {
      int c = charAt(text, at, to);
      if ((c & classes) == 0) {
        break;
      }
      at += c >>> 8;
    }
    return at;
  }

  /**
   * The end of the run of letters, eight bytes at a time where they are ASCII.
   *
   * @param letters the classes of the letters, all of {@link UnicodeClasses#LETTER} among them
   */
  static int letters(byte[] text, int from, int to, int letters) {
    int at = from;
    while (at + 8 <= to) {
      int count = Ascii.letters(Utf8.word(text, at));
      at += count;
      if (count < 8) {
        return text[at] < 0 ? run(text, at, to, letters) : at;
      }
    }
    return run(text, at, to, letters);
  }

  /** The end of the run of characters with none of these classes. */
  static int runWithout(byte[] text, int from, int to, int classes) {
    int at = from;
    while (at < to) {
      int c = charAt(text, at, to);
      if ((c & classes) != 0) {
        break;
      }
      at += c >>> 8;
    }
    return at;
  }

  /** The end of the digits, after so many at the latest. */
  static int digits(byte[] text, int from, int to, int most) {
    int at = from;
    for (int i = 0; i < most && at < to; i++) {
      int c = charAt(text, at, to);
      if ((c & UnicodeClasses.NUMBER) == 0) {
        break;
      }
      at += c >>> 8;
    }
    return at;
  }

  /** The end of the run of carriage returns and line feeds. */
  static int newlines(byte[] text, int from, int to) {
    int at = from;
    while (at < to && (text[at] == '\n' || text[at] == '\r')) {
      at++;
    }
    return at;
  }

  /**
   * The end of {@code \s+(?!\S)|\s}, which is all white space but the last character before
   * something else, and at least one.
   *
   * @param end the end of the run of white space at {@code from}, which is not empty
   */
  static int allButTheLast(byte[] text, int from, int end, int to) {
    if (end == to) {
      return end;
    }
    int last = end - 1;
    while (last > from && (text[last] & 0xC0) == 0x80) {
      last--;
    }
    return last == from ? end : last;
  }

  /** The end of the last line break in a run of white space, or {@code from} if there is none. */
  static int lastNewline(byte[] text, int from, int end) {
    for (int at = end; at > from; at--) {
      if (text[at - 1] == '\n' || text[at - 1] == '\r') {
        return at;
      }
    }
    return from;
  }

  /**
   * The end of {@code 's|'t|'re|'ve|'m|'ll|'d} in small letters, or {@code from} if it is not
   * there.
   */
  static int contraction(byte[] text, int from, int to) {
    if (from + 1 >= to || text[from] != '\'') {
      return from;
    }
    int next = from + 2 < to ? text[from + 2] : 0;
    return switch (text[from + 1]) {
      case 's', 'd', 'm', 't' -> from + 2;
      case 'l' -> next == 'l' ? from + 3 : from;
      case 'v', 'r' -> next == 'e' ? from + 3 : from;
      default -> from;
    };
  }

  /**
   * The end of {@code (?i:'s|'t|'re|'ve|'m|'ll|'d)}, or {@code from} if it is not there. The long s
   * (U+017F) is an s without regard to case.
   */
  static int contractionOfAnyCase(byte[] text, int from, int to) {
    if (from + 1 >= to || text[from] != '\'') {
      return from;
    }
    int next = from + 2 < to ? text[from + 2] : 0;
    return switch (text[from + 1]) {
      case 's', 'd', 'm', 't', 'S', 'D', 'M', 'T' -> from + 2;
      case 'l', 'L' -> (next | 0x20) == 'l' ? from + 3 : from;
      case 'v', 'r', 'V', 'R' -> (next | 0x20) == 'e' ? from + 3 : from;
      case (byte) 0xC5 -> next == (byte) 0xBF ? from + 3 : from;
      default -> from;
    };
  }
}
