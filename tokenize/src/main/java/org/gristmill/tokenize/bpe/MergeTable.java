package org.gristmill.tokenize.bpe;

import java.util.Arrays;

/** Which pairs of tokens merge into which token, and which of them first; immutable once built. */
final class MergeTable {
  /** What {@link #get} gives for a pair that does not merge: more than any merge. */
  static final long NONE = Long.MAX_VALUE;

  private static final long FREE = -1;
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private long[] slots; // a pair and its merge, side by side
  private int shift;
  private int size;
  private int ranks;

  MergeTable(int expected) {
    allocate(Math.max(16, Integer.highestOneBit(Math.max(1, expected)) * 2));
  }

  private void allocate(int capacity) {
    slots = new long[2 * capacity];
    Arrays.fill(slots, FREE);
    shift = Long.numberOfLeadingZeros(capacity) + 1;
  }

  /** Adds a merge; of two of the same pair the later one counts. */
  void put(int left, int right, int rank, int id) {
    if (size * 3L > slots.length) { // two thirds of the pairs that fit
      grow();
    }
    ranks = Math.max(ranks, rank + 1);
    size += put((long) left << 32 | right, (long) rank << 32 | id) ? 1 : 0;
  }

  private boolean put(long pair, long merge) {
    int slot = slot(pair);
    while (slots[slot] != FREE && slots[slot] != pair) {
      slot = slot + 2 & slots.length - 1;
    }
    boolean added = slots[slot] == FREE;
    slots[slot] = pair;
    slots[slot + 1] = merge;
    return added;
  }

  private void grow() {
    long[] old = slots;
    allocate(old.length);
    for (int i = 0; i < old.length; i += 2) {
      if (old[i] != FREE) {
        put(old[i], old[i + 1]);
      }
    }
  }

  /** The merge of a pair: its rank times 2^32 plus the id of the merged token, or {@link #NONE}. */
  long get(int left, int right) {
    long pair = (long) left << 32 | right;
    long[] table = slots;
    int slot = slot(pair);
    while (true) {
      long there = table[slot];
      if (there == pair) {
        return table[slot + 1];
      }
      if (there == FREE) {
        return NONE;
      }
      slot = slot + 2 & table.length - 1;
    }
  }

  /** One more than the largest rank. */
  int ranks() {
    return ranks;
  }

  private int slot(long pair) {
    long mixed = (pair ^ pair >>> 29) * MULTIPLIER;
    return (int) (mixed >>> shift) << 1;
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
