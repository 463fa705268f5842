package org.gristmill.jobs.steps;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.hash.Murmur3_x86_32;

/** Keys that Spark's hash partitioning sends to one partition each. */
final class PartitionKeys {
  /** The seed of Spark's own partitioning. */
  private static final int SEED = 42;

  private PartitionKeys() {}

  /**
   * Gives every task's rows a partition of their own.
   *
   * @param task column of task numbers, from 0 to below {@code tasks}
   */
  static Dataset<Row> apart(Dataset<Row> rows, int tasks, String task) {
    int[] keys = of(tasks);
    UDF1<Integer, Integer> key = t -> keys[t];
    return rows.repartition(tasks, udf(key, DataTypes.IntegerType).apply(col(task)));
  }

  /** Throws unless the rows of a partition are of one task, as {@link #apart} has it. */
  static void check(int expected, int task) {
    if (task != expected) {
      throw new IllegalStateException(
          "rows of tasks " + expected + " and " + task + " are in one partition");
    }
  }

  /** For every partition out of some a number that {@code repartition} puts there, and alone. */
  private static int[] of(int partitions) {
    int[] keys = new int[partitions];
    boolean[] found = new boolean[partitions];
    int left = partitions;
    for (int key = 0; left > 0; key++) {
      int partition = Math.floorMod(Murmur3_x86_32.hashInt(key, SEED), partitions);
      if (!found[partition]) {
        found[partition] = true;
        keys[partition] = key;
        left--;
      }
    }
    return keys;
  }
}
