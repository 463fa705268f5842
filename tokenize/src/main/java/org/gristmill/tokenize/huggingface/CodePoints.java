package org.gristmill.tokenize.huggingface;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What the reference takes each code point for. Its parts come with Unicode versions of their own,
 * so the table was measured on the library itself, by {@code src/test/compare/unicode_tables.py}.
 */
final class CodePoints {
  /** White space. */
  static final int SPACE = 1;

  /** Of general category N. */
  static final int NUMERIC = 1 << 1;

  /** Of general category P, and all of ASCII that is neither letter, digit, space nor control. */
  static final int PUNCTUATION = 1 << 2;

  /** Of general category C, as far as the reference knows. */
  static final int CONTROL = 1 << 3;

  /** Of general category Mn. */
  static final int NONSPACING = 1 << 4;

  /** Of general category M. */
  static final int COMBINING = 1 << 5;

  /** What {@code \w} matches. */
  static final int WORD = 1 << 6;

  /** Script of a code point that goes with every script. */
  static final int ANY_SCRIPT = 0;

  private static final short[] CLASSES = new short[0x110000];
  private static final byte[] SCRIPTS = new byte[0x110000];
  private static final Map<Integer, int[]> LOWER = new HashMap<>();

  static {
    load("code-points.tsv");
  }

  private CodePoints() {}

  /** Whether a code point is in one of some classes. */
  static boolean is(int codePoint, int classes) {
    return (CLASSES[codePoint] & classes) != 0;
  }

  static int script(int codePoint) {
    return SCRIPTS[codePoint];
  }

  /** What a code point becomes in lower case; null if it stays. */
  static int[] lower(int codePoint) {
    return LOWER.get(codePoint);
  }

  private static void load(String name) {
    try (InputStream in = CodePoints.class.getResourceAsStream(name);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] fields = line.split("\t", 2);
        switch (fields[0]) {
          case "tokenizers" -> {}
          case "lower" -> readLower(fields[1]);
          default -> readRanges(fields[0], fields[1]);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void readRanges(String name, String ranges) {
    int bit =
        switch (name) {
          case "space" -> SPACE;
          case "numeric" -> NUMERIC;
          case "punctuation" -> PUNCTUATION;
          case "control" -> CONTROL;
          case "nonspacing" -> NONSPACING;
          case "combining" -> COMBINING;
          case "word" -> WORD;
          default -> 0;
        };
    int script =
        name.equals("any") ? ANY_SCRIPT : bit == 0 ? Integer.parseInt(name.substring(6)) + 1 : 0;
    for (String range : ranges.split(" ")) {
      String[] ends = range.split("-");
      int first = Integer.parseInt(ends[0], 16);
      int last = Integer.parseInt(ends[ends.length - 1], 16);
      if (bit == 0) {
        Arrays.fill(SCRIPTS, first, last + 1, (byte) script);
      }
      for (int c = first; bit != 0 && c <= last; c++) {
        CLASSES[c] |= (short) bit;
      }
    }
  }

  private static void readLower(String changes) {
    for (String change : changes.split(" ")) {
      String[] sides = change.split("=");
      int[] to =
          Arrays.stream(sides[1].split("\\+")).mapToInt(c -> Integer.parseInt(c, 16)).toArray();
      LOWER.put(Integer.parseInt(sides[0], 16), to);
    }
  }
}
