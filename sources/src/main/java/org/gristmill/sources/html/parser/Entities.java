package org.gristmill.sources.html.parser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Character references: decodes them in place, as what they stand for is never longer than they.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/named-characters.html">HTML, named character
 *     references</a>, which the bundled table lists
 */
final class Entities {
  private static final String FILE = "entities.txt";
  private static final int SLOTS = 8192;
  private static final int LONGEST = 32;

  /** Longest name that may stand without its semicolon. */
  private static final int LONGEST_BARE = 6;

  /** What windows-1252 has from 0x80 on, which is what pages mean by such numbers. */
  private static final String WINDOWS =
      "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d"
          + "\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153"
          + "\u009d\u017e\u0178";

  private static final String[] NAMES = new String[SLOTS];
  private static final String[] MEANINGS = new String[SLOTS];

  static {
    load();
  }

  private final char[] c;
  private int out;

  Entities(char[] chars) {
    c = chars;
  }

  /** Where the references stand. */
  enum Within {
    TEXT,
    ATTRIBUTE
  }

  private static void load() {
    try (InputStream in = Entities.class.getResourceAsStream(FILE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] parts = line.split("[\t ]");
        StringBuilder meaning = new StringBuilder();
        for (int i = 1; i < parts.length; i++) {
          meaning.appendCodePoint(Integer.parseInt(parts[i], 16));
        }
        int at = slot(parts[0].toCharArray(), 0, parts[0].length());
        NAMES[at] = parts[0];
        MEANINGS[at] = meaning.toString();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where a name is, or would be. */
  private static int slot(char[] chars, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = hash * 31 + chars[i];
    }
    hash *= 0x9E3779B9;
    int at = hash >>> 19;
    while (NAMES[at] != null && !is(NAMES[at], chars, from, to)) {
      at = at + 1 & SLOTS - 1;
    }
    return at;
  }

  private static boolean is(String name, char[] chars, int from, int to) {
    if (name.length() != to - from) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) != chars[from + i]) {
        return false;
      }
    }
    return true;
  }

  /** Decodes a range in place and returns its new end. */
  int decode(int from, int to, Within within) {
    int i = from;
    while (i < to && c[i] != '&') {
      i++;
    }
    out = i;
    while (i < to) {
      if (c[i] == '&') {
        i = reference(i, to, within);
      } else {
        c[out++] = c[i++];
      }
    }
    return out;
  }

  /** Writes what begins at an ampersand and returns where to go on. */
  private int reference(int at, int to, Within within) {
    int start = at + 1;
    if (start < to && c[start] == '#') {
      return number(at, to);
    }
    int end = start;
    while (end < to && end - start < LONGEST && isAlphanumeric(c[end])) {
      end++;
    }
    int slot = -1;
    int behind = end + 1;
    if (end < to && c[end] == ';' && end > start) {
      slot = slot(c, start, behind);
    }
    if (slot < 0 || NAMES[slot] == null) {
      behind = Math.min(end, start + LONGEST_BARE) + 1;
      do {
        behind--;
        slot = slot(c, start, behind);
      } while (behind > start + 1 && NAMES[slot] == null);
      boolean goesOn = behind < to && (c[behind] == '=' || isAlphanumeric(c[behind]));
      if (NAMES[slot] == null || behind == start || within == Within.ATTRIBUTE && goesOn) {
        c[out++] = '&';
        return start;
      }
    }
    String meaning = MEANINGS[slot];
    for (int i = 0; i < meaning.length(); i++) {
      c[out++] = meaning.charAt(i);
    }
    return behind;
  }

  private int number(int at, int to) {
    int i = at + 2;
    boolean hex = i < to && (c[i] == 'x' || c[i] == 'X');
    i += hex ? 1 : 0;
    int start = i;
    int value = 0;
    for (; i < to; i++) {
      int digit = c[i] < 128 ? Character.digit(c[i], hex ? 16 : 10) : -1;
      if (digit < 0) {
        break;
      }
      value = Math.min(0x110000, value * (hex ? 16 : 10) + digit);
    }
    if (i == start) {
      c[out++] = '&';
      return at + 1;
    }
    if (i < to && c[i] == ';') {
      i++;
    }
    write(value);
    return i;
  }

  private void write(int value) {
    if (value >= 0x80 && value < 0x80 + WINDOWS.length()) {
      c[out++] = WINDOWS.charAt(value - 0x80);
    } else if (value == 0 || value > 0x10FFFF || value >= 0xD800 && value < 0xE000) {
      c[out++] = '\ufffd';
    } else {
      out += Character.toChars(value, c, out);
    }
  }

  private static boolean isAlphanumeric(char ch) {
    return ch >= 'a' && ch <= 'z' || ch >= 'A' && ch <= 'Z' || ch >= '0' && ch <= '9';
  }
}
