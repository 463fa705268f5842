package org.gristmill.filters;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterEnums.ECharacterCategory;

/** What filters ask of single characters, as bits; looked up for the Basic Multilingual Plane. */
final class CharClasses {
  /** A letter of any script (general category L). */
  static final int LETTER = 1;

  /** Punctuation (P), a symbol (S) or a control (Cc). */
  static final int SYMBOL = 1 << 1;

  /** Punctuation (P). */
  static final int PUNCTUATION = 1 << 2;

  /** A decimal digit of any script (Nd). */
  static final int DIGIT = 1 << 3;

  private static final int PUNCTUATION_CATEGORIES =
      1 << ECharacterCategory.CONNECTOR_PUNCTUATION
          | 1 << ECharacterCategory.DASH_PUNCTUATION
          | 1 << ECharacterCategory.START_PUNCTUATION
          | 1 << ECharacterCategory.END_PUNCTUATION
          | 1 << ECharacterCategory.INITIAL_PUNCTUATION
          | 1 << ECharacterCategory.FINAL_PUNCTUATION
          | 1 << ECharacterCategory.OTHER_PUNCTUATION;
  private static final int SYMBOL_CATEGORIES =
      PUNCTUATION_CATEGORIES
          | 1 << ECharacterCategory.MATH_SYMBOL
          | 1 << ECharacterCategory.CURRENCY_SYMBOL
          | 1 << ECharacterCategory.MODIFIER_SYMBOL
          | 1 << ECharacterCategory.OTHER_SYMBOL
          | 1 << ECharacterCategory.CONTROL;
  private static final byte[] BASIC = new byte[0x10000];

  static {
    for (int cp = 0; cp < BASIC.length; cp++) {
      BASIC[cp] = (byte) find(cp);
    }
  }

  private CharClasses() {}

  /** The classes of a character. */
  static int of(int cp) {
    return cp < BASIC.length ? BASIC[cp] : find(cp);
  }

  private static int find(int cp) {
    int category = UCharacter.getType(cp);
    return (UCharacter.isLetter(cp) ? LETTER : 0)
        | ((SYMBOL_CATEGORIES >> category & 1) == 1 ? SYMBOL : 0)
        | ((PUNCTUATION_CATEGORIES >> category & 1) == 1 ? PUNCTUATION : 0)
        | (category == ECharacterCategory.DECIMAL_DIGIT_NUMBER ? DIGIT : 0);
  }
}
