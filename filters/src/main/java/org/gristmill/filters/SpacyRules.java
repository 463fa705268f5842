package org.gristmill.filters;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What spaCy's English splitter knows of characters, units and single strings: facts of its
 * published language data (spaCy 3.8, {@code spacy/lang/char_classes.py}, {@code
 * spacy/lang/punctuation.py}, {@code spacy/lang/en/}), read from {@code spacy-en.classes} and
 * {@code spacy-en.cases}.
 */
final class SpacyRules {
  static final int ALPHA = 1;
  static final int LOWER = 1 << 1;
  static final int UPPER = 1 << 2;
  static final int ICON = 1 << 3;
  static final int CURRENCY = 1 << 4;
  static final int QUOTE = 1 << 5;

  /** May be taken off the beginning of a string. */
  static final int PREFIX = 1 << 6;

  /** May be taken off the end of a string. */
  static final int SUFFIX = 1 << 7;

  /** A full stop behind it may be taken off the end of a string. */
  static final int BEFORE_FULL_STOP = 1 << 8;

  static final int SENTENCE_END = 1 << 9;

  /** What datatrove counts as a symbol. */
  static final int SYMBOL = 1 << 10;

  private static final int MAX_ENDS = 0xFFFF;

  static final SpacyRules ENGLISH = new SpacyRules();

  private final short[] basic = new short[0x10000];
  private final List<int[]> ranges = new ArrayList<>();
  private final Map<Integer, List<int[]>> units = new HashMap<>();
  private final Map<Case, int[]> cases = new HashMap<>();

  /** Which first and last characters and lengths a string with a rule of its own has. */
  private final boolean[] ends = new boolean[MAX_ENDS + 1];

  private int longestCase;

  private SpacyRules() {
    for (String line : Resources.lines("spacy-en.classes")) {
      String[] parts = line.split(" ");
      for (int i = 1; i < parts.length; i++) {
        if (parts[0].equals("units")) {
          addUnit(parts[i]);
        } else {
          addRange(parts[i], bits(parts[0]));
        }
      }
    }
    for (char c : "§%=—–".toCharArray()) {
      basic[c] |= PREFIX;
    }
    for (char c : "—–".toCharArray()) {
      basic[c] |= SUFFIX;
    }
    for (char c : "0123456789%²-+|(?:)".toCharArray()) {
      basic[c] |= BEFORE_FULL_STOP;
    }
    readCases();
  }

  private static int bits(String name) {
    return switch (name) {
      case "uncased" -> ALPHA | LOWER | UPPER | BEFORE_FULL_STOP;
      case "lower" -> ALPHA | LOWER | BEFORE_FULL_STOP;
      case "upper" -> ALPHA | UPPER;
      case "other-case" -> ALPHA;
      case "quote" -> QUOTE | PREFIX | SUFFIX | BEFORE_FULL_STOP;
      case "punctuation" -> PREFIX | SUFFIX | BEFORE_FULL_STOP;
      case "icon" -> ICON | PREFIX | SUFFIX;
      case "currency" -> CURRENCY | PREFIX;
      case "ends-sentence" -> SENTENCE_END;
      case "datatrove-symbol" -> SYMBOL;
      default -> throw new IllegalStateException(name);
    };
  }

  private void addRange(String range, int bits) {
    String[] step = range.split("/");
    String[] bounds = step[0].split("-");
    int first = Integer.parseInt(bounds[0], 16);
    int last = Integer.parseInt(bounds[bounds.length - 1], 16);
    for (int cp = first; cp <= last && cp < basic.length; cp += step.length) {
      basic[cp] |= (short) bits;
    }
    if (last >= basic.length) {
      ranges.add(new int[] {first, last, bits});
    }
  }

  private void addUnit(String unit) {
    int[] cps = unit.codePoints().toArray();
    units.computeIfAbsent(cps[cps.length - 1], last -> new ArrayList<>()).add(cps);
  }

