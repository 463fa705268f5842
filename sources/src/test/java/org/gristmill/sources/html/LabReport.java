package org.gristmill.sources.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.gristmill.core.Hash;

/** Means over pages with their 95 % intervals, by drawing sites with replacement. */
final class LabReport {
  private static final int DRAWS = 1000;

  private record Score(String site, double[] parts) {}

  private final Map<String, List<Score>> scores = new TreeMap<>();

  /** Adds what a page scored with a text; sets without a truth count their snippets. */
  void add(LabPage page, String found) {
    if (page.truth().isPresent()) {
      double word = LabScores.wordF1(page.truth().get(), found);
      add(page.set() + " words", page, word);
      if (!page.type().isEmpty()) {
        add(page.set() + " words, " + page.type(), page, word);
      }
      if (page.set().equals("scrapinghub")) {
        add(page.set() + " shingles", page, LabScores.shingles(page.truth().get(), found));
      }
    }
    if (!page.with().isEmpty() || !page.without().isEmpty()) {
      int[] there = LabScores.snippets(page, found);
      add(
          page.set() + " snippets",
          page,
          there[0],
          page.with().size(),
          there[1],
          page.without().size());
    }
  }

  private void add(String measure, LabPage page, double... parts) {
    scores.computeIfAbsent(measure, m -> new ArrayList<>()).add(new Score(page.site(), parts));
  }

  /** One line a measure: name, pages, mean, lower and upper bound. */
  String table() {
    StringBuilder out = new StringBuilder();
    scores.forEach(
        (measure, list) -> {
          Map<String, List<Score>> sites = new TreeMap<>();
          list.forEach(s -> sites.computeIfAbsent(s.site, k -> new ArrayList<>()).add(s));
          List<List<Score>> groups = List.copyOf(sites.values());
          double[] drawn = new double[DRAWS];
          for (int d = 0; d < DRAWS; d++) {
            List<Score> sample = new ArrayList<>();
            for (int i = 0; i < groups.size(); i++) {
              long draw = Hash.xx64(d, measure + i);
              sample.addAll(groups.get((int) Long.remainderUnsigned(draw, groups.size())));
            }
            drawn[d] = mean(sample);
          }
          java.util.Arrays.sort(drawn);
          out.append(
              String.format(
                  Locale.ROOT,
                  "| %-28s | %4d | %.3f | %.3f-%.3f |%n",
                  measure,
                  list.size(),
                  mean(list),
                  drawn[DRAWS / 40],
                  drawn[DRAWS - 1 - DRAWS / 40]));
        });
    return out.toString();
  }

  private static double mean(List<Score> list) {
    double[] sum = new double[list.get(0).parts.length];
    for (Score score : list) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += score.parts[i];
      }
    }
    int n = list.size();
    return switch (sum.length) {
      case 1 -> sum[0] / n;
      case 2 -> LabScores.f1(sum[0] / n, sum[1] / n);
      default -> LabScores.f1(sum[0] / Math.max(1, sum[0] + sum[2]), sum[0] / Math.max(1, sum[1]));
    };
  }
}
