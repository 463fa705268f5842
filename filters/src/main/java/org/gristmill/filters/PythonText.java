package org.gristmill.filters;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Lines, white space and lengths as Python's strings define them, since the published numbers of
 * the reference filters rest on those definitions.
 */
final class PythonText {
  private PythonText() {}

  /**
   * The lines of a text without their ends, which are LF, CR, CR LF, VT, FF, FS, GS, RS, NEL, LS
   * and PS; an end at the very end of the text starts no further line.
   */
  static List<String> split(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!endsLine(c)) {
        continue;
      }
      lines.add(text.substring(start, i));
      if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
        i++;
      }
      start = i + 1;
    }
    if (start < text.length()) {
      lines.add(text.substring(start));
    }
    return lines;
  }

  /** The pieces between runs of at least {@code min} line feeds, empty pieces included. */
  static List<String> splitAtLineFeeds(String text, int min) {
    List<String> pieces = new ArrayList<>();
    int start = 0;
    int i = text.indexOf('\n');
    while (i >= 0) {
      int end = i;
      while (end < text.length() && text.charAt(end) == '\n') {
        end++;
      }
      if (end - i >= min) {
        pieces.add(text.substring(start, i));
        start = end;
      }
      i = text.indexOf('\n', end);
    }
    pieces.add(text.substring(start));
    return pieces;
  }

  private static boolean endsLine(char c) {
    return c <= 0x1E ? c >= '\n' && (c <= '\r' || c >= 0x1C) : c >= 0x85 && isLateLineEnd(c);
  }

  private static boolean isLateLineEnd(char c) {
    return c == 0x85 || c == 0x2028 || c == 0x2029;
  }

  /** Whether a character is white space; there is none beyond the Basic Multilingual Plane. */
  static boolean isSpace(char c) {
    if (c <= ' ') {
      return c == ' ' || (c >= '\t' && (c <= '\r' || c >= 0x1C));
    }
    return c >= 0x85
        && (c == 0x85
            || c == 0xA0
            || c == 0x1680
            || (c >= 0x2000 && c <= 0x200A)
            || isLateLineEnd(c)
            || c == 0x202F
            || c == 0x205F
            || c == 0x3000);
  }

  /** The text without white space at its beginning and end. */
  static String strip(String text) {
    int start = leadingSpace(text);
    return text.substring(start, Math.max(start, textEnd(text)));
  }

  /** Length of the white space that the text begins with. */
  static int leadingSpace(String text) {
    int start = 0;
    while (start < text.length() && isSpace(text.charAt(start))) {
      start++;
    }
    return start;
  }

  /** Where the white space begins that the text ends with. */
  static int textEnd(String text) {
    int end = text.length();
    while (end > 0 && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  static boolean endsWithAny(String line, List<String> ends) {
    for (String end : ends) {
      if (line.endsWith(end)) {
        return true;
      }
    }
    return false;
  }

  /** Length in code points. */
  static int chars(String text) {
    return text.codePointCount(0, text.length());
  }

  /** How often a string occurs in a text, counting no character twice. */
  static int occurrences(String text, String what) {
    int count = 0;
    for (int i = text.indexOf(what); i >= 0; i = text.indexOf(what, i + what.length())) {
      count++;
    }
    return count;
  }

  /**
   * Pieces that an earlier piece equals.
   *
   * @param pieces how many there are, the first of each kind not counted
   * @param chars their length together, in code points
   */
  record Duplicates(int pieces, long chars) {
    static Duplicates in(List<String> pieces) {
      Set<String> seen = new HashSet<>(pieces.size() * 2);
      int count = 0;
      long chars = 0;
      for (String piece : pieces) {
        if (!seen.add(piece)) {
          count++;
          chars += PythonText.chars(piece);
        }
      }
      return new Duplicates(count, chars);
    }
  }
}
