package org.gristmill.dedup.reference;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.util.ULocale;

/**
 * Steps by which Python programs normalize texts.
 *
 * <p>They go by this ICU's version of Unicode; a Python of another version differs in characters
 * that only one of them knows.
 */
final class PythonText {
  /** What datatrove and data-prep-kit take for punctuation, and all controls but tab and LF. */
  private static final String PUNCTUATION =
      "!/—”:％１〈&(、━\\【#%「」，】；+^]~“《„';’{|∶´[=-`*．（–？！：$～«〉,><》)?）。…@_.\"}►»";

  private PythonText() {}

  /**
   * What both tools do to a text.
   *
   * @param points the marks that may stand between two parts of a number, which becomes a 0
   */
  static String simplified(String text, String points) {
    String zeros = withoutNumbers(UCharacter.toLowerCase(ULocale.ROOT, text), points);
    StringBuilder spaced = new StringBuilder(zeros.length());
    boolean gap = false;
    for (int i = 0; i < zeros.length(); i++) {
      char c = zeros.charAt(i);
      if (isSpace(c) || isPunctuation(c)) {
        gap = true;
      } else {
        if (gap && !spaced.isEmpty()) {
          spaced.append(' ');
        }
        gap = false;
        spaced.append(c);
      }
    }
    return withoutMarks(spaced);
  }

  private static String withoutNumbers(String text, String points) {
    StringBuilder out = new StringBuilder(text.length());
    for (int at = 0; at < text.length(); ) {
      int end = endOfDigits(text, at);
      if (end > at) {
        out.append('0');
        boolean point = end < text.length() && points.indexOf(text.charAt(end)) >= 0;
        int second = point ? endOfDigits(text, end + 1) : end;
        at = second > end + 1 ? second : end;
      } else {
        int c = text.codePointAt(at);
        out.appendCodePoint(c);
        at += Character.charCount(c);
      }
    }
    return out.toString();
  }

  private static int endOfDigits(String text, int from) {
    int end = from;
    while (end < text.length() && UCharacter.isDigit(text.codePointAt(end))) {
      end += Character.charCount(text.codePointAt(end));
    }
    return end;
  }

  private static boolean isPunctuation(char c) {
    boolean control = c < 0x20 && c != '\t' && c != '\n' || c >= 0x7F && c < 0xA0;
    return control || PUNCTUATION.indexOf(c) >= 0;
  }

  private static String withoutMarks(CharSequence text) {
    String decomposed = Normalizer2.getNFDInstance().normalize(text);
    StringBuilder out = new StringBuilder(decomposed.length());
    for (int i = 0; i < decomposed.length(); ) {
      int c = decomposed.codePointAt(i);
      i += Character.charCount(c);
      if (UCharacter.getType(c) != UCharacter.NON_SPACING_MARK) {
        out.appendCodePoint(c);
      }
    }
    int from = 0;
    int to = out.length();
    while (from < to && isSpace(out.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(out.charAt(to - 1))) {
      to--;
    }
    return out.substring(from, to);
  }

  /** What {@code str.isspace} says of a character. */
  static boolean isSpace(char c) {
    return c >= 0x1C && c <= 0x20
        || c >= 0x09 && c <= 0x0D
        || c == 0x85
        || Character.isSpaceChar(c);
  }
}
