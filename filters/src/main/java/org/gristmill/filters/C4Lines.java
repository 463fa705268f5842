package org.gristmill.filters;

import java.util.List;
import org.gristmill.core.Block;
import org.gristmill.core.Blocks;
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
 * <p>In languages without spaces the words of a line are Unicode's ({@link UnicodeWords}), and a
 * word may have any length, unless limits hold as set.
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
 * @param sentences whose sentences are counted: Unicode's (UAX #29), or spaCy's English ones; in
 *     languages without spaces always Unicode's, unless limits hold as set
 * @param limits which limits a document is judged by
 */
@Block(
    does = "Removes the lines of a page that are not prose and drops a page with little left.",
    version = 2,
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
        List<Rule> without,
    @Setting(does = "Whose sentences are counted: unicode or spacy.") Splitter sentences,
    @Setting(does = "Which limits a document is judged by: by-language or as-set.") Limits limits)
    implements Filter {

  /** Three words a line, five sentences a page, as in datatrove, Dolma and data-prep-kit. */
  public static final C4Lines DATATROVE =
      new C4Lines(
          3,
          5,
          1000,
          List.of(".", "?", "!", "\"", "'"),
          List.of(),
          Splitter.SPACY,
          Limits.BY_LANGUAGE);

  /** Five words a line, three sentences a page, as in the code that made C4. */
  public static final C4Lines ORIGINAL =
      new C4Lines(
          5, 3, 1000, List.of(".", "?", "!", "\""), List.of(), Splitter.SPACY, Limits.BY_LANGUAGE);

  public C4Lines {
    Bounds.atLeast("minWordsPerLine", minWordsPerLine, 0);
    Bounds.atLeast("minSentences", minSentences, 0);
    Bounds.atLeast("maxWordChars", maxWordChars, 1);
    terminals = List.copyOf(terminals);
    Bounds.nonEmpty("terminals", terminals);
    without = List.copyOf(without);
    if (sentences == Splitter.WHITESPACE) {
      throw new SettingError("sentences", "must be unicode or spacy, is whitespace");
    }
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

  @Override
  public Verdict judge(Document document, Scan scan) {
    Tongue tongue = Tongue.of(document, scan);
    Rules rules = new Rules("c4-lines", Findings.NONE, limits, tongue);
    C4Page page = new C4Page(this, rules, tongue, scan);
    page.judgeLines();
    rules.number("lines", page.lines());
    for (C4Page.Fate fate : C4Page.Fate.values()) {
      rules.number(fate.number(), page.count(fate));
    }
    page.firstThatDropsThePage().ifPresent(fate -> rules.atMost(fate.number(), 0));
    rules.number("sentences", page.sentences());
    rules.atLeast("sentences", limit(rules, "minSentences", minSentences));
    rules.numberUnjudged();
    if (!rules.kept()) {
      return rules.verdict();
    }
    Text left = page.left();
    return left.equals(document.text())
        ? rules.verdict()
        : new Verdict.Rewrite("c4-lines.removed-lines", left, rules.findings());
  }

  /** The limit for the document's language; the defaults of both published variants are English. */
  static double limit(Rules rules, String setting, int set) {
    boolean standing =
        Blocks.settings(DATATROVE).get(setting).equals(set)
            || Blocks.settings(ORIGINAL).get(setting).equals(set);
    return rules.limit(setting, set, standing ? set : Double.NaN);
  }

  boolean has(Rule rule) {
    return !without.contains(rule);
  }
}
