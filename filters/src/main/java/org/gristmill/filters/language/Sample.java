package org.gristmill.filters.language;

import com.ibm.icu.lang.UScript;

/** The letters of a text's main script, in lower case, with a space for all between them. */
final class Sample {
  /** A Han, kana or Hangul character stands for about as much text as three letters. */
  private static final int DENSE = 3;

  final int script;

  /** The share of the text's letters that are of its main script. */
  final double share;

  final char[] chars;
  final int length;

  private Sample(int script, double share, char[] chars, int length) {
    this.script = script;
    this.share = share;
    this.chars = chars;
    this.length = length;
  }

  static Sample of(String text) {
    int[] counts = new int[256];
    int cp;
    for (int i = 0; i < text.length(); i += Character.charCount(cp)) {
      cp = text.codePointAt(i);
      counts[Letters.script(cp)]++;
    }
    counts[UScript.COMMON] = 0;
    counts[UScript.INHERITED] = 0;
    counts[UScript.HAN] *= DENSE;
    counts[UScript.HANGUL] *= DENSE;
    int main = UScript.COMMON;
    long all = 0;
    for (int script = 0; script < counts.length; script++) {
      all += counts[script];
      main = counts[script] > counts[main] ? script : main;
    }
    if (all == 0) {
      return new Sample(UScript.COMMON, 0, new char[0], 0);
    }
    double share = (double) counts[main] / all;
    return letters(text, main, share);
  }

  private static Sample letters(String text, int script, double share) {
    char[] chars = new char[text.length() + 2];
    int length = 1;
    chars[0] = ' ';
    int cp;
    for (int i = 0; i < text.length(); i += Character.charCount(cp)) {
      cp = text.codePointAt(i);
      int own = Letters.script(cp);
      if (own == script) {
        chars[length++] = Letters.small(cp);
      } else if (own != UScript.INHERITED && chars[length - 1] != ' ') {
        chars[length++] = ' ';
      }
    }
    if (chars[length - 1] != ' ') {
      chars[length++] = ' ';
    }
    return new Sample(script, share, chars, length);
  }
}
