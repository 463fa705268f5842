package org.gristmill.tokenize.bpe;

import java.util.Arrays;

/**
 * A merge table with its recent answers before it, which fit into a processor's cache as the table
 * does not; for one thread.
 */
final class RecentMerges {
  private static final int BITS = 14;
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private final MergeTable merges;
  private final long[] answers = new long[2 << BITS]; // a pair and its merge, side by side

  RecentMerges(MergeTable merges) {
    this.merges = merges;
    Arrays.fill(answers, -1);
  }

  /** What {@link MergeTable#get} says. */
  long get(int left, int right) {
    long pair = (long) left << 32 | right;
    int slot = (int) ((pair ^ pair >>> 29) * MULTIPLIER >>> Long.SIZE - BITS) << 1;
    if (answers[slot] == pair) {
      return answers[slot + 1];
    }
    long merge = merges.get(left, right);
    answers[slot] = pair;
    answers[slot + 1] = merge;
    return merge;
  }

  /** One more than the largest rank. */
  int ranks() {
    return merges.ranks();
  }
}
