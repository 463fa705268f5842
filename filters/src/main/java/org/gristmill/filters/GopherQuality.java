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
    @Setting(does = "Least number of words that are not only symbols.", unit = "words", min = 0)
        int minWords,
    @Setting(does = "Largest number of words that are not only symbols.", unit = "words", min = 0)
        int maxWords,
    @Setting(
            does = "Least mean length of words that are not only symbols.",
            unit = "code points",
            min = 0,
            max = Double.MAX_VALUE)
        double minMeanWordChars,
    @Setting(
            does = "Largest mean length of words that are not only symbols.",
            unit = "code points",
            min = 0,
            max = Double.MAX_VALUE)
        double maxMeanWordChars,
    @Setting(
            does = "Most # signs for each word.",
            unit = "signs for each word",
            min = 0,
            max = Double.MAX_VALUE)
        double maxHashRatio,
    @Setting(
            does = "Most ellipses for each word.",
            unit = "ellipses for each word",
            min = 0,
            max = Double.MAX_VALUE)
        double maxEllipsisRatio,
    @Setting(
            does = "Largest share of lines that start with a bullet or a hyphen.",
            min = 0,
            max = 1)
        double maxBulletLines,
    @Setting(does = "Largest share of lines that end with an ellipsis.", min = 0, max = 1)
        double maxEllipsisLines,
    @Setting(does = "Least share of words with a letter of any script.", min = 0, max = 1)
        double minAlphabeticWords,
    @Setting(does = "Common words of the language, compared by exact case.") List<String> stopWords,
    @Setting(
            does = "How many different stop words there must be, at most as many as stopWords has.",
            unit = "words",
            min = 0)
        int minStopWords,
    @Setting(does = "What words are: unicode, spacy or whitespace.") Splitter words,
    @Setting(does = "Which limits a document is judged by: by-language or as-set.") Limits limits)
    implements Filter {

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
  public Verdict judge(Document document, Scan scan) {
    Tongue tongue = Tongue.of(document, scan);
    Splitter splitter = tongue.splitter(words, limits);
    Words split = scan.words(splitter);
    Lines lines = scan.lines();
    int all = split.count();
    Rules rules = new Rules("gopher-quality", limits, tongue);
    rules.atLeast("words", split.solid(), rules.limit("minWords", minWords, PAPER.minWords));
    rules.atMost("words", split.solid(), rules.limit("maxWords", maxWords, PAPER.maxWords));
    double mean = Rules.share(split.solidChars(), split.solid());
    rules.atLeast(
        "mean-word-length",
        mean,
        rules.limit("minMeanWordChars", minMeanWordChars, PAPER.minMeanWordChars));
    rules.atMost(
        "mean-word-length",
        mean,
        rules.limit("maxMeanWordChars", maxMeanWordChars, PAPER.maxMeanWordChars));
    rules.atMost("hash-ratio", Rules.share(lines.hashes(), all), maxHashRatio);
    rules.atMost("ellipsis-ratio", Rules.share(lines.ellipses(), all), maxEllipsisRatio);
    judgeLines(lines.ofPython(), rules);
    rules.atLeast(
        "alphabetic-words",
        Rules.share(split.alphabetic(), all),
        rules.limit("minAlphabeticWords", minAlphabeticWords, PAPER.minAlphabeticWords));
    boolean ownWords = !stopWords.equals(PAPER.stopWords);
    rules.atLeast(
        "stop-words",
        stopWordsIn(scan.grams(splitter)),
        ownWords ? minStopWords : rules.limit("minStopWords", minStopWords, PAPER.minStopWords));
    rules.numberUnjudged();
    return rules.verdict();
  }

  private void judgeLines(Pieces lines, Rules rules) {
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
    rules.atMost("bullet-lines", Rules.share(bullets, lines.count()), maxBulletLines);
    rules.atMost("ellipsis-lines", Rules.share(ellipses, lines.count()), maxEllipsisLines);
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
