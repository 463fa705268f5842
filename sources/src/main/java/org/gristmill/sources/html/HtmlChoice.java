package org.gristmill.sources.html;

import java.util.Arrays;

/**
 * Which blocks to keep, given how likely each is content: those, by falling probability, that make
 * the expected F1 of the kept words largest. Where the model is sure it keeps about what is
 * likelier than not, where it is unsure it keeps more: see Lipton, Elkan and Narayanaswamy,
 * "Optimal Thresholding of Classifiers to Maximize F1 Measure" (ECML 2014).
 *
 * @param threshold blocks at least this likely are kept
 * @param expected the expected F1 of that, 0 to 1
 */
record HtmlChoice(double threshold, double expected) {

  /**
   * @param p of each block, the probability that it is content
   * @param size of each block, how much it counts
   */
  static HtmlChoice of(double[] p, double[] size) {
    double wanted = 0;
    Integer[] order = new Integer[p.length];
    for (int b = 0; b < p.length; b++) {
      wanted += p[b] * size[b];
      order[b] = b;
    }
    Arrays.sort(order, (a, b) -> p[a] != p[b] ? Double.compare(p[b], p[a]) : a - b);
    double kept = 0;
    double right = 0;
    double best = 0;
    double threshold = 1;
    for (int b : order) {
      kept += size[b];
      right += p[b] * size[b];
      double f1 = wanted <= 0 ? 0 : 2 * right / (wanted + kept);
      if (f1 > best) {
        best = f1;
        threshold = p[b];
      }
    }
    return new HtmlChoice(threshold, best);
  }
}
