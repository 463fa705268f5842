package org.gristmill.tokenize.bpe;

import java.util.Arrays;

/** Which pairs of tokens merge into which token, and which of them first; immutable once built. */
final class MergeTable {
  /** What {@link #get} gives for a pair that does not merge: more than any rank. */
  static final int NONE = (1 << 20) - 1;

  private static final int BITS = 20;
  private static final long FREE = -1;
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private long[] slots; // left, right and rank, 20 bits each
  private int shift;
  private int size;
  private int[] tokens = new int[1 << 10]; // of each rank
  private int ranks;

  MergeTable(int expected) {
    allocate(Math.max(16, Integer.highestOneBit(Math.max(1, expected)) * 2));
  }

  private void allocate(int capacity) {
    slots = new long[capacity];
    Arrays.fill(slots, FREE);
    shift = Long.numberOfLeadingZeros(capacity) + 1;
  }

  /** Adds a merge; of two of the same pair the later one counts. */
  void put(int left, int right, int rank, int token) {
    if (rank >= NONE) {
      throw new IllegalArgumentException("there are " + NONE + " ranks of merges at most");
    }
    if (size * 3L > slots.length * 2L) {
      long[] old = slots;
      allocate(2 * old.length);
      for (long slot : old) {
        if (slot != FREE) {
          put(slot);
        }
      }
    }
    if (rank >= tokens.length) {
      tokens = Arrays.copyOf(tokens, Math.max(rank + 1, 2 * tokens.length));
    }
    tokens[rank] = token;
    ranks = Math.max(ranks, rank + 1);
    size += put(pair(left, right) << BITS | rank) ? 1 : 0;
  }

  private boolean put(long merge) {
    long pair = merge >>> BITS;
    int at = slot(pair);
    while (slots[at] != FREE && slots[at] >>> BITS != pair) {
      at = at + 1 & slots.length - 1;
    }
    boolean added = slots[at] == FREE;
    slots[at] = merge;
    return added;
  }

  /** The rank of the merge of a pair, or {@link #NONE}. */
  int get(int left, int right) {
    long pair = pair(left, right);
    long[] table = slots;
    int at = slot(pair);
    while (true) {
      long there = table[at];
      if (there >>> BITS == pair) {
        return (int) there & NONE;
      }
      if (there == FREE) {
        return NONE;
      }
      at = at + 1 & table.length - 1;
    }
  }

  /** The token that the merge of a rank makes. */
  int token(int rank) {
    return tokens[rank];
  }

  /** One more than the largest rank. */
  int ranks() {
    return ranks;
  }

  private static long pair(int left, int right) {
    return (long) left << BITS | right;
  }

  private int slot(long pair) {
    return (int) ((pair ^ pair >>> 17) * MULTIPLIER >>> shift);
  }

  /**
   * The merges of a rank table, in which a pair merges if its bytes are those of a token, the one
   * of the smallest id first.
   */
  static MergeTable ofRanks(Vocabulary vocabulary) {
    MergeTable merges = new MergeTable(vocabulary.size() * 4);
    byte[] bytes = vocabulary.bytes();
    for (int id = 0; id < vocabulary.bound(); id++) {
      int start = vocabulary.start(id);
      int end = start + vocabulary.length(id);
      for (int middle = start + 1; middle < end; middle++) {
        int left = vocabulary.find(bytes, start, middle);
        int right = left < 0 ? -1 : vocabulary.find(bytes, middle, end);
        if (right >= 0) {
          merges.put(left, right, id, id);
        }
      }
    }
    return merges;
  }
}
