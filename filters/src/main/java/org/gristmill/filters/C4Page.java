package org.gristmill.filters;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.gristmill.core.Text;

/**
 * The lines of a page and what becomes of them by the rules of {@link C4Lines}.
 *
 * <p>A line is read once as bytes; only one in which a phrase of some rule may stand is looked at
 * as a string.
 */
final class C4Page {
  private static final String ELLIPSIS = "...";
  private static final byte[] ELLIPSIS_BYTES = ELLIPSIS.getBytes(StandardCharsets.UTF_8);
  private static final List<String> POLICY_PHRASES =
      List.of(
          "terms of use",
          "privacy policy",
          "cookie policy",
          "uses cookies",
          "use of cookies",
          "use cookies");

  /** What becomes of a line: the rule that removes it or drops the page, in the order of rules. */
  enum Fate {
    LONG_WORD,
    NO_TERMINAL,
    FEW_WORDS,
    LOREM_IPSUM,
    JAVASCRIPT,
    CURLY_BRACKET,
    POLICY,
    KEPT;

    private final String number = name().toLowerCase(Locale.ROOT).replace('_', '-') + "-lines";

    String number() {
      return number;
    }

    private boolean dropsPage() {
      return this == LOREM_IPSUM || this == CURLY_BRACKET;
    }
  }

  /** Bytes of ASCII at which a phrase of some rule may be recognised. */
  private static final boolean[] LOOK = new boolean[0x80];

  static {
    for (char c : "[{jJvVkKpPfF".toCharArray()) {
      LOOK[c] = true;
    }
  }

  private final C4Lines settings;
  private final byte[] text;
  private final Pieces lines;
  private final List<String> terminals;
  private final List<byte[]> terminalBytes;
  private final double minWords;
  private final double maxChars;
  private final boolean unspaced;
  private final Words unicode;
  private final SentenceCounter counter;
  private final int[] counts = new int[Fate.values().length];
  private final ByteArrayOutputStream left = new ByteArrayOutputStream();
  private Optional<Fate> dropping = Optional.empty();
  private long sentences;
  private int words;
  private int nextWord;
  private boolean longWord;
  private boolean suspect;

  C4Page(C4Lines settings, Rules rules, Tongue tongue, Scan scan) {
    this.settings = settings;
    text = scan.bytes();
    lines = scan.lines().ofPython();
    boolean own = !settings.terminals().equals(C4Lines.ORIGINAL.terminals());
    List<String> standing = (own ? C4Lines.DATATROVE : C4Lines.ORIGINAL).terminals();
    terminals = rules.list("terminals", settings.terminals(), standing);
    terminalBytes = terminals.stream().map(t -> t.getBytes(StandardCharsets.UTF_8)).toList();
    minWords = C4Lines.limit(rules, "minWordsPerLine", settings.minWordsPerLine());
    maxChars = C4Lines.limit(rules, "maxWordChars", settings.maxWordChars());
    counter = SentenceCounter.of(tongue.splitter(settings.sentences(), settings.limits()), scan);
    unspaced = tongue.unspaced() && settings.limits() == Limits.BY_LANGUAGE;
    unicode = unspaced ? scan.words(Splitter.UNICODE) : new Words(text, 0);
  }

  int lines() {
    return lines.count();
  }

  int count(Fate fate) {
    return counts[fate.ordinal()];
  }

  /** What drops the page, if anything does. */
  Optional<Fate> firstThatDropsThePage() {
    return dropping;
  }

  /** Sentences in the lines that stay. */
  long sentences() {
    return sentences;
  }

  /** The lines that stay, without white space around them and around all. */
  Text left() {
    byte[] bytes = left.toByteArray();
    int from = Utf8.skipSpace(bytes, 0, bytes.length);
    int to = Math.max(from, Utf8.trimEnd(bytes, from, bytes.length));
    return Text.trusted(Arrays.copyOfRange(bytes, from, to));
  }

  void judgeLines() {
    for (int line = 0; line < lines.count(); line++) {
      int from = Utf8.skipSpace(text, lines.start(line), lines.end(line));
      int to = Math.max(from, Utf8.trimEnd(text, from, lines.end(line)));
      look(from, to);
      if (suspect) {
        judgeString(from, to);
        continue;
      }
      Fate fate = fate(from, to);
      counts[fate.ordinal()]++;
      if (fate == Fate.KEPT) {
        sentences += counter.in(from, to);
        keep(text, from, to);
      }
    }
  }

  private void keep(byte[] bytes, int from, int to) {
    if (counts[Fate.KEPT.ordinal()] > 1) {
      left.write('\n');
    }
    left.write(bytes, from, to - from);
  }

  /** Counts the words of a line, and finds out whether a phrase of some rule may stand in it. */
  private void look(int from, int to) {
    words = 0;
    longWord = false;
    suspect = false;
    int start = from;
    int i = from;
    while (i < to) {
      byte b = text[i];
      if (b > ' ' && !LOOK[b]) {
        i++;
        continue;
      }
      int space = b > ' ' ? 0 : Utf8.space(text, i);
      if (space == 0) {
        suspect |= b < 0 ? isKelvin(i) : maySuspect(b, i, to);
        i++;
        continue;
      }
      endWord(start, i);
      i += space;
      start = i;
    }
    endWord(start, to);
    words = unspaced ? solidWords(from, to) : words;
  }

