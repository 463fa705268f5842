package org.gristmill.sources.html;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which share of each block's words stands in the text that people wrote down: in order, by the
 * longest common subsequence that likes runs, or anywhere, by runs of four words or a whole line.
 */
final class LabLabels {
  /** Most cells of the table for the subsequence, a byte each. */
  private static final long MAX_CELLS = 400_000_000;

  private LabLabels() {}

  static double[] of(List<List<String>> blocks, String truth) {
    Map<String, Integer> numbers = new HashMap<>();
    List<Integer> page = new ArrayList<>();
    List<Integer> owner = new ArrayList<>();
    for (int b = 0; b < blocks.size(); b++) {
      for (String word : blocks.get(b)) {
        page.add(numbers.computeIfAbsent(word, w -> numbers.size()));
        owner.add(b);
      }
    }
    Set<String> lines = new HashSet<>();
    for (String line : truth.split("\n")) {
      lines.add(String.join(" ", LabScores.words(line)));
    }
    int[] a = page.stream().mapToInt(i -> i).toArray();
    int[] t = LabScores.words(truth).stream().mapToInt(w -> numbers.getOrDefault(w, -1)).toArray();
    boolean[] aligned = align(a, t);
    boolean[] run = runs(a, t);
    double[] share = new double[blocks.size()];
    double[] byRun = new double[blocks.size()];
    for (int i = 0; i < a.length; i++) {
      share[owner.get(i)] += aligned[i] ? 1 : 0;
      byRun[owner.get(i)] += run[i] ? 1 : 0;
    }
    for (int b = 0; b < share.length; b++) {
      int n = blocks.get(b).size();
      if (n == 0) {
        continue;
      }
      share[b] /= n;
      // A few of the words in order is what chance gives.
      share[b] = share[b] < 0.3 && n > 3 ? 0 : share[b];
      if (n >= 6) {
        share[b] = Math.max(share[b], byRun[b] / n);
      } else if (n >= 2 && lines.contains(String.join(" ", blocks.get(b)))) {
        share[b] = Math.max(share[b], 0.8);
      }
    }
    return share;
  }

  private static boolean[] runs(int[] a, int[] t) {
    Set<List<Integer>> known = new HashSet<>();
    for (int j = 0; j + 4 <= t.length; j++) {
      known.add(List.of(t[j], t[j + 1], t[j + 2], t[j + 3]));
    }
    boolean[] in = new boolean[a.length];
    for (int i = 0; i + 4 <= a.length; i++) {
      if (known.contains(List.of(a[i], a[i + 1], a[i + 2], a[i + 3]))) {
        in[i] = true;
        in[i + 1] = true;
        in[i + 2] = true;
        in[i + 3] = true;
      }
    }
    return in;
  }

  /** A match counts 1, and 1 more behind a match; ties prefer the later place in the page. */
  private static boolean[] align(int[] a, int[] t) {
    boolean[] in = new boolean[a.length];
    int m = t.length;
    if ((long) a.length * m > MAX_CELLS || m == 0) {
      return in;
    }
    byte[][] from = new byte[a.length + 1][m + 1];
    int[] best = new int[m + 1];
    int[] match = new int[m + 1];
    java.util.Arrays.fill(match, Integer.MIN_VALUE / 2);
    for (int i = 1; i <= a.length; i++) {
      int diagonalBest = 0;
      int diagonalMatch = Integer.MIN_VALUE / 2;
      for (int j = 1; j <= m; j++) {
        int upBest = best[j];
        int upMatch = match[j];
        int byMatch = Integer.MIN_VALUE / 2;
        int way = 0;
        if (a[i - 1] == t[j - 1]) {
          boolean on = diagonalMatch + 2 >= diagonalBest + 1;
          byMatch = on ? diagonalMatch + 2 : diagonalBest + 1;
          way = on ? 4 : 0;
        }
        int skip = Math.max(upBest, best[j - 1]);
        way |= byMatch > skip ? 3 : upBest >= best[j - 1] ? 1 : 2;
        from[i][j] = (byte) way;
        best[j] = Math.max(skip, byMatch);
        match[j] = byMatch;
        diagonalBest = upBest;
        diagonalMatch = upMatch;
      }
    }
    int i = a.length;
    int j = m;
    boolean forced = false;
    while (i > 0 && j > 0) {
      int way = from[i][j];
      if (forced || (way & 3) == 3) {
        in[i - 1] = true;
        forced = (way & 4) != 0;
        i--;
        j--;
      } else if ((way & 3) == 1) {
        i--;
      } else {
        j--;
      }
    }
    return in;
  }
}
