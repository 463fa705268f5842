package org.gristmill.filters;

import java.util.List;
import java.util.Map;
import org.gristmill.core.Block;
import org.gristmill.core.Blocks;
import org.gristmill.core.Bounds;
import org.gristmill.core.Document;
import org.gristmill.core.Setting;

/**
 * Drops documents that repeat themselves, by the repetition rules of the Gopher paper.
 *
 * <p>The definitions, on which tools differ, are those of datatrove at commit a649de79: a line or
 * paragraph is a duplicate if an earlier one equals it; a line ends at one or more line feeds, a
 * paragraph at two or more; the top n-gram counts the characters of all its occurrences, with a
 * space between words; duplicate n-grams are found from the left, continue behind a duplicate, and
 * count without the space between words. Words are {@link Words}. All values are shares of the
 * text's code points, or of its lines and paragraphs; a share of nothing is 0.
 *
 * <p>Source: Rae et al., Scaling Language Models: Methods, Analysis and Insights from Training
 * Gopher, arXiv:2112.11446, table A1.
 *
 * @param maxDuplicateParagraphs largest share of paragraphs that are duplicates, inclusive
 * @param maxDuplicateParagraphChars largest share of characters in them, inclusive
 * @param maxDuplicateLines largest share of lines that are duplicates, inclusive
 * @param maxDuplicateLineChars largest share of characters in them, inclusive
 * @param maxTopNgrams largest shares of characters in the most frequent 2-gram, 3-gram and so on,
 *     inclusive; as many as shall be measured. A share may pass 1 in scripts without spaces.
 * @param maxDuplicateNgrams largest shares of characters in duplicate 5-grams, 6-grams and so on,
 *     inclusive; as many as shall be measured
 * @param words what words are; in languages without spaces always Unicode's, and joined without a
 *     space, unless limits hold as set
 * @param limits which limits a document is judged by
 * @param definition whose definition of repetition
 */
