package org.gristmill.sources.html;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * The learned part of the extractor: what a page is, a first look at each of its blocks, and a
 * second that knows what the first said all around. {@code docs/extraction.md} says what it was
 * trained on, and how.
 */
final class HtmlModel {
  private static final String FILE = "main-content.model";

  private final BoostedTrees[] types;
  private final BoostedTrees first;
  private final BoostedTrees second;

  HtmlModel(BoostedTrees[] types, BoostedTrees first, BoostedTrees second) {
    this.types = types;
    this.first = first;
    this.second = second;
  }

  /** The model that comes with the extractor. */
  static HtmlModel get() {
    return Shipped.MODEL;
  }

  private static final class Shipped {
    static final HtmlModel MODEL = load();

    private static HtmlModel load() {
      try (InputStream in = HtmlModel.class.getResourceAsStream(FILE)) {
        return read(new DataInputStream(new BufferedInputStream(in)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The probability of each {@link HtmlPageType}. */
  double[] types(float[] page) {
    double[] p = new double[types.length];
    double sum = 0;
    for (int t = 0; t < p.length; t++) {
      p[t] = BoostedTrees.probability(types[t].predict(page));
      sum += p[t];
    }
    for (int t = 0; t < p.length; t++) {
      p[t] /= sum;
    }
    return p;
  }

  /** The same with another second look. */
  HtmlModel with(BoostedTrees other) {
    return new HtmlModel(types, first, other);
  }

  /**
   * The probability of each block that it is content.
   *
   * @param own the numbers of each block, as {@link HtmlFeatures} gives them
   */
  double[] content(HtmlMeasures measures, float[][] own, double[] types) {
    float[][] rows = rows(measures, own, types);
    double[] p = new double[rows.length];
    for (int b = 0; b < p.length; b++) {
      p[b] = BoostedTrees.probability(second.predict(rows[b]));
    }
    return p;
  }

  /** The numbers for the second look: a block's own, what the first says around, the types. */
  float[][] rows(HtmlMeasures measures, float[][] own, double[] types) {
    double[] p = new double[own.length];
    for (int b = 0; b < p.length; b++) {
      p[b] = BoostedTrees.probability(first.predict(own[b]));
    }
    HtmlContext context = new HtmlContext(measures, p);
    float[][] rows = new float[own.length][];
    for (int b = 0; b < p.length; b++) {
      int n = own[b].length;
      rows[b] = Arrays.copyOf(own[b], n + HtmlContext.SIZE + types.length);
      context.fill(b, rows[b], n);
      for (int t = 0; t < types.length; t++) {
        rows[b][n + HtmlContext.SIZE + t] = (float) types[t];
      }
    }
    return rows;
  }

  void write(DataOutputStream out) throws IOException {
    for (BoostedTrees type : types) {
      type.write(out);
    }
    first.write(out);
    second.write(out);
  }

  static HtmlModel read(DataInputStream in) throws IOException {
    BoostedTrees[] types = new BoostedTrees[HtmlPageType.values().length];
    for (int t = 0; t < types.length; t++) {
      types[t] = BoostedTrees.read(in);
    }
    return new HtmlModel(types, BoostedTrees.read(in), BoostedTrees.read(in));
  }
}
