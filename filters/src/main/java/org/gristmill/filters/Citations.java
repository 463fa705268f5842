package org.gristmill.filters;

import com.ibm.icu.lang.UCharacter;

/** Citation markers of Wikipedia: {@code [1]}, {@code []}, {@code [edit]} and the like. */
final class Citations {
  private Citations() {}

  /** The line without its markers, also those that come to light by removing others. */
  static String removedFrom(String line) {
    if (line.indexOf(']') < 0 || line.indexOf('[') < 0) {
      return line;
    }
    StringBuilder left = new StringBuilder(line.length());
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      int marker = c == ']' ? markerAtEnd(left) : -1;
      if (marker >= 0) {
        left.setLength(marker);
      } else {
        left.append(c);
      }
    }
    return left.toString();
  }

  /** Where the marker begins that a closing bracket would complete, or -1. */
  private static int markerAtEnd(StringBuilder text) {
    for (String marker : new String[] {"[edit", "[citation needed"}) {
      int start = text.length() - marker.length();
      if (start >= 0 && text.indexOf(marker, start) == start) {
        return start;
      }
    }
    int start = text.length();
    while (start > 0 && UCharacter.isDigit(text.codePointBefore(start))) {
      start -= Character.charCount(text.codePointBefore(start));
    }
    return start > 0 && text.charAt(start - 1) == '[' ? start - 1 : -1;
  }
}
