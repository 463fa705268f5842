package org.gristmill.filters.language;

import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.Transliterator;

/**
 * Whether Chinese is written in traditional or simplified characters, by those that only one of the
 * two has: ICU's (CLDR's) transform into the other form changes them, and none leads to them.
 */
public final class ChineseScript {
  private static final int FIRST = 0x3400;
  private static final int END = 0xA000;
  private static final byte[] SIDES = sides();

  private ChineseScript() {}

  private static byte[] sides() {
    StringBuilder all = new StringBuilder();
    for (int c = FIRST; c < END; c++) {
      if (UScript.getScript(c) == UScript.HAN) {
        all.append((char) c).append('\n'); // one by one: words have forms of their own
      }
    }
    String[] characters = all.toString().split("\n");
    String[] traditional = transformed("Hans-Hant", all.toString());
    String[] simplified = transformed("Hant-Hans", all.toString());
    byte[] sides = new byte[END - FIRST];
    for (int i = 0; i < characters.length; i++) {
      boolean toTraditional = !traditional[i].equals(characters[i]);
      boolean toSimplified = !simplified[i].equals(characters[i]);
      if (toTraditional != toSimplified) {
        sides[characters[i].charAt(0) - FIRST] = (byte) (toSimplified ? 1 : -1);
      }
    }
    return sides;
  }

  private static String[] transformed(String name, String lines) {
    return Transliterator.getInstance(name).transliterate(lines).split("\n");
  }

  /**
   * The subtag of a Chinese text.
   *
   * @return {@code zh-hant}, {@code zh-hans}, or {@code zh} if the text does not say, or says both
   *     equally
   */
  public static String of(String text) {
    int traditional = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      traditional += c >= FIRST && c < END ? SIDES[c - FIRST] : 0;
    }
    return traditional > 0 ? "zh-hant" : traditional < 0 ? "zh-hans" : "zh";
  }
}
