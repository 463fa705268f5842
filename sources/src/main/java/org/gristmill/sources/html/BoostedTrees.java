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

  /** The same in one number each: value, steps to the right child, feature. */
  private final long[] nodes;

  BoostedTrees(float base, int[] roots, int[] features, float[] values, int[] right) {
    this.base = base;
    this.roots = roots;
    this.features = features;
    this.values = values;
    this.right = right;
    nodes = new long[features.length];
    for (int i = 0; i < nodes.length; i++) {
      int step = features[i] == LEAF ? 0 : right[i] - i;
      nodes[i] = (long) Float.floatToRawIntBits(values[i]) << 32 | (long) step << 16 | features[i];
    }
  }

  /** The sum for a row of numbers: log odds. */
  double predict(float[] row) {
    double sum = base;
    long[] nodes = this.nodes;
    for (int root : roots) {
      int i = root;
      long node = nodes[i];
      for (int f = (int) (node & 0xFFFF); f != LEAF; f = (int) (node & 0xFFFF)) {
        float threshold = Float.intBitsToFloat((int) (node >> 32));
        i += row[f] <= threshold ? 1 : (int) (node >> 16 & 0xFFFF);
        node = nodes[i];
      }
      sum += Float.intBitsToFloat((int) (node >> 32));
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