  /** Words of a line that are not only symbols; lines are asked for in their order. */
  private int solidWords(int from, int to) {
    int count = 0;
    while (nextWord < unicode.count() && unicode.start(nextWord) < to) {
      count += unicode.start(nextWord) >= from && !unicode.is(nextWord, Words.SYMBOL) ? 1 : 0;
      nextWord++;
    }
    return count;
  }

  private void endWord(int start, int end) {
    words += end > start ? 1 : 0;
    longWord |= end - start > maxChars && Utf8.codePoints(text, start, end) > maxChars;
  }

  /** The only character but letters of ASCII that is one of them in lower case. */
  private boolean isKelvin(int at) {
    return text[at] == (byte) 0xE2 && text[at + 1] == (byte) 0x84 && text[at + 2] == (byte) 0xAA;
  }

  /** Whether one of the phrases, or a bracket, may stand at or around a byte. */
  private boolean maySuspect(byte b, int at, int to) {
    return switch (b) {
      case '[', '{' -> true;
      case 'j', 'J' -> follows("ava", at, to);
      case 'v', 'V' -> follows("acy", at, to);
      case 'k', 'K' -> follows("ie", at, to);
      case 'p', 'P' -> follows("sum", at, to);
      case 'f', 'F' -> follows(" use", at, to);
      default -> false;
    };
  }

  /** Whether letters follow, in either case. */
  private boolean follows(String lower, int at, int to) {
    if (at + lower.length() >= to) {
      return false;
    }
    for (int i = 0; i < lower.length(); i++) {
      if ((text[at + 1 + i] | 0x20) != lower.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private Fate fate(int from, int to) {
    if (longWord) {
      return Fate.LONG_WORD;
    }
    if (settings.has(C4Lines.Rule.TERMINAL_PUNCTUATION) && !isTerminated(from, to)) {
      return Fate.NO_TERMINAL;
    }
    return words < minWords ? Fate.FEW_WORDS : Fate.KEPT;
  }

  private boolean isTerminated(int from, int to) {
    for (byte[] terminal : terminalBytes) {
      if (Utf8.endsWith(text, from, to, terminal)) {
        return !Utf8.endsWith(text, from, to, ELLIPSIS_BYTES);
      }
    }
    return terminals.isEmpty();
  }

  private void judgeString(int from, int to) {
    String line = new String(text, from, to - from, StandardCharsets.UTF_8);
    String cleaned = settings.has(C4Lines.Rule.CITATIONS) ? Citations.removedFrom(line) : line;
    String rest = PythonText.strip(cleaned);
    Fate fate = fate(line, cleaned);
    fate = fate == Fate.KEPT && !rest.equals(line) ? fate(rest, rest) : fate;
    counts[fate.ordinal()]++;
    if (fate.dropsPage() && dropping.isEmpty()) {
      dropping = Optional.of(fate);
    }
    if (fate == Fate.KEPT && rest.equals(line)) {
      sentences += counter.in(from, to);
      keep(text, from, to);
    } else if (fate == Fate.KEPT) {
      byte[] bytes = rest.getBytes(StandardCharsets.UTF_8);
      sentences += counter.inOther(bytes);
      keep(bytes, 0, bytes.length);
    }
  }

  /**
   * @param line a line without white space around it
   * @param cleaned the same without citation markers
   */
  private Fate fate(String line, String cleaned) {
    int count = 0;
    for (int i = 0; i < line.length(); i++) {
      int start = i;
      while (i < line.length() && !PythonText.isSpace(line.charAt(i))) {
        i++;
      }
      count += i > start ? 1 : 0;
      if (i - start > maxChars && line.codePointCount(start, i) > maxChars) {
        return Fate.LONG_WORD;
      }
    }
    count = unspaced ? UnicodeWords.of(line.getBytes(StandardCharsets.UTF_8)).solid() : count;
    if (settings.has(C4Lines.Rule.TERMINAL_PUNCTUATION)
        && !terminals.isEmpty()
        && (!PythonText.endsWithAny(cleaned, terminals) || cleaned.endsWith(ELLIPSIS))) {
      return Fate.NO_TERMINAL;
    }
    if (count < minWords) {
      return Fate.FEW_WORDS;
    }
    return fateByPhrases(cleaned, cleaned.toLowerCase(Locale.ROOT));
  }

  private Fate fateByPhrases(String line, String lower) {
    if (settings.has(C4Lines.Rule.LOREM_IPSUM) && lower.contains("lorem ipsum")) {
      return Fate.LOREM_IPSUM;
    }
    if (settings.has(C4Lines.Rule.JAVASCRIPT) && lower.contains("javascript")) {
      return Fate.JAVASCRIPT;
    }
    if (settings.has(C4Lines.Rule.CURLY_BRACKET) && line.indexOf('{') >= 0) {
      return Fate.CURLY_BRACKET;
    }
    if (settings.has(C4Lines.Rule.POLICY) && POLICY_PHRASES.stream().anyMatch(lower::contains)) {
      return Fate.POLICY;
    }
    return Fate.KEPT;
  }
}