@Block(does = "Drops documents that repeat themselves.", version = 2, libraries = "icu")
public record GopherRepetition(
    @Setting(
            does = "Largest share of paragraphs that an earlier one equals.",
            min = 0,
            max = 1,
            decides = true)
        double maxDuplicateParagraphs,
    @Setting(
            does = "Largest share of characters in such paragraphs.",
            min = 0,
            max = 1,
            decides = true)
        double maxDuplicateParagraphChars,
    @Setting(
            does = "Largest share of lines that an earlier one equals.",
            min = 0,
            max = 1,
            decides = true)
        double maxDuplicateLines,
    @Setting(does = "Largest share of characters in such lines.", min = 0, max = 1, decides = true)
        double maxDuplicateLineChars,
    @Setting(
            does = "Largest shares of characters in the most frequent 2-gram, 3-gram and so on.",
            min = 0,
            max = Double.MAX_VALUE,
            decides = true)
        List<Double> maxTopNgrams,
    @Setting(
            does = "Largest shares of characters in duplicate 5-grams, 6-grams and so on.",
            min = 0,
            max = Double.MAX_VALUE,
            decides = true)
        List<Double> maxDuplicateNgrams,
    @Setting(does = "What words are: unicode, spacy or whitespace.") Splitter words,
    @Setting(does = "Which limits a document is judged by: by-language or as-set.") Limits limits,
    @Setting(does = "Whose definition of repetition: datatrove, dolma or dclm.")
        Definition definition)
    implements Measured {

  /** The limits of the paper. */
  public static final GopherRepetition PAPER =
      new GopherRepetition(
          0.30,
          0.20,
          0.30,
          0.20,
          List.of(0.20, 0.18, 0.16),
          List.of(0.15, 0.14, 0.13, 0.12, 0.11, 0.10),
          Splitter.SPACY,
          Limits.BY_LANGUAGE,
          Definition.DATATROVE);

  /** As dolma measures: its definition, on what stands between white space. */
  public static final GopherRepetition DOLMA =
      Blocks.with(PAPER, Map.of("definition", Definition.DOLMA, "words", Splitter.WHITESPACE));

  /** As DCLM measures: its definition, on Unicode's words. */
  public static final GopherRepetition DCLM =
      Blocks.with(PAPER, Map.of("definition", Definition.DCLM, "words", Splitter.UNICODE));

  /** What counts as repeated. */
  public enum Definition {
    /** See {@link GopherRepetition}. */
    DATATROVE,
    /**
     * dolma's (allenai/dolma at 1c696ddf, {@code taggers/gopher.py}): all copies of a line count,
     * lines end at each line feed, there are no paragraphs; shares are of the characters of words;
     * of repeated n-grams every copy counts, as often as it overlaps, as a share of all n-grams.
     */
    DOLMA,
    /**
     * DCLM's ({@code massive_web_repetition_filters}): all copies of a line or paragraph that is
     * not blank count; words of symbols are none; of the most frequent n-grams the longest counts,
     * unless all occur once; of repeated n-grams every word counts once; shares are of the
     * characters of words, or of the lines.
     */
    DCLM
  }

  private static final int SHORTEST_TOP = 2;
  private static final int SHORTEST_DUPLICATE = 5;

  public GopherRepetition {
    Bounds.share("maxDuplicateParagraphs", maxDuplicateParagraphs);
    Bounds.share("maxDuplicateParagraphChars", maxDuplicateParagraphChars);
    Bounds.share("maxDuplicateLines", maxDuplicateLines);
    Bounds.share("maxDuplicateLineChars", maxDuplicateLineChars);
    maxTopNgrams = List.copyOf(maxTopNgrams);
    maxDuplicateNgrams = List.copyOf(maxDuplicateNgrams);
    Bounds.limits("maxTopNgrams", maxTopNgrams);
    Bounds.limits("maxDuplicateNgrams", maxDuplicateNgrams);
  }

  @Override
  public Findings measure(Document document, Scan scan, Tongue tongue) {
    int space = limits == Limits.BY_LANGUAGE && tongue.unspaced() ? 0 : 1;
    Repetition measured = Repetition.of(definition, scan, tongue.splitter(words, limits), space);
    Rules rules = new Rules("gopher-repetition");
    rules.number("duplicate-paragraphs", measured.paragraphs());
    rules.number("duplicate-paragraph-chars", measured.paragraphChars());
    rules.number("duplicate-lines", measured.lines());
    rules.number("duplicate-line-chars", measured.lineChars());
    double[] top = measured.top(SHORTEST_TOP, maxTopNgrams.size());
    for (int i = 0; i < top.length; i++) {
      rules.number(top(i), top[i]);
    }
    double[] duplicate = measured.duplicate(SHORTEST_DUPLICATE, maxDuplicateNgrams.size());
    for (int i = 0; i < duplicate.length; i++) {
      rules.number(duplicate(i), duplicate[i]);
    }
    return rules.findings();
  }

  @Override
  public Verdict decide(Findings found, Tongue tongue) {
    Rules rules = new Rules("gopher-repetition", found, limits, tongue);
    rules.atMost("duplicate-paragraphs", maxDuplicateParagraphs);
    rules.atMost("duplicate-paragraph-chars", maxDuplicateParagraphChars);
    rules.atMost("duplicate-lines", maxDuplicateLines);
    rules.atMost("duplicate-line-chars", maxDuplicateLineChars);
    for (int i = 0; i < maxTopNgrams.size(); i++) {
      double max = limit(rules, "maxTopNgrams", maxTopNgrams, PAPER.maxTopNgrams, i);
      rules.atMost(top(i), max);
    }
    for (int i = 0; i < maxDuplicateNgrams.size(); i++) {
      double max =
          limit(rules, "maxDuplicateNgrams", maxDuplicateNgrams, PAPER.maxDuplicateNgrams, i);
      rules.atMost(duplicate(i), max);
    }
    rules.numberUnjudged();
    return rules.verdict();
  }

  private static String top(int i) {
    return "top-" + (SHORTEST_TOP + i) + "-gram";
  }

  private static String duplicate(int i) {
    return "duplicate-" + (SHORTEST_DUPLICATE + i) + "-grams";
  }

  private static double limit(
      Rules rules, String setting, List<Double> set, List<Double> standing, int i) {
    boolean own = !set.equals(standing);
    return own ? set.get(i) : rules.limit(setting, set.get(i), standing.get(i));
  }
}
