package org.gristmill.sources.html;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.gristmill.core.Hash;

/**
 * Learns {@link BoostedTrees} for a share between 0 and 1 by the logistic loss: trees grown leaf by
 * leaf over binned numbers, each on a part of the rows and columns that a hash draws.
 */
final class LabBoosting {
  private static final int BINS = 64;

  /**
   * How to learn.
   *
   * @param trees how many
   * @param leaves most of one tree
   * @param rate what a tree's word counts
   * @param lambda pulls leaves to zero, in units of the weight
   * @param leafWeight least second derivative in a leaf
   * @param rows share of the rows that a tree sees
   * @param columns share of the columns that a tree sees
   */
  record Settings(
      int trees,
      int leaves,
      double rate,
      double lambda,
      double leafWeight,
      double rows,
      double columns) {}

  private final Settings settings;
  private final float[][] data;
  private final double[] target;
  private final double[] weight;
  private final int columns;
  private final float[][] cuts;
  private final byte[][] bins;
  private final float[] gradient;
  private final float[] hessian;
  private final double[] score;
  private final List<Integer> features = new ArrayList<>();
  private final List<Float> values = new ArrayList<>();
  private final List<Integer> right = new ArrayList<>();

  private LabBoosting(float[][] data, double[] target, double[] weight, Settings settings) {
    this.settings = settings;
    this.data = data;
    this.target = target;
    this.weight = weight;
    columns = data[0].length;
    cuts = new float[columns][];
    bins = new byte[columns][data.length];
    gradient = new float[data.length];
    hessian = new float[data.length];
    score = new double[data.length];
    for (int c = 0; c < columns; c++) {
      bin(c);
    }
  }

  static BoostedTrees learn(float[][] data, double[] target, double[] weight, Settings settings) {
    return new LabBoosting(data, target, weight, settings).learn();
  }

  private void bin(int c) {
    int n = data.length;
    float[] sorted = new float[n];
    for (int i = 0; i < n; i++) {
      sorted[i] = data[i][c];
    }
    Arrays.sort(sorted);
    float[] edges = new float[BINS - 1];
    int k = 0;
    for (int i = 1; i < BINS; i++) {
      float low = sorted[(int) ((long) n * i / BINS)];
      int next = Arrays.binarySearch(sorted, low);
      next = next < 0 ? -next - 1 : next;
      while (next < n && sorted[next] <= low) {
        next++;
      }
      if (next < n && (k == 0 || edges[k - 1] < low)) {
        edges[k++] = low + (sorted[next] - low) / 2;
      }
    }
    cuts[c] = Arrays.copyOf(edges, k);
    for (int i = 0; i < n; i++) {
      int at = Arrays.binarySearch(cuts[c], data[i][c]);
      bins[c][i] = (byte) (at < 0 ? -at - 1 : at);
    }
  }

  private BoostedTrees learn() {
    double sum = 0;
    double of = 0;
    for (int i = 0; i < target.length; i++) {
      sum += target[i] * weight[i];
      of += weight[i];
    }
    double mean = Math.min(0.999, Math.max(0.001, sum / of));
    double base = Math.log(mean / (1 - mean));
    Arrays.fill(score, base);
    int[] roots = new int[settings.trees];
    for (int t = 0; t < settings.trees; t++) {
      roots[t] = features.size();
      tree(t);
    }
    int n = features.size();
    int[] f = new int[n];
    float[] v = new float[n];
    int[] r = new int[n];
    for (int i = 0; i < n; i++) {
      f[i] = features.get(i);
      v[i] = values.get(i);
      r[i] = right.get(i);
    }
    return new BoostedTrees((float) base, roots, f, v, r);
  }

  private static boolean drawn(long seed, int i, double share) {
    long x = (seed * 0x9E3779B97F4A7C15L + i) * 0xC2B2AE3D27D4EB4FL;
    x ^= x >>> 29;
    x *= 0x165667B19E3779F9L;
    return (x >>> 11) * 0x1.0p-53 < share;
  }

  private final class Leaf {
    int[] rows;
    double[][] histogram;
    double gradientSum;
    double hessianSum;
    double gain;
    int column;
    int bin;
    Leaf left;
    Leaf right;
  }

