package org.gristmill.filters;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import java.nio.charset.StandardCharsets;

/**
 * Splits a text into its segments between Unicode's word boundaries (UAX #29 as ICU tailors it,
 * with ICU's dictionaries for Chinese, Japanese, Thai, Khmer, Lao and Burmese), without the white
 * space around them; segments of nothing but white space are no words. A punctuation mark is a word
 * of its own.
 *
 * <p>Stretches of plain ASCII between ASCII white space take a hand-written path. A boundary
 * between ASCII white space and a visible ASCII character depends on nothing further away, so the
 * two paths meet without a seam.
 */
final class UnicodeWords {
  private static final int LETTER = 1;
  private static final int DIGIT = 2;
  private static final int WORD = 4;
  private static final byte[] ASCII = new byte[0x80];

  static {
    for (int c = 0; c < ASCII.length; c++) {
      boolean letter = ScriptCounts.isAsciiLetter(c);
      boolean digit = c >= '0' && c <= '9';
      ASCII[c] =
          (byte)
              ((letter ? LETTER : 0)
                  | (digit ? DIGIT : 0)
                  | (letter || digit || c == '_' ? WORD : 0));
    }
  }

  private final byte[] text;
  private final Words words;
  private BreakIterator icu;

  private UnicodeWords(byte[] text) {
    this.text = text;
    words = new Words(text);
  }

  /** The words of a text. */
  static Words of(byte[] text) {
    UnicodeWords splitter = new UnicodeWords(text);
    splitter.split();
    return splitter.words;
  }

  /** What stands between the white space of a text. */
  static Words betweenSpaces(byte[] text) {
    Words words = new Words(text);
    int i = Utf8.skipSpace(text, 0, text.length);
    while (i < text.length) {
      int start = i;
      int chars = 0;
      int any = 0;
      int all = ~0;
      for (; i < text.length && Utf8.space(text, i) == 0; i += Utf8.length(text[i])) {
        int classes = CharClasses.of(Utf8.codePoint(text, i));
        any |= classes;
        all &= classes;
        chars++;
      }
      words.add(start, i, chars, about(any, all));
      i = Utf8.skipSpace(text, i, text.length);
    }
    return words;
  }

  private void split() {
    int begin = 0;
    int end = 0;
    for (int i = 0; i < text.length; i++) {
      if (isAsciiSpace(text[i])) {
        continue;
      }
      int chunk = i;
      boolean plain = true;
      for (; i < text.length && !isAsciiSpace(text[i]); i++) {
        plain &= text[i] > ' ' && text[i] < 0x7F;
      }
      if (!plain) {
        begin = end > begin ? begin : chunk;
        end = i;
        continue;
      }
      if (end > begin) {
        splitByIcu(begin, end);
        begin = end;
      }
      splitPlain(chunk, i);
    }
    if (end > begin) {
      splitByIcu(begin, end);
    }
  }

  private void splitByIcu(int begin, int end) {
    icu = icu == null ? BreakIterator.getWordInstance(ULocale.ROOT) : icu;
    String chunk = new String(text, begin, end - begin, StandardCharsets.UTF_8);
    icu.setText(chunk);
    int from = icu.first();
    int at = begin;
    for (int to = icu.next(); to != BreakIterator.DONE; to = icu.next()) {
      at = addSegment(chunk, from, to, at);
      from = to;
    }
  }

  /** Adds a segment that begins at some byte, without white space around it; returns its end. */
  private int addSegment(String chunk, int from, int to, int at) {
    int start = at;
    int end = at;
    int i = at;
    int chars = 0;
    int solid = 0;
    int any = 0;
    int all = ~0;
    int between = ~0;
    int cp;
    for (int c = from; c < to; c += Character.charCount(cp)) {
      cp = chunk.codePointAt(c);
      i += cp < 0x80 ? 1 : cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
      boolean space = cp < 0x10000 && PythonText.isSpace((char) cp);
      if (space && solid == 0) {
        start = i;
        continue;
      }
      chars++;
      between &= CharClasses.of(cp);
      if (!space) {
        end = i;
        solid = chars;
        any |= CharClasses.of(cp);
        all &= between;
      }
    }
    if (solid > 0) {
      words.add(start, end, solid, about(any, all));
    }
    return i;
  }

  private static int about(int any, int all) {
    return ((any & CharClasses.LETTER) != 0 ? Words.ALPHABETIC : 0)
        | ((all & CharClasses.SYMBOL) != 0 ? Words.SYMBOL : 0)
        | ((all & CharClasses.PUNCTUATION) != 0 ? Words.PUNCTUATION : 0);
  }

  private void splitPlain(int begin, int end) {
    int i = begin;
    while (i < end) {
      int start = i;
      int about = ASCII[text[i++]];
      if ((about & WORD) == 0) {
        words.add(start, i, 1, Words.SYMBOL | about(0, CharClasses.of(text[start])));
        continue;
      }
      while (i < end
          && (isWord(text[i]) || i + 1 < end && joins(text[i - 1], text[i], text[i + 1]))) {
        about |= ASCII[text[i++]];
      }
      int symbol = (about & (LETTER | DIGIT)) == 0 ? Words.SYMBOL : 0;
      words.add(start, i, i - start, symbol | ((about & LETTER) != 0 ? Words.ALPHABETIC : 0));
    }
  }

  /** Whether a mark belongs to the word around it: rules WB6, WB7, WB11 and WB12. */
  private static boolean joins(byte before, byte mark, byte after) {
    return switch (mark) {
      case '.', '\'' -> both(before, after, LETTER) || both(before, after, DIGIT);
      case ':' -> both(before, after, LETTER);
      case ',', ';' -> both(before, after, DIGIT);
      default -> false;
    };
  }

  private static boolean both(byte before, byte after, int kind) {
    return (ASCII[before] & ASCII[after] & kind) != 0;
  }

  private static boolean isWord(byte b) {
    return (ASCII[b] & WORD) != 0;
  }

  private static boolean isAsciiSpace(byte b) {
    return b == ' ' || b >= '\t' && b <= '\r';
  }
}
