package org.gristmill.jobs.steps;

import org.apache.spark.unsafe.hash.Murmur3_x86_32;

/** Keys that Spark's hash partitioning sends to one partition each. */
final class PartitionKeys {
  /** The seed of Spark's own partitioning. */
  private static final int SEED = 42;

  private PartitionKeys() {}

  /** For every partition out of some a number that {@code repartition} puts there, and alone. */
  static int[] of(int partitions) {
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
