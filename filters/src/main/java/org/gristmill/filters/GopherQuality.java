package org.gristmill.filters;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import org.gristmill.core.Block;
import org.gristmill.core.Bounds;
import org.gristmill.core.Document;
import org.gristmill.core.Setting;

/**
 * Drops documents that do not read like prose, by the quality rules of the Gopher paper.
 *
 * <p>The definitions are those of datatrove at commit a649de79: words are {@link Words} (there:
 * spaCy's), ratios are to all words including punctuation, lengths are in code points, lines are
 * Python's. A ratio to nothing is 0.
 *
 * <p>Source: Rae et al., Scaling Language Models: Methods, Analysis and Insights from Training
 * Gopher, arXiv:2112.11446, section A1.1.
 *
 * @param minWords least number of words that are not only symbols, inclusive, at least 0
 * @param maxWords largest number of such words, inclusive
 * @param minMeanWordChars least mean length of such words in characters, inclusive
 * @param maxMeanWordChars largest mean length of such words in characters, inclusive
 * @param maxHashRatio most {@code #} signs for each word, inclusive, at least 0
 * @param maxEllipsisRatio most ellipses ({@code ...} or {@code …}) for each word, inclusive, at
 *     least 0
 * @param maxBulletLines largest share of lines that start with {@code •} or {@code -}, inclusive
 * @param maxEllipsisLines largest share of lines that end with an ellipsis, inclusive
 * @param minAlphabeticWords least share of words with a letter of any script, inclusive
 * @param stopWords common words of the language, compared by exact case
 * @param minStopWords how many different stop words the text must have, inclusive, at most as many
 *     as there are
 * @param words what words are; in languages without spaces always Unicode's, unless limits hold as
 *     set
 * @param limits which limits a document is judged by
 */