  /** The classes of a character. */
  int of(int cp) {
    if (cp < basic.length) {
      return basic[cp];
    }
    int bits = 0;
    for (int[] range : ranges) {
      bits |= cp >= range[0] && cp <= range[1] ? range[2] : 0;
    }
    return bits;
  }

  /** Length of the longest unit behind a digit at the end of a string, 0 if there is none. */
  int unit(int[] cps, int from, int to) {
    int longest = 0;
    for (int[] unit : units.getOrDefault(cps[to - 1], List.of())) {
      int start = to - unit.length;
      if (unit.length > longest
          && start > from
          && isDigit(cps[start - 1])
          && Arrays.equals(cps, start, to, unit, 0, unit.length)) {
        longest = unit.length;
      }
    }
    return longest;
  }

  static boolean isDigit(int cp) {
    return cp >= '0' && cp <= '9';
  }

  /** A string with a rule of its own, as code points in a buffer. */
  private record Case(int[] cps, int from, int to) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Case c && Arrays.equals(cps, from, to, c.cps, c.from, c.to);
    }

    @Override
    public int hashCode() {
      int hash = to - from;
      for (int i = from; i < to; i++) {
        hash = hash * 0x01000193 ^ cps[i];
      }
      return hash ^ hash >>> 15;
    }
  }

  /**
   * The lengths of the tokens of a string that has a rule of its own, in code points; an empty
   * array if it has none.
   */
  int[] parts(int[] cps, int from, int to) {
    int length = to - from;
    if (length > longestCase || !ends[endsOf(cps[from], cps[to - 1], length)]) {
      return NONE;
    }
    return to - from > longestCase ? NONE : cases.getOrDefault(new Case(cps, from, to), NONE);
  }

  private static int endsOf(int first, int last, int length) {
    return (first * 31 + last * 67 + length * 1009) & MAX_ENDS;
  }

  private static final int[] NONE = {};

  /** All strings with a rule of their own. */
  List<String> cases() {
    return cases.keySet().stream()
        .map(c -> new String(c.cps, c.from, c.to - c.from))
        .sorted()
        .toList();
  }

  private void readCases() {
    Map<String, List<String>> read = new LinkedHashMap<>();
    for (String line : Resources.lines("spacy-en.cases")) {
      String kind = line.substring(0, line.indexOf(':'));
      String[] items = line.substring(kind.length() + 2).split(" ");
      switch (kind) {
        case "each" -> readProduct(line.substring(kind.length() + 2).split(" : "), read);
        case "not" -> read.keySet().removeAll(List.of(items));
        case "part" -> {
          for (String item : items) {
            read.put(item.replace("+", ""), List.of(item.split("\\+")));
          }
        }
        default -> {
          for (String item : items) {
            read.put(item, List.of(item));
          }
        }
      }
    }
    read.forEach(this::addCase);
    read.forEach(
        (whole, parts) ->
            addCase(
                whole.replace('\'', '’'), parts.stream().map(p -> p.replace('\'', '’')).toList()));
  }

  private static void readProduct(String[] product, Map<String, List<String>> read) {
    for (String stem : product[0].split(" ")) {
      String capital = Character.toUpperCase(stem.charAt(0)) + stem.substring(1);
      for (String start : List.of(stem, capital)) {
        for (String ending : product[1].split(" ")) {
          List<String> parts = new ArrayList<>(List.of(start));
          parts.addAll(List.of(ending.split("\\+")));
          read.put(String.join("", parts), parts);
        }
      }
    }
  }

  private void addCase(String whole, List<String> parts) {
    int[] cps = whole.codePoints().toArray();
    int[] lengths = parts.stream().mapToInt(PythonText::chars).toArray();
    cases.put(new Case(cps, 0, cps.length), lengths);
    ends[endsOf(cps[0], cps[cps.length - 1], cps.length)] = true;
    longestCase = Math.max(longestCase, cps.length);
  }
}
