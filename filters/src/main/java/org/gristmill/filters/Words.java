package org.gristmill.filters;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterEnums.ECharacterCategory;
import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import java.util.Arrays;

/**
 * The words of a text: its segments by Unicode's word boundaries (UAX #29 as ICU tailors it, with
 * ICU's dictionaries for Chinese, Japanese, Thai, Khmer, Lao and Burmese), without the white space
 * around them; segments of nothing but white space are no words. A punctuation mark is a word of
 * its own.
 *
 * <p>Stretches of plain ASCII between ASCII white space take a hand-written path. A boundary
 * between ASCII white space and a visible ASCII character depends on nothing further away, so the
 * two paths meet without a seam.
 */
final class Words {
  private static final int SYMBOL_CATEGORIES =
      1 << ECharacterCategory.CONNECTOR_PUNCTUATION
          | 1 << ECharacterCategory.DASH_PUNCTUATION
          | 1 << ECharacterCategory.START_PUNCTUATION
          | 1 << ECharacterCategory.END_PUNCTUATION
          | 1 << ECharacterCategory.INITIAL_PUNCTUATION
          | 1 << ECharacterCategory.FINAL_PUNCTUATION
          | 1 << ECharacterCategory.OTHER_PUNCTUATION
          | 1 << ECharacterCategory.MATH_SYMBOL
          | 1 << ECharacterCategory.CURRENCY_SYMBOL
          | 1 << ECharacterCategory.MODIFIER_SYMBOL
          | 1 << ECharacterCategory.OTHER_SYMBOL
          | 1 << ECharacterCategory.CONTROL;

  private final String text;
  private int[] bounds;
  private int count;

  private Words(String text) {
    this.text = text;
    this.bounds = new int[2 * (8 + text.length() / 4)];
  }

  /** The words of a text, in order. */
  static Words of(String text) {
    Words words = new Words(text);
    words.split();
    return words;
  }

  int count() {
    return count;
  }

  /** The text that was split. */
  String text() {
    return text;
  }

  /** Where a word begins in the text. */
  int start(int word) {
    return bounds[2 * word];
  }

  /** Where a word ends in the text, exclusive. */
  int end(int word) {
    return bounds[2 * word + 1];
  }

  String word(int word) {
    return text.substring(start(word), end(word));
  }

  /** Length of a word in code points. */
  int chars(int word) {
    return text.codePointCount(start(word), end(word));
  }

  /** Whether a word has a letter of any script. */
  boolean isAlphabetic(int word) {
    int cp;
    for (int i = start(word); i < end(word); i += Character.charCount(cp)) {
      cp = text.codePointAt(i);
      if (cp < 0x80 ? ScriptCounts.isAsciiLetter(cp) : UCharacter.isLetter(cp)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a word consists of symbols only: characters whose general category is punctuation (P),
   * symbol (S) or control (Cc). The reference lists a hand-picked part of these.
   */
  boolean isSymbol(int word) {
    int cp;
    for (int i = start(word); i < end(word); i += Character.charCount(cp)) {
      cp = text.codePointAt(i);
      boolean symbol =
          cp < 0x80
              ? !ScriptCounts.isAsciiLetter(cp) && !isAsciiDigit(cp)
              : (SYMBOL_CATEGORIES >> UCharacter.getType(cp) & 1) == 1;
      if (!symbol) {
        return false;
      }
    }
    return true;
  }

  private void split() {
    BreakIterator icu = null;
    int begin = 0;
    int end = 0;
    for (int i = 0; i < text.length(); i++) {
      if (isAsciiSpace(text.charAt(i))) {
        continue;
      }
      int chunk = i;
      boolean plain = true;
      for (; i < text.length() && !isAsciiSpace(text.charAt(i)); i++) {
        plain &= text.charAt(i) > ' ' && text.charAt(i) < 0x7F;
      }
      if (!plain) {
        begin = end > begin ? begin : chunk;
        end = i;
        icu = icu == null ? BreakIterator.getWordInstance(ULocale.ROOT) : icu;
        continue;
      }
      if (end > begin) {
        splitByIcu(icu, begin, end);
        begin = end;
      }
      splitPlain(chunk, i);
    }
    if (end > begin) {
      splitByIcu(icu, begin, end);
    }
  }

  private void splitByIcu(BreakIterator icu, int begin, int end) {
    icu.setText(text.substring(begin, end));
    int from = icu.first();
    for (int to = icu.next(); to != BreakIterator.DONE; to = icu.next()) {
      int first = begin + from;
      int last = begin + to;
      while (first < last && PythonText.isSpace(text.charAt(first))) {
        first++;
      }
      while (first < last && PythonText.isSpace(text.charAt(last - 1))) {
        last--;
      }
      if (first < last) {
        add(first, last);
      }
      from = to;
    }
  }

  private void splitPlain(int begin, int end) {
    int i = begin;
    while (i < end) {
      int start = i++;
      if (isAsciiWord(text.charAt(start))) {
        while (i < end
            && (isAsciiWord(text.charAt(i))
                || i + 1 < end && joins(text.charAt(i - 1), text.charAt(i), text.charAt(i + 1)))) {
          i++;
        }
      }
      add(start, i);
    }
  }

  /** Whether a mark belongs to the word around it: rules WB6, WB7, WB11 and WB12. */
  private static boolean joins(char before, char mark, char after) {
    return switch (mark) {
      case '.', '\'' ->
          ScriptCounts.isAsciiLetter(before) && ScriptCounts.isAsciiLetter(after)
              || isAsciiDigit(before) && isAsciiDigit(after);
      case ':' -> ScriptCounts.isAsciiLetter(before) && ScriptCounts.isAsciiLetter(after);
      case ',', ';' -> isAsciiDigit(before) && isAsciiDigit(after);
      default -> false;
    };
  }

  private void add(int start, int end) {
    if (2 * count == bounds.length) {
      bounds = Arrays.copyOf(bounds, 2 * bounds.length);
    }
    bounds[2 * count] = start;
    bounds[2 * count + 1] = end;
    count++;
  }

  private static boolean isAsciiSpace(char c) {
    return c == ' ' || c >= '\t' && c <= '\r';
  }

  private static boolean isAsciiWord(char c) {
    return ScriptCounts.isAsciiLetter(c) || isAsciiDigit(c) || c == '_';
  }

  private static boolean isAsciiDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
