package org.gristmill.filters;

import java.util.List;
import java.util.Locale;
import org.gristmill.core.Block;
import org.gristmill.core.Bounds;
import org.gristmill.core.Document;
import org.gristmill.core.Setting;
import org.gristmill.core.SettingError;
import org.gristmill.core.Text;

/**
 * Removes the lines of a web page that are not prose and drops the page if little is left, by the
 * line rules of C4.
 *
 * <p>The definitions are those of datatrove's {@code C4QualityFilter} at commit a649de79: lines are
 * Python's, words of a line stand between white space, citation markers ({@code [1]}, {@code []},
 * {@code [edit]}, {@code [citation needed]}) are removed from the lines that stay, and sentences
 * are counted in the lines that stay ({@link Sentences}). Unlike there, a line that has lost a
 * marker or the white space around it must pass the rules once more as it is then, so that what is
 * kept would be kept again unchanged.
 *
 * <p>Scripts without spaces need {@code minWordsPerLine = 1} and their own terminals.
 *
 * <p>Source: Raffel et al., Exploring the Limits of Transfer Learning with a Unified Text-to-Text
 * Transformer, JMLR 21 (2020), section 2.2; the rules on policies, long words and citations are
 * from its code, tensorflow-datasets {@code c4_utils.py} at commit 0560e686.
 *
 * @param minWordsPerLine least number of words of a line that stays, inclusive, at least 0
 * @param minSentences least number of sentences of a page that stays, inclusive, at least 0
 * @param maxWordChars longest word of a line that stays, in characters, inclusive, at least 1
 * @param terminals what a line may end with
 * @param without rules that are left out; FineWeb leaves out {@link Rule#TERMINAL_PUNCTUATION}
 */
@Block(
    does = "Removes the lines of a page that are not prose and drops a page with little left.",
    version = 1,
    libraries = "icu")