@Block(does = "Drops documents that do not read like prose.", version = 2, libraries = "icu")
public record GopherQuality(
    @Setting(
            does = "Least number of words that are not only symbols.",
            unit = "words",
            min = 0,
            decides = true)
        int minWords,
    @Setting(
            does = "Largest number of words that are not only symbols.",
            unit = "words",
            min = 0,
            decides = true)
        int maxWords,
    @Setting(
            does = "Least mean length of words that are not only symbols.",
            unit = "code points",
            min = 0,
            max = Double.MAX_VALUE,
            decides = true)
        double minMeanWordChars,
    @Setting(
            does = "Largest mean length of words that are not only symbols.",
            unit = "code points",
            min = 0,
            max = Double.MAX_VALUE,
            decides = true)
        double maxMeanWordChars,
    @Setting(
            does = "Most # signs for each word.",
            unit = "signs for each word",
            min = 0,
            max = Double.MAX_VALUE,
            decides = true)
        double maxHashRatio,
    @Setting(
            does = "Most ellipses for each word.",
            unit = "ellipses for each word",
            min = 0,
            max = Double.MAX_VALUE,
            decides = true)
        double maxEllipsisRatio,
    @Setting(
            does = "Largest share of lines that start with a bullet or a hyphen.",
            min = 0,
            max = 1,
            decides = true)
        double maxBulletLines,
    @Setting(
            does = "Largest share of lines that end with an ellipsis.",
            min = 0,
            max = 1,
            decides = true)
        double maxEllipsisLines,
    @Setting(
            does = "Least share of words with a letter of any script.",
            min = 0,
            max = 1,
            decides = true)
        double minAlphabeticWords,
    @Setting(does = "Common words of the language, compared by exact case.") List<String> stopWords,
    @Setting(
            does = "How many different stop words there must be, at most as many as stopWords has.",
            unit = "words",
            min = 0,
            decides = true)
        int minStopWords,
    @Setting(does = "What words are: unicode, spacy or whitespace.") Splitter words,
    @Setting(does = "Which limits a document is judged by: by-language or as-set.") Limits limits)
    implements Measured {

  /** The limits of the paper. */
  public static final GopherQuality PAPER =
      new GopherQuality(
          50,
          100_000,
          3,
          10,
          0.1,
          0.1,
          0.9,
          0.3,
          0.8,
          List.of("the", "be", "to", "of", "and", "that", "have", "with"),
          2,
          Splitter.SPACY,
          Limits.BY_LANGUAGE);

  private static final byte[] BULLET = "•".getBytes(StandardCharsets.UTF_8);
  private static final byte[] ELLIPSIS = "…".getBytes(StandardCharsets.UTF_8);
  private static final byte[] THREE_STOPS = {'.', '.', '.'};

  public GopherQuality {
    Bounds.atLeast("minWords", minWords, 0);
    Bounds.atLeast("maxWords", maxWords, 0);
    Bounds.ordered("minWords", minWords, "maxWords", maxWords);
    Bounds.limit("minMeanWordChars", minMeanWordChars);
    Bounds.limit("maxMeanWordChars", maxMeanWordChars);
    Bounds.ordered("minMeanWordChars", minMeanWordChars, "maxMeanWordChars", maxMeanWordChars);
    Bounds.limit("maxHashRatio", maxHashRatio);
    Bounds.limit("maxEllipsisRatio", maxEllipsisRatio);
    Bounds.share("maxBulletLines", maxBulletLines);
    Bounds.share("maxEllipsisLines", maxEllipsisLines);
    Bounds.share("minAlphabeticWords", minAlphabeticWords);
    stopWords = List.copyOf(stopWords);
    Bounds.nonEmpty("stopWords", stopWords);
    Bounds.atLeast("minStopWords", minStopWords, 0);
    Bounds.ordered(
        "minStopWords", minStopWords, "the number of stopWords", new HashSet<>(stopWords).size());
  }

  @Override
  public Findings measure(Document document, Scan scan, Tongue tongue) {
    Splitter splitter = tongue.splitter(words, limits);
    Words split = scan.words(splitter);
    Lines lines = scan.lines();
    int all = split.count();
    Rules rules = new Rules("gopher-quality");
    rules.number("words", split.solid());
    rules.number("mean-word-length", Rules.share(split.solidChars(), split.solid()));
    rules.number("hash-ratio", Rules.share(lines.hashes(), all));
    rules.number("ellipsis-ratio", Rules.share(lines.ellipses(), all));
    measureLines(lines.ofPython(), rules);
    rules.number("alphabetic-words", Rules.share(split.alphabetic(), all));
    rules.number("stop-words", stopWordsIn(scan.grams(splitter)));
    return rules.findings();
  }

  @Override
  public Verdict decide(Findings found, Tongue tongue) {
    Rules rules = new Rules("gopher-quality", found, limits, tongue);
    rules.atLeast("words", rules.limit("minWords", minWords, PAPER.minWords));
    rules.atMost("words", rules.limit("maxWords", maxWords, PAPER.maxWords));
    rules.atLeast(
        "mean-word-length",
        rules.limit("minMeanWordChars", minMeanWordChars, PAPER.minMeanWordChars));
    rules.atMost(
        "mean-word-length",
        rules.limit("maxMeanWordChars", maxMeanWordChars, PAPER.maxMeanWordChars));
    rules.atMost("hash-ratio", maxHashRatio);
    rules.atMost("ellipsis-ratio", maxEllipsisRatio);
    rules.atMost("bullet-lines", maxBulletLines);
    rules.atMost("ellipsis-lines", maxEllipsisLines);
    rules.atLeast(
        "alphabetic-words",
        rules.limit("minAlphabeticWords", minAlphabeticWords, PAPER.minAlphabeticWords));
    boolean ownWords = !stopWords.equals(PAPER.stopWords);
    rules.atLeast(
        "stop-words",
        ownWords ? minStopWords : rules.limit("minStopWords", minStopWords, PAPER.minStopWords));
    rules.numberUnjudged();
    return rules.verdict();
  }

  private static void measureLines(Pieces lines, Rules rules) {
    int bullets = 0;
    int ellipses = 0;
    for (int line = 0; line < lines.count(); line++) {
      int end = lines.end(line);
      int first = Utf8.skipSpace(lines.text, lines.start(line), end);
      int last = Utf8.trimEnd(lines.text, first, end);
      bullets += startsWithBullet(lines.text, first, end) ? 1 : 0;
      ellipses +=
          Utf8.endsWith(lines.text, first, last, THREE_STOPS)
                  || Utf8.endsWith(lines.text, first, last, ELLIPSIS)
              ? 1
              : 0;
    }
    rules.number("bullet-lines", Rules.share(bullets, lines.count()));
    rules.number("ellipsis-lines", Rules.share(ellipses, lines.count()));
  }

  private static boolean startsWithBullet(byte[] text, int from, int to) {
    return from < to
        && (text[from] == '-' || to - from >= BULLET.length && Utf8.startsWith(text, from, BULLET));
  }

  private int stopWordsIn(Grams grams) {
    int found = 0;
    for (String word : new HashSet<>(stopWords)) {
      found += grams.hasWord(word.getBytes(StandardCharsets.UTF_8)) ? 1 : 0;
    }
    return found;
  }
}
