package org.gristmill.filters.language;

import com.ibm.icu.lang.UScript;

/** What the model sees of a character: its script, and its small form. */
public final class Letters {
  private static final byte[] SCRIPTS = new byte[1 << 16];
  private static final char[] SMALL = new char[1 << 16];

  static {
    for (int c = 0; c < SCRIPTS.length; c++) {
      int type = Character.getType(c);
      boolean letter =
          Character.isLetter(c)
              || type == Character.NON_SPACING_MARK
              || type == Character.COMBINING_SPACING_MARK;
      int script = letter ? UScript.getScript(c) : UScript.COMMON;
      SCRIPTS[c] = (byte) together(script);
      SMALL[c] = (char) Character.toLowerCase(c);
    }
  }

  private Letters() {}

  /**
   * The script of a letter, or of a mark that only one script has; {@link UScript#COMMON} for
   * everything else, {@link UScript#INHERITED} for marks of many scripts. Han and kana are one
   * script, {@link UScript#HAN}. Characters beyond the first plane are Han or common.
   */
  public static int script(int codePoint) {
    if (codePoint < SCRIPTS.length) {
      return SCRIPTS[codePoint] & 0xFF;
    }
    return UScript.getScript(codePoint) == UScript.HAN ? UScript.HAN : UScript.COMMON;
  }

  private static int together(int script) {
    return switch (script) {
      case UScript.HIRAGANA, UScript.KATAKANA, UScript.BOPOMOFO -> UScript.HAN;
      default -> script > 0xFF ? UScript.COMMON : script;
    };
  }

  /** The character in lower case, by Unicode's simple mapping; U+FFFF if beyond the first plane. */
  public static char small(int codePoint) {
    return codePoint < SMALL.length ? SMALL[codePoint] : '\uFFFF';
  }
}
