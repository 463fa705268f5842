package org.gristmill.sources.html;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The measures of the collections. */
final class LabScores {
  private static final Pattern WORD = Pattern.compile("\\w+", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern BLANK = Pattern.compile("[\\s\\u00a0]+");

  private LabScores() {}

  /** Words as the word measure sees them: lower-cased runs of word characters. */
  static List<String> words(String text) {
    return WORD.matcher(text.toLowerCase(Locale.ROOT)).results().map(m -> m.group()).toList();
  }

  /** F1 of the words as multisets, the measure of WCXB. */
  static double wordF1(String wanted, String found) {
    double[] pr = overlap(counts(words(wanted), 1), counts(words(found), 1));
    return f1(pr[0], pr[1]);
  }

  /** Precision and recall of runs of four words, the measure of Scrapinghub. */
  static double[] shingles(String wanted, String found) {
    List<String> w = WORD.matcher(wanted).results().map(m -> m.group()).toList();
    List<String> f = WORD.matcher(found).results().map(m -> m.group()).toList();
    return overlap(counts(w, 4), counts(f, 4));
  }

  /**
   * Snippets found and not found, the measure of trafilatura: of those wanted how many are there,
   * of those not wanted how many are there.
   */
  static int[] snippets(LabPage page, String found) {
    String plain = BLANK.matcher(found).replaceAll(" ");
    int[] there = new int[2];
    for (String snippet : page.with()) {
      there[0] += plain.contains(BLANK.matcher(snippet).replaceAll(" ").strip()) ? 1 : 0;
    }
    for (String snippet : page.without()) {
      there[1] += plain.contains(BLANK.matcher(snippet).replaceAll(" ").strip()) ? 1 : 0;
    }
    return there;
  }

  static double f1(double precision, double recall) {
    return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
  }

  private static double[] overlap(Map<String, Integer> wanted, Map<String, Integer> found) {
    double both = 0;
    for (Map.Entry<String, Integer> entry : wanted.entrySet()) {
      both += Math.min(entry.getValue(), found.getOrDefault(entry.getKey(), 0));
    }
    double w = wanted.values().stream().mapToInt(i -> i).sum();
    double f = found.values().stream().mapToInt(i -> i).sum();
    return both == 0 ? new double[] {0, 0} : new double[] {both / f, both / w};
  }

  private static Map<String, Integer> counts(List<String> words, int n) {
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < Math.max(1, words.size() - n + 1); i++) {
      List<String> run = new ArrayList<>(words.subList(i, Math.min(i + n, words.size())));
      counts.merge(String.join(" ", run), 1, Integer::sum);
    }
    return counts;
  }
}
