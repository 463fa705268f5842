package org.gristmill.dedup.contamination;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterCategory;
import com.ibm.icu.lang.UScript;

/** What a code point is to a word. */
final class Kind {
  /** Space, punctuation, symbol, control: ends a word, else of no account. */
  static final byte BREAK = 0;

  /** Letter of a script that puts spaces between words. */
  static final byte LETTER = 1;

  /** Digit or other number. */
  static final byte DIGIT = 2;

  /** Mark on what comes before. */
  static final byte MARK = 3;

  /** Letter of a script without spaces: a unit by itself. */
  static final byte CHARACTER = 4;

  /** Apostrophe: of no account between two letters. */
  static final byte APOSTROPHE = 5;

  /** Scripts that put no spaces between words; ideographs and syllables, and alphabets too. */
  private static final int[] UNSPACED = {
    UScript.HAN,
    UScript.HIRAGANA,
    UScript.KATAKANA,
    UScript.BOPOMOFO,
    UScript.YI,
    UScript.THAI,
    UScript.LAO,
    UScript.KHMER,
    UScript.MYANMAR,
    UScript.TIBETAN,
    UScript.JAVANESE,
    UScript.BALINESE,
    UScript.TAI_LE,
    UScript.NEW_TAI_LUE,
    UScript.LANNA,
    UScript.TAI_VIET,
  };

  private static final byte[] BASIC = new byte[0x10000];

  static {
    for (int c = 0; c < BASIC.length; c++) {
      BASIC[c] = measure(c);
    }
  }

  private Kind() {}

  static byte of(int codePoint) {
    return codePoint < BASIC.length ? BASIC[codePoint] : measure(codePoint);
  }

  private static byte measure(int c) {
    if (c == '\'' || c == 0x2018 || c == 0x2019 || c == 0x02BC) {
      return APOSTROPHE;
    }
    switch (UCharacter.getType(c)) {
      case UCharacterCategory.UPPERCASE_LETTER:
      case UCharacterCategory.LOWERCASE_LETTER:
      case UCharacterCategory.TITLECASE_LETTER:
      case UCharacterCategory.MODIFIER_LETTER:
      case UCharacterCategory.OTHER_LETTER:
        return unspaced(c) ? CHARACTER : LETTER;
      case UCharacterCategory.DECIMAL_DIGIT_NUMBER:
      case UCharacterCategory.LETTER_NUMBER:
      case UCharacterCategory.OTHER_NUMBER:
        return DIGIT;
      case UCharacterCategory.NON_SPACING_MARK:
      case UCharacterCategory.COMBINING_SPACING_MARK:
      case UCharacterCategory.ENCLOSING_MARK:
        return MARK;
      default:
        return BREAK;
    }
  }

  /** By the character's own script, or by those it is used in where it has none (U+30FC). */
  private static boolean unspaced(int c) {
    for (int script : UNSPACED) {
      if (UScript.hasScript(c, script)) {
        return true;
      }
    }
    return false;
  }
}
