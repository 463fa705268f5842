package org.gristmill.filters;

import java.util.Arrays;

/**
 * Splits a text as spaCy's blank English pipeline does: between white space; then affixes are taken
 * off both ends until nothing more comes off or the rest has a rule of its own or is an address;
 * then the rest is parted at infixes; at last, neighbouring tokens that together have a rule of
 * their own follow it.
 *
 * <p>Tokens of white space are no words; {@link #hasSpaceToken} tells where there is one.
 */
final class SpacyWords {
  private static final SpacyRules RULES = SpacyRules.ENGLISH;
  private static final int LOWER = 1;
  private static final int UPPER = 2;
  private static final int PLAIN_SUFFIX = 4;
  private static final byte[] ASCII = new byte[0x80];
  private static final byte[] MARKS = new byte[0x80];
  private static final PlainCases PLAIN_CASES = new PlainCases(RULES);

  static {
    for (int c = 'a'; c <= 'z'; c++) {
      ASCII[c] = LOWER;
      ASCII[c - 'a' + 'A'] = UPPER;
    }
    for (char c : ",;:!?)]\"".toCharArray()) {
      ASCII[c] = PLAIN_SUFFIX;
    }
    for (int c = 0; c < MARKS.length; c++) {
      MARKS[c] = (byte) about(new int[] {c}, 0, 1);
    }
  }

  private final byte[] text;
  private final Words words;
  private final boolean ownRules;
  private int[] cps = new int[32];
  private int[] at = new int[33];
  private int[] suffixes = new int[16];
  private boolean digits;

  private SpacyWords(byte[] text, int expected, boolean ownRules) {
    this.text = text;
    this.ownRules = ownRules;
    words = new Words(text, expected);
  }

  /** The words of a text. */
  static Words of(byte[] text) {
    SpacyWords splitter = new SpacyWords(text, 8 + text.length / 5, true);
    splitter.split();
    return SpacyPhrases.ENGLISH.apply(splitter.words);
  }

  /** The words of a string as if no string had a rule of its own. */
  static Words withoutCases(byte[] text) {
    SpacyWords splitter = new SpacyWords(text, 8 + text.length, false);
    splitter.split();
    return splitter.words;
  }

  /** Whether a token of white space stands between a word and the next: all but one space is. */
  static boolean hasSpaceToken(Words words, int word) {
    int gap = words.start(word + 1) - words.end(word);
    return gap > 1 || gap == 1 && words.text[words.end(word)] != ' ';
  }

  private void split() {
    int i = 0;
    while (i < text.length) {
      byte b = text[i];
      int kind = b < 0 ? 0 : ASCII[b] & (LOWER | UPPER);
      if (kind == 0) {
        int space = b > ' ' ? 0 : Utf8.space(text, i);
        i = space > 0 ? i + space : splitChunk(i, i);
        continue;
      }
      int start = i++;
      while (i < text.length && text[i] >= 0 && (ASCII[text[i]] & (LOWER | UPPER)) != 0) {
        i++;
      }
      i = splitAfterLetters(start, i);
    }
  }

  /** Splits a chunk that begins with ASCII letters; returns where it ends. */
  private int splitAfterLetters(int start, int end) {
    int next = end + 1;
    if (end == text.length || isAsciiSpace(text[end])) {
      if (ownRules && PLAIN_CASES.mayHold(text, start, end)) {
        return splitChunk(start, end);
      }
      addLetters(start, end);
      return end;
    }
    byte mark = text[end];
    if (mark < 0
        || next < text.length && !isAsciiSpace(text[next])
        || ownRules && PLAIN_CASES.mayHold(text, start, end)) {
      return splitChunk(start, end);
    }
    if ((ASCII[mark] & PLAIN_SUFFIX) != 0
        && !(ownRules && PLAIN_CASES.mayHold(text, start, next))) {
      addLetters(start, end);
      addMark(end);
      return next;
    }
    if (mark == '.' && !(ownRules && PLAIN_CASES.mayHold(text, start, next))) {
      boolean off =
          ASCII[text[end - 1]] == LOWER || end - start > 1 && ASCII[text[end - 2]] == UPPER;
      if (off) {
        addLetters(start, end);
        addMark(end);
      } else {
        words.add(start, next, next - start, Words.ALPHABETIC);
      }
      return next;
    }
    return splitChunk(start, end);
  }

  private static boolean isAsciiSpace(byte b) {
    return b == ' ' || b >= '\t' && b <= '\r';
  }

  private void addLetters(int start, int end) {
    words.add(start, end, end - start, Words.ALPHABETIC);
  }

  private void addMark(int at) {
    words.add(at, at + 1, 1, MARKS[text[at]]);
  }

