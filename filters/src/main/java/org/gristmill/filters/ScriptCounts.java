package org.gristmill.filters;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.lang.UScript;

/** Counts the letters of each script; characters that scripts share count for none. */
final class ScriptCounts {
  /** A Han, kana or Hangul character stands for about as much text as three letters. */
  private static final int DENSE_WEIGHT = 3;

  /** Least share of kana among kana and Han characters in Japanese; usually it is about a half. */
  private static final double MIN_KANA = 0.1;

  private final long[] counts = new long[UCharacter.getIntPropertyMaxValue(UProperty.SCRIPT) + 1];
  private long total;

  /** Whether a character is a letter of a script or a mark that any script uses. */
  static boolean belongs(char c, int script) {
    if (c < 0x80) {
      return script == UScript.LATIN && isAsciiLetter(c);
    }
    int own = UScript.getScript(c);
    return own == script || own == UScript.INHERITED;
  }

  /** Counts a character some number of times. */
  void add(int cp, long times) {
    if (cp < 0x80) {
      if (isAsciiLetter(cp)) {
        counts[UScript.LATIN] += times;
        total += times;
      }
      return;
    }
    int script = UScript.getScript(cp);
    long weight =
        switch (script) {
          case UScript.COMMON, UScript.INHERITED, UScript.UNKNOWN -> 0;
          case UScript.HAN, UScript.HIRAGANA, UScript.KATAKANA, UScript.HANGUL -> DENSE_WEIGHT;
          default -> 1;
        };
    counts[script] += weight * times;
    total += weight * times;
  }

  /**
   * The script of most letters, {@link UScript#COMMON} if there is none. Han characters and kana
   * count together, as {@link UScript#HIRAGANA} if there are kana enough for Japanese, else as
   * {@link UScript#HAN}.
   */
  int main() {
    long kana = counts[UScript.HIRAGANA] + counts[UScript.KATAKANA];
    long cjk = kana + counts[UScript.HAN];
    int main = UScript.COMMON;
    for (int script = 0; script < counts.length; script++) {
      if (counts[script] > counts[main]) {
        main = script;
      }
    }
    if (cjk < counts[main] || cjk == 0) {
      return main;
    }
    return kana >= MIN_KANA * cjk ? UScript.HIRAGANA : UScript.HAN;
  }

  /** The share of letters that are of the main script, 0 if there are no letters. */
  double share() {
    int main = main();
    long kana = counts[UScript.HIRAGANA] + counts[UScript.KATAKANA];
    boolean cjk = main == UScript.HAN || main == UScript.HIRAGANA;
    return Rules.share(cjk ? kana + counts[UScript.HAN] : counts[main], total);
  }

  static boolean isAsciiLetter(int c) {
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
  }
}
