package org.gristmill.tokenize.bpe;

import java.util.Arrays;

/**
 * A merge table with its recent answers before it, which fit into a processor's cache as the table
 * does not; for one thread.
 */
final class RecentMerges {
  private static final int BITS = 15;
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private final MergeTable merges;
  private final long[] answers = new long[1 << BITS]; // left, right and rank, 20 bits each

  RecentMerges(MergeTable merges) {
    this.merges = merges;
    Arrays.fill(answers, -1);
  }

  /** What {@link MergeTable#get} says. */
  int get(int left, int right) {
    long pair = (long) left << 20 | right;
    int slot = (int) ((pair ^ pair >>> 17) * MULTIPLIER >>> Long.SIZE - BITS);
    long answer = answers[slot];
    if (answer >>> 20 == pair) {
      return (int) answer & MergeTable.NONE;
    }
    int rank = merges.get(left, right);
    answers[slot] = pair << 20 | rank;
    return rank;
  }

  /** The token that the merge of a rank makes. */
  int token(int rank) {
    return merges.token(rank);
  }

  /** One more than the largest rank. */
  int ranks() {
    return merges.ranks();
  }
}