  /** Splits the chunk that begins at a byte and has no white space before another. */
  private int splitChunk(int start, int known) {
    int n = 0;
    int i = start;
    digits = false;
    while (i < text.length) {
      byte b = text[i];
      digits |= b <= '9' && b >= '0';
      if (i >= known && b <= ' ' && Utf8.space(text, i) > 0) {
        break;
      }
      if (n + 1 == cps.length) {
        cps = Arrays.copyOf(cps, 2 * n + 2);
        at = Arrays.copyOf(at, cps.length + 1);
      }
      at[n] = i;
      cps[n++] = b >= 0 ? b : Utf8.codePoint(text, i);
      i += b >= 0 ? 1 : Utf8.length(b);
    }
    at[n] = i;
    splitAffixes(n);
    return i;
  }

  private void splitAffixes(int n) {
    int from = 0;
    int to = n;
    int taken = 0;
    while (from < to && !isCase(from, to)) {
      int prefix = prefix(from, to);
      if (prefix > 0 && isCase(from + prefix, to)) {
        add(from, from + prefix);
        from += prefix;
        break;
      }
      int suffix = suffix(from + prefix, to);
      if (suffix > 0 && isCase(from, to - suffix)) {
        taken = takeSuffix(taken, to);
        to -= suffix;
        break;
      }
      if (prefix == 0 && suffix == 0) {
        break;
      }
      if (prefix > 0) {
        add(from, from + prefix);
        from += prefix;
      }
      if (suffix > 0) {
        taken = takeSuffix(taken, to);
        to -= suffix;
      }
    }
    if (from < to) {
      addRest(from, to);
    }
    int start = to;
    while (taken > 0) {
      add(start, suffixes[--taken]);
      start = suffixes[taken];
    }
  }

  private int takeSuffix(int taken, int end) {
    if (taken == suffixes.length) {
      suffixes = Arrays.copyOf(suffixes, 2 * taken);
    }
    suffixes[taken] = end;
    return taken + 1;
  }

  private boolean isCase(int from, int to) {
    return ownRules && from < to && RULES.parts(cps, from, to).length > 0;
  }

  private void addRest(int from, int to) {
    int[] parts = ownRules ? RULES.parts(cps, from, to) : new int[0];
    if (parts.length > 0) {
      int start = from;
      for (int part : parts) {
        add(start, start + part);
        start += part;
      }
    } else if (SpacyUrl.matches(RULES, cps, from, to)) {
      add(from, to);
    } else {
      addInfixes(from, to);
    }
  }

  /** Length of what comes off the beginning of a string, 0 if nothing does. */
  private int prefix(int from, int to) {
    int first = cps[from];
    if (first == '.') {
      int dots = from;
      while (dots < to && cps[dots] == '.') {
        dots++;
      }
      return dots - from > 1 ? dots - from : 0;
    }
    if (first == '+') {
      return from + 1 < to && SpacyRules.isDigit(cps[from + 1]) ? 0 : 1;
    }
    if ((RULES.of(first) & SpacyRules.PREFIX) != 0) {
      return 1;
    }
    return dollars(from, to);
  }

  /** Length of a dollar sign with a country that stands there, 0 if none does. */
  private int dollars(int at, int to) {
    if (cps[at] == 'U') {
      return at + 2 < to && cps[at + 1] == 'S' && cps[at + 2] == '$' ? 3 : 0;
    }
    return (cps[at] == 'C' || cps[at] == 'A') && at + 1 < to && cps[at + 1] == '$' ? 2 : 0;
  }

  /** Length of what comes off the end of a string, 0 if nothing does; the longest counts. */
  private int suffix(int from, int to) {
    if (from >= to) {
      return 0;
    }
    int last = cps[to - 1];
    int before = to - 2 >= from ? cps[to - 2] : -1;
    if (last == '.') {
      int dots = to;
      while (dots > from && cps[dots - 1] == '.') {
        dots--;
      }
      return to - dots > 1 ? to - dots : fullStop(from, to, before);
    }
    if (last == '…') {
      return before == '…' ? 2 : 1;
    }
    if ((last == 's' || last == 'S') && (before == '\'' || before == '’')) {
      return 2;
    }
    int classes = RULES.of(last);
    int single = (classes & SpacyRules.SUFFIX) != 0 ? 1 : 0;
    if (before == -1 || !digits) {
      return single;
    }
    if (last == '+') {
      return SpacyRules.isDigit(before) ? 1 : single;
    }
    if ((classes & SpacyRules.CURRENCY) != 0) {
      return Math.max(single, currency(from, to));
    }
    return Math.max(single, RULES.unit(cps, from, to));
  }

  private int currency(int from, int to) {
    for (int length = 3; length > 1; length--) {
      int start = to - length;
      if (start > from && dollars(start, to) == length && SpacyRules.isDigit(cps[start - 1])) {
        return length;
      }
    }
    return SpacyRules.isDigit(cps[to - 2]) ? 1 : 0;
  }

