package org.gristmill.filters.language;

import com.ibm.icu.lang.UScript;

/** The letters of a text's main script, in lower case, with a space for all between them. */
final class Sample {
  /** A Han, kana or Hangul character stands for about as much text as three letters. */
  private static final int DENSE = 3;

  /** What programs are written with, and prose seldom. */
  private static final boolean[] MARKS = new boolean[128];

  static {
    "{}[]();=<>_\\&^@+`$/\"".chars().forEach(mark -> MARKS[mark] = true);
  }

  /** So many marks for each letter are usual in prose. */
  private static final double USUAL_MARKS = 0.06;

  /** A mark more stands for so many letters in no language. */
  private static final double MARK = 5;

  final int script;

  /**
   * The share of the text's letters, and of marks beyond those of prose, that is its main script.
   */
  final double share;

  final char[] chars;

  /** Where pieces begin and end in {@link #chars}, each with a space before and behind. */
  final int[] ends;

  /** Characters of all pieces, without the first space of each. */
  final int letters;

  private Sample(int script, double share, char[] chars, int[] ends) {
    this.script = script;
    this.share = share;
    this.chars = chars;
    this.ends = ends;
    letters = ends[ends.length - 1] - (ends.length - 1);
  }

  static Sample of(String... pieces) {
    int[] counts = new int[256];
    int length = 0;
    int marks = 0;
    for (String piece : pieces) {
      length += piece.length() + 2;
      int last = 0;
      int cp;
      for (int i = 0; i < piece.length(); i += Character.charCount(cp)) {
        cp = piece.codePointAt(i);
        counts[Letters.script(cp)]++;
        marks += cp < MARKS.length && MARKS[cp] && cp != last ? 1 : 0; // a line of them is one
        last = cp;
      }
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
    double foreign = MARK * Math.max(0, marks - USUAL_MARKS * all);
    double share = all == 0 ? 0 : counts[main] / (all + foreign);
    Sample sample = new Sample(main, share, new char[length], new int[pieces.length + 1]);
    return all == 0 ? sample : sample.letters(pieces);
  }

  private Sample letters(String[] pieces) {
    int length = 0;
    for (int piece = 0; piece < pieces.length; piece++) {
      String text = pieces[piece];
      chars[length++] = ' ';
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
      ends[piece + 1] = length;
    }
    return new Sample(script, share, chars, ends);
  }
}
