package org.gristmill.sources.html;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * A sum of decision trees, as {@link #predict} of it: Friedman, "Greedy Function Approximation: A
 * Gradient Boosting Machine" (2001). All nodes of all trees stand in three arrays; a node goes to
 * its left child, which stands behind it, where the number is not above its threshold.
 */
final class BoostedTrees {
  private static final int LEAF = 0xFFFF;

  private final float base;
  private final int[] roots;
  private final int[] features;
  private final float[] values;
  private final int[] right;

  BoostedTrees(float base, int[] roots, int[] features, float[] values, int[] right) {
    this.base = base;
    this.roots = roots;
    this.features = features;
    this.values = values;
    this.right = right;
  }

  /** The sum for a row of numbers: log odds. */
  double predict(float[] row) {
    double sum = base;
    for (int root : roots) {
      int i = root;
      for (int f = features[i]; f != LEAF; f = features[i]) {
        i = row[f] <= values[i] ? i + 1 : right[i];
      }
      sum += values[i];
    }
    return sum;
  }

  static double probability(double logOdds) {
    return 1 / (1 + StrictMath.exp(-logOdds));
  }

  /** Feature of a leaf; its value is what it adds. */
  static int leaf() {
    return LEAF;
  }

  void write(DataOutputStream out) throws IOException {
    out.writeFloat(base);
    out.writeShort(roots.length);
    out.writeInt(features.length);
    for (int root : roots) {
      out.writeInt(root);
    }
    for (int i = 0; i < features.length; i++) {
      out.writeShort(features[i]);
      out.writeFloat(values[i]);
      if (features[i] != LEAF) {
        out.writeShort(right[i] - i);
      }
    }
  }

  static BoostedTrees read(DataInputStream in) throws IOException {
    float base = in.readFloat();
    int[] roots = new int[in.readUnsignedShort()];
    int n = in.readInt();
    int[] features = new int[n];
    float[] values = new float[n];
    int[] right = new int[n];
    for (int i = 0; i < roots.length; i++) {
      roots[i] = in.readInt();
    }
    for (int i = 0; i < n; i++) {
      features[i] = in.readUnsignedShort();
      values[i] = in.readFloat();
      right[i] = features[i] == LEAF ? 0 : i + in.readUnsignedShort();
    }
    return new BoostedTrees(base, roots, features, values, right);
  }
}
