package org.gristmill.tokenize.bpe;

import java.util.Arrays;

/**
 * Merges long pieces in time proportional to their length, whatever they hold.
 *
 * <p>The pairs wait in a list for each rank. The lists are worked off in the order of their ranks,
 * each from left to right. A merge that makes a pair of a smaller rank hands over to that rank's
 * list, and the rest of its own list goes on later. Nothing joins a list that has been begun: what
 * a merge makes is longer than what it merged. So each list is sorted once at most, and hardly ever
 * is there need to.
 */
final class LongMerger {
  /** Scratch space for pieces up to so many bytes is kept. */
  private static final int KEPT = 1 << 16;

  private final RecentMerges merges;
  private final int[] byteIds;
  private int[] ids = new int[0]; // of the token that starts at a byte
  private int[] next; // the start of the token behind it
  private int[] previous;
  private int[] ranks; // of the merge of it and the one behind it
  private int[] cells; // what waits: a position and the next cell of its list, side by side
  private int used; // cells; the first is none
  private int[] heads; // of the list of a rank, 0 for none
  private int[] tails;
  private long[] unsorted;
  private Waiting waiting;

  LongMerger(RecentMerges merges, int[] byteIds) {
    this.merges = merges;
    this.byteIds = byteIds;
  }

  void merge(byte[] text, int from, int to, TokenBuffer out) {
    int n = to - from;
    allocate(n);
    for (int i = 0; i < n; i++) {
      ids[i] = byteIds[text[from + i] & 0xFF];
      next[i] = i + 1;
      previous[i] = i - 1;
    }
    ranks[n - 1] = MergeTable.NONE;
    for (int i = 0; i < n - 1; i++) {
      pair(i, i + 1);
    }
    for (int rank = waiting.first(); rank >= 0; rank = waiting.first()) {
      workOff(rank, n);
    }
    for (int i = 0; i < n; i = next[i]) {
      out.ids[out.size++] = ids[i];
    }
    if (n > KEPT) {
      ids = new int[0];
    }
  }

  private void allocate(int n) {
    if (heads == null) {
      heads = new int[merges.ranks()];
      tails = new int[merges.ranks()];
      unsorted = new long[(merges.ranks() >> 6) + 1];
      waiting = new Waiting(merges.ranks());
    }
    if (ids.length < n) {
      ids = new int[n];
      next = new int[n];
      previous = new int[n];
      ranks = new int[n];
      cells = new int[4 * n];
    }
    used = 1;
  }

  /** Looks up the merge of two neighbours and queues it; its rank, or a larger number. */
  private int pair(int left, int right) {
    int rank = merges.get(ids[left], ids[right]);
    ranks[left] = rank;
    if (rank != MergeTable.NONE) {
      queue(rank, left);
    }
    return rank;
  }

  private void queue(int rank, int position) {
    if (2 * used == cells.length) {
      cells = Arrays.copyOf(cells, 2 * cells.length);
    }
    cells[2 * used] = position;
    cells[2 * used + 1] = 0;
    if (heads[rank] == 0) {
      heads[rank] = used;
      waiting.add(rank);
    } else {
      int tail = tails[rank];
      cells[2 * tail + 1] = used;
      if (position < cells[2 * tail]) {
        unsorted[rank >> 6] |= 1L << rank;
      }
    }
    tails[rank] = used++;
  }

  /** Merges the pairs of a rank from the left until a smaller rank waits. */
  private void workOff(int rank, int n) {
    if ((unsorted[rank >> 6] & 1L << rank) != 0) {
      unsorted[rank >> 6] &= ~(1L << rank);
      sort(heads[rank]);
    }
    int cell = heads[rank];
    boolean smaller = false;
    while (cell != 0 && !smaller) {
      int at = cells[2 * cell];
      cell = cells[2 * cell + 1];
      if (ranks[at] == rank) { // not merged otherwise in the meantime
        smaller = mergeAt(at, n) < rank;
      }
    }
    heads[rank] = cell;
    if (cell == 0) {
      waiting.remove(rank);
    }
  }

  /** Merges a token with the one behind it; the smallest rank that a new pair has. */
  private int mergeAt(int at, int n) {
    int right = next[at];
    int behind = next[right];
    ids[at] = merges.token(ranks[at]);
    next[at] = behind;
    ranks[at] = MergeTable.NONE;
    ranks[right] = MergeTable.NONE;
    int smallest = Integer.MAX_VALUE;
    if (behind < n) {
      previous[behind] = at;
      smallest = pair(at, behind);
    }
    if (at > 0) {
      smallest = Math.min(smallest, pair(previous[at], at));
    }
    return smallest;
  }

  private void sort(int head) {
    int count = 0;
    for (int cell = head; cell != 0; cell = cells[2 * cell + 1]) {
      count++;
    }
    int[] positions = new int[count];
    int i = 0;
    for (int cell = head; cell != 0; cell = cells[2 * cell + 1]) {
      positions[i++] = cells[2 * cell];
    }
    Arrays.sort(positions);
    i = 0;
    for (int cell = head; cell != 0; cell = cells[2 * cell + 1]) {
      cells[2 * cell] = positions[i++];
    }
  }

  /** A set of ranks that knows its smallest: bits, and above each 64 of them another one. */
  private static final class Waiting {
    private final long[][] levels;

    Waiting(int bound) {
      int depth = 1;
      for (long size = 64; size < bound; size *= 64) {
        depth++;
      }
      levels = new long[depth][];
      int size = bound;
      for (int i = 0; i < depth; i++) {
        size = (size >> 6) + 1;
        levels[i] = new long[size];
      }
    }

    void add(int rank) {
      int at = rank;
      for (long[] level : levels) {
        level[at >> 6] |= 1L << at;
        at >>= 6;
      }
    }

    void remove(int rank) {
      int at = rank;
      for (long[] level : levels) {
        level[at >> 6] &= ~(1L << at);
        if (level[at >> 6] != 0) {
          return;
        }
        at >>= 6;
      }
    }

    /** The smallest, or -1 if there is none. */
    int first() {
      if (levels[levels.length - 1][0] == 0) {
        return -1;
      }
      int at = 0;
      for (int i = levels.length - 1; i >= 0; i--) {
        at = at << 6 | Long.numberOfTrailingZeros(levels[i][at]);
      }
      return at;
    }
  }
}
