package org.gristmill.filters.fasttext;

import java.util.Arrays;

/** How probable labels are, from the mean of a text's rows. */
abstract class Loss {
  /** What fastText adds to every probability before it takes the logarithm. */
  static final float FLOOR = 1e-5f;

  private final int labels;

  /** The matrix of labels, column by column, so that all its products are made side by side. */
  private final float[] columns;

  private Loss(Matrix output) {
    labels = output.rows();
    columns = new float[labels * output.columns()];
    for (int label = 0; label < labels; label++) {
      float[] row = new float[output.columns()];
      output.addRow(label, row);
      for (int column = 0; column < row.length; column++) {
        columns[column * labels + label] = row[column];
      }
    }
  }

  /** Probabilities of all labels, as fastText gives them: about {@link #FLOOR} too large. */
  abstract float[] probabilities(float[] hidden);

  /** Whether a small change of the vector changes probabilities little. */
  boolean isContinuous() {
    return true;
  }

  /** Products of a vector and the row of each label. */
  final float[] products(float[] hidden) {
    float[] products = new float[labels];
    for (int column = 0; column < hidden.length; column++) {
      float factor = hidden[column];
      int at = column * labels;
      for (int label = 0; label < products.length; label++) {
        products[label] += factor * columns[at + label];
      }
    }
    return products;
  }

  /** One label of all. */
  static final class Softmax extends Loss {
    Softmax(Matrix output) {
      super(output);
    }

    @Override
    float[] probabilities(float[] hidden) {
      float[] scores = products(hidden);
      float max = Float.NEGATIVE_INFINITY;
      for (float score : scores) {
        max = Math.max(max, score);
      }
      float sum = 0;
      for (int label = 0; label < scores.length; label++) {
        scores[label] = (float) Exp.of(scores[label] - max);
        sum += scores[label];
      }
      for (int label = 0; label < scores.length; label++) {
        scores[label] = scores[label] / sum + FLOOR;
      }
      return scores;
    }
  }

  /** Each label for itself; by a table of the logistic function, as fastText has it. */
  static final class OneVsAll extends Loss {
    private static final int CELLS = 512;
    private static final int MOST = 8;
    private static final float[] LOGISTIC = table();

    OneVsAll(Matrix output) {
      super(output);
    }

    private static float[] table() {
      float[] table = new float[CELLS + 1];
      for (int i = 0; i <= CELLS; i++) {
        float x = (float) (i * 2 * MOST) / CELLS - MOST;
        table[i] = (float) (1 / (1 + StrictMath.exp(-x)));
      }
      return table;
    }

    private static float logistic(float x) {
      if (x < -MOST) {
        return 0;
      }
      return x > MOST ? 1 : LOGISTIC[(int) ((x + MOST) * CELLS / MOST / 2)];
    }

    @Override
    boolean isContinuous() {
      return false; // a cell of the table is as wide as .008 in probability
    }

    @Override
    float[] probabilities(float[] hidden) {
      float[] scores = products(hidden);
      for (int label = 0; label < scores.length; label++) {
        scores[label] = logistic(scores[label]) + FLOOR;
      }
      return scores;
    }
  }

  /** Labels are leaves of a Huffman tree, made of how often each was seen in training. */
  static final class Hierarchical extends Loss {
    private static final long UNMADE = 1_000_000_000_000_000L;

    private final int leaves;
    private final int[] parent;
    private final boolean[] right;

    Hierarchical(Matrix output, long[] counts) {
      super(output);
      leaves = counts.length;
      parent = new int[2 * leaves - 1];
      right = new boolean[2 * leaves - 1];
      build(counts);
    }

    /** Counts fall, so that the smallest is the last leaf left or the first inner node left. */
    private void build(long[] counts) {
      long[] weights = Arrays.copyOf(counts, parent.length);
      Arrays.fill(weights, leaves, weights.length, UNMADE);
      int leaf = leaves - 1;
      int inner = leaves;
      for (int node = leaves; node < parent.length; node++) {
        long weight = 0;
        for (int side = 0; side < 2; side++) {
          int child = leaf >= 0 && weights[leaf] < weights[inner] ? leaf-- : inner++;
          parent[child] = node;
          right[child] = side == 1;
          weight += weights[child];
        }
        weights[node] = weight;
      }
    }

    @Override
    float[] probabilities(float[] hidden) {
      float[] products = products(hidden);
      double[] reached = new double[parent.length];
      float[] turns = new float[leaves - 1];
      for (int inner = 0; inner < turns.length; inner++) {
        turns[inner] = (float) (1 / (1 + Exp.of(-products[inner])));
      }
      reached[parent.length - 1] = 1;
      for (int node = parent.length - 2; node >= 0; node--) { // a parent stands behind its children
        float turn = turns[parent[node] - leaves];
        reached[node] = reached[parent[node]] * ((right[node] ? turn : 1 - turn) + FLOOR);
      }
      float[] probabilities = new float[leaves];
      for (int label = 0; label < leaves; label++) {
        probabilities[label] = (float) reached[label];
      }
      return probabilities;
    }
  }
}