  private int fullStop(int from, int to, int before) {
    if (before == -1) {
      return 0;
    }
    int classes = RULES.of(before);
    int second = to - 3 >= from ? cps[to - 3] : -1;
    boolean off =
        (classes & SpacyRules.BEFORE_FULL_STOP) != 0
            || second != -1
                && (classes & SpacyRules.UPPER) != 0
                && (RULES.of(second) & SpacyRules.UPPER) != 0
            || second == '°' && "FfCcKk".indexOf(before) >= 0;
    return off ? 1 : 0;
  }

  private void addInfixes(int from, int to) {
    int start = from;
    int i = from;
    while (i < to) {
      int infix = infix(i, from, to);
      if (infix == 0 || i == from) {
        i += Math.max(1, infix);
        continue;
      }
      if (i > start) {
        add(start, i);
      }
      add(i, i + infix);
      i += infix;
      start = i;
    }
    if (start < to) {
      add(start, to);
    }
  }

  /** Length of the infix that stands there, 0 if none does. */
  private int infix(int i, int from, int to) {
    int cp = cps[i];
    int before = i > from ? cps[i - 1] : -1;
    int after = i + 1 < to ? cps[i + 1] : -1;
    if (cp == '.') {
      int dots = i;
      while (dots < to && cps[dots] == '.') {
        dots++;
      }
      if (dots - i > 1) {
        return dots - i;
      }
      return is(before, SpacyRules.LOWER | SpacyRules.QUOTE)
              && is(after, SpacyRules.UPPER | SpacyRules.QUOTE)
          ? 1
          : 0;
    }
    if (cp == '…' || (RULES.of(cp) & SpacyRules.ICON) != 0) {
      return 1;
    }
    if ((cp == '+' || cp == '-' || cp == '*' || cp == '^')
        && SpacyRules.isDigit(before)
        && (SpacyRules.isDigit(after) || after == '-')) {
      return 1;
    }
    if (cp == ',') {
      return is(before, SpacyRules.ALPHA) && is(after, SpacyRules.ALPHA) ? 1 : 0;
    }
    if (!is(before, SpacyRules.ALPHA) && !SpacyRules.isDigit(before)) {
      return 0;
    }
    return switch (cp) {
      case '-', '–', '—', '~' -> hyphens(i, to);
      case ':', '<', '>', '=', '/' -> is(after, SpacyRules.ALPHA) ? 1 : 0;
      default -> 0;
    };
  }

  /** Length of a hyphen of up to three signs before a letter. */
  private int hyphens(int i, int to) {
    int longest = cps[i] == '-' ? 3 : cps[i] == '—' ? 2 : 1;
    for (int length = 1; length <= longest && i + length < to; length++) {
      if (is(cps[i + length], SpacyRules.ALPHA)) {
        return length;
      }
      if (cps[i + length] != cps[i]) {
        return 0;
      }
    }
    return 0;
  }

  private static boolean is(int cp, int classes) {
    return cp >= 0 && (RULES.of(cp) & classes) != 0;
  }

  private void add(int from, int to) {
    words.add(at[from], at[to], to - from, about(cps, from, to));
  }

  /** What is known of a word. */
  static int about(int[] cps, int from, int to) {
    int any = 0;
    int all = ~0;
    int rules = ~0;
    for (int i = from; i < to; i++) {
      int classes = CharClasses.of(cps[i]);
      any |= classes;
      all &= classes;
      rules &= RULES.of(cps[i]);
    }
    return ((any & CharClasses.LETTER) != 0 ? Words.ALPHABETIC : 0)
        | ((all & CharClasses.PUNCTUATION) != 0 ? Words.PUNCTUATION : 0)
        | ((rules & SpacyRules.SYMBOL) != 0 ? Words.SYMBOL : 0)
        | (to - from == 1 && (rules & SpacyRules.SENTENCE_END) != 0 ? Words.SENTENCE_END : 0);
  }

  /**
   * The strings with rules of their own that begin with an ASCII letter and go on with letters and
   * perhaps one mark; may say yes to others.
   */
  private static final class PlainCases {
    private static final int BITS = 1 << 14;
    private final long[] set = new long[BITS >> 6];
    private int longest;

    PlainCases(SpacyRules rules) {
      for (String string : rules.cases()) {
        if (ScriptCounts.isAsciiLetter(string.charAt(0))) {
          byte[] bytes = string.getBytes(java.nio.charset.StandardCharsets.UTF_8);
          int bit = bit(bytes, 0, bytes.length);
          set[bit >> 6] |= 1L << bit;
          longest = Math.max(longest, bytes.length);
        }
      }
    }

    boolean mayHold(byte[] text, int from, int to) {
      if (to - from > longest) {
        return false;
      }
      int bit = bit(text, from, to);
      return (set[bit >> 6] & 1L << bit) != 0;
    }

    private static int bit(byte[] text, int from, int to) {
      long head = Utf8.upTo(Utf8.eight(text, from), to - from);
      return (int) (Utf8.hash(head + to - from) >>> 40) & BITS - 1;
    }
  }
}