public record C4Lines(
    @Setting(does = "Least number of words of a line that stays.", unit = "words", min = 0)
        int minWordsPerLine,
    @Setting(does = "Least number of sentences of a page that stays.", unit = "sentences", min = 0)
        int minSentences,
    @Setting(does = "Longest word of a line that stays.", unit = "code points", min = 1)
        int maxWordChars,
    @Setting(does = "What a line may end with.") List<String> terminals,
    @Setting(
            does =
                "Rules left out: terminal-punctuation, citations, lorem-ipsum, curly-bracket,"
                    + " javascript, policy.")
        List<Rule> without)
    implements Filter {

  /** Three words a line, five sentences a page, as in datatrove, Dolma and data-prep-kit. */
  public static final C4Lines DATATROVE =
      new C4Lines(3, 5, 1000, List.of(".", "?", "!", "\"", "'"), List.of());

  /** Five words a line, three sentences a page, as in the code that made C4. */
  public static final C4Lines ORIGINAL =
      new C4Lines(5, 3, 1000, List.of(".", "?", "!", "\""), List.of());

  private static final String ELLIPSIS = "...";
  private static final List<String> POLICY_PHRASES =
      List.of(
          "terms of use",
          "privacy policy",
          "cookie policy",
          "uses cookies",
          "use of cookies",
          "use cookies");

  public C4Lines {
    Bounds.atLeast("minWordsPerLine", minWordsPerLine, 0);
    Bounds.atLeast("minSentences", minSentences, 0);
    Bounds.atLeast("maxWordChars", maxWordChars, 1);
    terminals = List.copyOf(terminals);
    Bounds.nonEmpty("terminals", terminals);
    without = List.copyOf(without);
    if (terminals.isEmpty() && !without.contains(Rule.TERMINAL_PUNCTUATION)) {
      throw new SettingError("terminals", "must not be empty unless without terminal-punctuation");
    }
  }

  /** A rule that can be left out. */
  public enum Rule {
    /** A line must end with one of the terminals, and not with three full stops. */
    TERMINAL_PUNCTUATION,
    /** Citation markers are removed. */
    CITATIONS,
    /** A line with "lorem ipsum" drops the page. */
    LOREM_IPSUM,
    /** A line with an opening curly bracket drops the page. */
    CURLY_BRACKET,
    /** Lines with "javascript" are removed. */
    JAVASCRIPT,
    /** Lines with phrases of cookie and privacy policies are removed. */
    POLICY
  }

  /** What becomes of a line: the rule that removes it or drops the page, in the order of rules. */
  private enum Fate {
    LONG_WORD,
    NO_TERMINAL,
    FEW_WORDS,
    LOREM_IPSUM,
    JAVASCRIPT,
    CURLY_BRACKET,
    POLICY,
    KEPT;

    String number() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-') + "-lines";
    }

    boolean dropsPage() {
      return this == LOREM_IPSUM || this == CURLY_BRACKET;
    }
  }

  /**
   * @param left what is left of a line that is kept, without white space around it
   */
  private record Line(Fate fate, String left) {}

  @Override
  public Verdict judge(Document document) {
    List<Line> lines =
        PythonText.split(document.text().toString()).stream().map(this::lineOf).toList();
    List<String> kept =
        lines.stream().filter(line -> line.fate() == Fate.KEPT).map(Line::left).toList();

    Rules rules = new Rules("c4-lines");
    rules.number("lines", lines.size());
    for (Fate fate : Fate.values()) {
      rules.number(fate.number(), count(lines, fate));
    }
    lines.stream()
        .map(Line::fate)
        .filter(Fate::dropsPage)
        .findFirst()
        .ifPresent(fate -> rules.atMost(fate.number(), count(lines, fate), 0));
    Sentences sentences = new Sentences();
    rules.atLeast("sentences", kept.stream().mapToInt(sentences::in).sum(), minSentences);

    Text left = Text.of(PythonText.strip(String.join("\n", kept)));
    return rules.kept() && !left.equals(document.text())
        ? new Verdict.Rewrite("c4-lines.removed-lines", left, rules.findings())
        : rules.verdict();
  }

  private boolean has(Rule rule) {
    return !without.contains(rule);
  }

  private static long count(List<Line> lines, Fate fate) {
    return lines.stream().filter(line -> line.fate() == fate).count();
  }

  private Line lineOf(String raw) {
    String line = PythonText.strip(raw);
    String cleaned = has(Rule.CITATIONS) ? Citations.removedFrom(line) : line;
    String left = PythonText.strip(cleaned);
    Fate fate = fate(line, cleaned);
    return new Line(fate == Fate.KEPT && !left.equals(line) ? fate(left, left) : fate, left);
  }

  /**
   * @param line a line without white space around it
   * @param cleaned the same without citation markers
   */
  private Fate fate(String line, String cleaned) {
    int words = 0;
    for (int i = 0; i < line.length(); i++) {
      int start = i;
      while (i < line.length() && !PythonText.isSpace(line.charAt(i))) {
        i++;
      }
      words += i > start ? 1 : 0;
      if (i - start > maxWordChars && line.codePointCount(start, i) > maxWordChars) {
        return Fate.LONG_WORD;
      }
    }
    if (has(Rule.TERMINAL_PUNCTUATION)
        && (!PythonText.endsWithAny(cleaned, terminals) || cleaned.endsWith(ELLIPSIS))) {
      return Fate.NO_TERMINAL;
    }
    if (words < minWordsPerLine) {
      return Fate.FEW_WORDS;
    }
    return fateByPhrases(cleaned, cleaned.toLowerCase(Locale.ROOT));
  }

  private Fate fateByPhrases(String line, String lower) {
    if (has(Rule.LOREM_IPSUM) && lower.contains("lorem ipsum")) {
      return Fate.LOREM_IPSUM;
    }
    if (has(Rule.JAVASCRIPT) && lower.contains("javascript")) {
      return Fate.JAVASCRIPT;
    }
    if (has(Rule.CURLY_BRACKET) && line.indexOf('{') >= 0) {
      return Fate.CURLY_BRACKET;
    }
    if (has(Rule.POLICY) && POLICY_PHRASES.stream().anyMatch(lower::contains)) {
      return Fate.POLICY;
    }
    return Fate.KEPT;
  }
}