  private void tree(int t) {
    int n = data.length;
    long seed = Hash.xx64(t, "rows");
    int[] rows = new int[n];
    int k = 0;
    for (int i = 0; i < n; i++) {
      if (drawn(seed, i, settings.rows)) {
        double p = BoostedTrees.probability(score[i]);
        gradient[i] = (float) (weight[i] * (p - target[i]));
        hessian[i] = (float) (weight[i] * Math.max(1e-6, p * (1 - p)));
        rows[k++] = i;
      }
    }
    boolean[] used = new boolean[columns];
    for (int c = 0; c < columns; c++) {
      used[c] = cuts[c].length > 0 && drawn(seed + 1, c, settings.columns);
    }
    Leaf root = new Leaf();
    root.rows = Arrays.copyOf(rows, k);
    root.histogram = histogram(root.rows, used);
    best(root, used);
    List<Leaf> open = new ArrayList<>(List.of(root));
    for (int leaves = 1; leaves < settings.leaves; leaves++) {
      Leaf next = open.get(0);
      for (Leaf leaf : open) {
        next = leaf.gain > next.gain ? leaf : next;
      }
      if (next.gain <= 0) {
        break;
      }
      split(next, used);
      open.remove(next);
      open.add(next.left);
      open.add(next.right);
    }
    int start = features.size();
    write(root);
    update(start);
  }

  private double[][] histogram(int[] rows, boolean[] used) {
    float[] g = new float[rows.length];
    float[] h = new float[rows.length];
    for (int k = 0; k < rows.length; k++) {
      g[k] = gradient[rows[k]];
      h[k] = hessian[rows[k]];
    }
    double[][] all = new double[columns][];
    IntStream.range(0, columns)
        .parallel()
        .filter(c -> used[c])
        .forEach(c -> all[c] = histogram(rows, bins[c], g, h));
    return all;
  }

  private static double[] histogram(int[] rows, byte[] bin, float[] g, float[] h) {
    double[] sums = new double[2 * BINS];
    for (int k = 0; k < rows.length; k++) {
      int at = 2 * bin[rows[k]];
      sums[at] += g[k];
      sums[at + 1] += h[k];
    }
    return sums;
  }

  private void best(Leaf leaf, boolean[] used) {
    leaf.gradientSum = 0;
    leaf.hessianSum = 0;
    for (int i : leaf.rows) {
      leaf.gradientSum += gradient[i];
      leaf.hessianSum += hessian[i];
    }
    double whole = quality(leaf.gradientSum, leaf.hessianSum);
    leaf.gain = 0;
    for (int c = 0; c < columns; c++) {
      if (!used[c]) {
        continue;
      }
      double g = 0;
      double h = 0;
      for (int bin = 0; bin < cuts[c].length; bin++) {
        g += leaf.histogram[c][2 * bin];
        h += leaf.histogram[c][2 * bin + 1];
        double rest = leaf.hessianSum - h;
        if (h >= settings.leafWeight && rest >= settings.leafWeight) {
          double gain = quality(g, h) + quality(leaf.gradientSum - g, rest) - whole;
          if (gain > leaf.gain + 1e-9) {
            leaf.gain = gain;
            leaf.column = c;
            leaf.bin = bin;
          }
        }
      }
    }
  }

  private double quality(double g, double h) {
    return g * g / (h + settings.lambda);
  }

  private void split(Leaf leaf, boolean[] used) {
    int[] left = new int[leaf.rows.length];
    int[] right = new int[leaf.rows.length];
    int l = 0;
    int r = 0;
    for (int i : leaf.rows) {
      if (bins[leaf.column][i] <= leaf.bin) {
        left[l++] = i;
      } else {
        right[r++] = i;
      }
    }
    leaf.left = new Leaf();
    leaf.right = new Leaf();
    leaf.left.rows = Arrays.copyOf(left, l);
    leaf.right.rows = Arrays.copyOf(right, r);
    Leaf small = l < r ? leaf.left : leaf.right;
    Leaf large = l < r ? leaf.right : leaf.left;
    small.histogram = histogram(small.rows, used);
    large.histogram = leaf.histogram;
    for (int c = 0; c < columns; c++) {
      for (int i = 0; used[c] && i < 2 * BINS; i++) {
        large.histogram[c][i] -= small.histogram[c][i];
      }
    }
    leaf.histogram = null;
    best(leaf.left, used);
    best(leaf.right, used);
  }

  private void write(Leaf leaf) {
    int at = features.size();
    boolean end = leaf.left == null;
    features.add(end ? BoostedTrees.leaf() : leaf.column);
    double step = -settings.rate * leaf.gradientSum / (leaf.hessianSum + settings.lambda);
    values.add(end ? (float) step : cuts[leaf.column][leaf.bin]);
    right.add(0);
    if (!end) {
      write(leaf.left);
      right.set(at, features.size());
      write(leaf.right);
    }
  }

  private void update(int start) {
    int end = features.size() - start;
    int[] f = new int[end];
    float[] v = new float[end];
    int[] r = new int[end];
    for (int i = 0; i < end; i++) {
      f[i] = features.get(start + i);
      v[i] = values.get(start + i);
      r[i] = right.get(start + i) - start;
    }
    for (int row = 0; row < data.length; row++) {
      int i = 0;
      while (f[i] != BoostedTrees.leaf()) {
        i = data[row][f[i]] <= v[i] ? i + 1 : r[i];
      }
      score[row] += v[i];
    }
  }
}
