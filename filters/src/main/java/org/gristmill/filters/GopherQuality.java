package org.gristmill.filters;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
 */
@Block(does = "Drops documents that do not read like prose.", version = 1, libraries = "icu")
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
        int minStopWords)
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
          2);

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
  public Verdict judge(Document document) {
    String text = document.text().toString();
    Words words = Words.of(text);
    Rules rules = new Rules("gopher-quality");
    judgeLengths(words, rules);
    int hashes = PythonText.occurrences(text, "#");
    int ellipses = PythonText.occurrences(text, "...") + PythonText.occurrences(text, "…");
    rules.atMost("hash-ratio", Rules.share(hashes, words.count()), maxHashRatio);
    rules.atMost("ellipsis-ratio", Rules.share(ellipses, words.count()), maxEllipsisRatio);
    judgeLines(PythonText.split(text), rules);
    judgeWords(words, rules);
    return rules.verdict();
  }

  private void judgeLengths(Words words, Rules rules) {
    int count = 0;
    long chars = 0;
    for (int w = 0; w < words.count(); w++) {
      if (!words.isSymbol(w)) {
        count++;
        chars += words.chars(w);
      }
    }
    rules.atLeast("words", count, minWords);
    rules.atMost("words", count, maxWords);
    double mean = Rules.share(chars, count);
    rules.atLeast("mean-word-length", mean, minMeanWordChars);
    rules.atMost("mean-word-length", mean, maxMeanWordChars);
  }

  private void judgeLines(List<String> lines, Rules rules) {
    int bullets = 0;
    int ellipses = 0;
    for (String line : lines) {
      int first = PythonText.leadingSpace(line);
      int end = PythonText.textEnd(line);
      if (line.startsWith("•", first) || line.startsWith("-", first)) {
        bullets++;
      }
      if (line.startsWith("...", end - "...".length()) || line.startsWith("…", end - 1)) {
        ellipses++;
      }
    }
    rules.atMost("bullet-lines", Rules.share(bullets, lines.size()), maxBulletLines);
    rules.atMost("ellipsis-lines", Rules.share(ellipses, lines.size()), maxEllipsisLines);
  }

  private void judgeWords(Words words, Rules rules) {
    Set<String> missing = new HashSet<>(stopWords);
    int longest = stopWords.stream().mapToInt(String::length).max().orElse(0);
    int different = missing.size();
    int alphabetic = 0;
    for (int w = 0; w < words.count(); w++) {
      if (words.isAlphabetic(w)) {
        alphabetic++;
      }
      if (!missing.isEmpty() && words.end(w) - words.start(w) <= longest) {
        missing.remove(words.word(w));
      }
    }
    rules.atLeast("alphabetic-words", Rules.share(alphabetic, words.count()), minAlphabeticWords);
    rules.atLeast("stop-words", different - missing.size(), minStopWords);
  }
}
