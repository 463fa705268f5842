package org.gristmill.tokenize;

/**
 * Best-fit-decreasing bin packing in time O(n + capacity), but for the search for bins.
 *
 * <p>Pieces come longest first (a counting sort; equal lengths in their given order), and each goes
 * into the fullest bin that still has room for it. Bins with the same room form a stack, so among
 * them the one filled last is taken. Which rooms have a bin is kept in a tree of bitmaps, each 64
 * times smaller than the one below, which finds the smallest sufficient room in two walks over its
 * few levels. A bin that takes a piece is then the fullest with room for the next of that length,
 * so it takes as many of them at once as fit. Best-fit-decreasing needs at most 11/9 of the least
 * possible number of bins, plus one.
 *
 * @see <a href="https://arxiv.org/abs/2404.10830">Ding et al. 2024, Fewer Truncations Improve
 *     Language Modeling</a>
 */
public final class BestFit {
  private static final int NONE = -1;

  private BestFit() {}

  /**
   * Packs pieces into bins.
   *
   * @param lengths of the pieces, each from 1 to {@code capacity}
   * @param capacity of every bin, at least 1
   * @return for each bin, in order of opening, the indices of its pieces, longest first
   * @throws IllegalArgumentException if a length is out of bounds
   */
  public static int[][] pack(int[] lengths, int capacity) {
    int[] starts = starts(lengths, capacity);
    int[] bins = bins(starts, lengths.length, capacity);
    int[] order = new int[lengths.length];
    for (int i = 0; i < lengths.length; i++) {
      order[starts[lengths[i]]++] = i;
    }
    return contents(order, bins);
  }

  /**
   * The same plan, as the bin of each piece.
   *
   * @param lengths of the pieces, each from 1 to {@code capacity}
   * @param capacity of every bin, at least 1
   * @return for each piece its bin, numbered from 0 in order of opening
   * @throws IllegalArgumentException if a length is out of bounds
   */
  public static int[] plan(int[] lengths, int capacity) {
    int[] starts = starts(lengths, capacity);
    int[] bins = bins(starts, lengths.length, capacity);
    int[] binOf = new int[lengths.length];
    for (int i = 0; i < lengths.length; i++) {
      binOf[i] = bins[starts[lengths[i]]++];
    }
    return binOf;
  }

  /** The place of the first piece of each length among all, longest first. */
  private static int[] starts(int[] lengths, int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity must be at least 1, is " + capacity);
    }
    int[] counts = new int[capacity + 1];
    for (int length : lengths) {
      if (length < 1 || length > capacity) {
        throw new IllegalArgumentException(
            "lengths must be from 1 to " + capacity + ", one is " + length);
      }
      counts[length]++;
    }
    int start = 0;
    for (int length = capacity; length >= 0; length--) {
      int count = counts[length];
      counts[length] = start;
      start += count;
    }
    return counts;
  }

  /** The bin of each piece, longest first. */
  private static int[] bins(int[] starts, int pieces, int capacity) {
    int[] bins = new int[pieces];
    int[] nextBin = new int[pieces];
    int[] topBin = new int[capacity + 1];
    Rooms rooms = new Rooms(capacity);
    int opened = 0;
    for (int length = capacity; length >= 1; length--) {
      int end = starts[length - 1];
      for (int piece = starts[length]; piece < end; ) {
        int room = rooms.smallestFrom(length);
        int bin;
        if (room == NONE) {
          room = capacity;
          bin = opened++;
        } else {
          bin = topBin[room];
          topBin[room] = nextBin[bin];
          if (topBin[room] == NONE) {
            rooms.remove(room);
          }
        }
        do {
          bins[piece++] = bin;
          room -= length;
        } while (room >= length && piece < end);
        if (room > 0) {
          nextBin[bin] = rooms.add(room) ? NONE : topBin[room];
          topBin[room] = bin;
        }
      }
    }
    return bins;
  }

  private static int[][] contents(int[] order, int[] bins) {
    int opened = 0;
    for (int bin : bins) {
      opened = Math.max(opened, bin + 1);
    }
    int[] counts = new int[opened];
    for (int bin : bins) {
      counts[bin]++;
    }
    int[][] contents = new int[opened][];
    for (int bin = 0; bin < opened; bin++) {
      contents[bin] = new int[counts[bin]];
      counts[bin] = 0;
    }
    for (int place = 0; place < order.length; place++) {
      int bin = bins[place];
      contents[bin][counts[bin]++] = order[place];
    }
    return contents;
  }

  /** A set of the numbers 0 to some largest, as a tree of bitmaps. */
  private static final class Rooms {
    /** Bit i of a level says that word i of the level before is not zero. */
    private final long[][] levels;

    Rooms(int largest) {
      int depth = 1;
      for (int last = largest >>> 6; last > 0; last >>>= 6) {
        depth++;
      }
      levels = new long[depth][];
      int last = largest;
      for (int i = 0; i < depth; i++) {
        last >>>= 6;
        levels[i] = new long[last + 1];
      }
    }

    /** Adds a number; whether it was not there. */
    boolean add(int number) {
      boolean added = (levels[0][number >>> 6] & 1L << number) == 0;
      int bit = number;
      for (long[] level : levels) {
        long before = level[bit >>> 6];
        level[bit >>> 6] = before | 1L << bit;
        if (before != 0) {
          break;
        }
        bit >>>= 6;
      }
      return added;
    }

    void remove(int number) {
      int bit = number;
      for (long[] level : levels) {
        level[bit >>> 6] &= ~(1L << bit);
        if (level[bit >>> 6] != 0) {
          break;
        }
        bit >>>= 6;
      }
    }

    /** The smallest number of at least {@code from}, or {@link #NONE}. */
    int smallestFrom(int from) {
      int bit = from;
      for (int i = 0; i < levels.length; i++) {
        int word = bit >>> 6;
        long rest = word < levels[i].length ? levels[i][word] & -1L << bit : 0;
        if (rest != 0) {
          return lowest(i, (word << 6) + Long.numberOfTrailingZeros(rest));
        }
        bit = word + 1;
      }
      return NONE;
    }

    private int lowest(int level, int bit) {
      int number = bit;
      for (int i = level - 1; i >= 0; i--) {
        number = (number << 6) + Long.numberOfTrailingZeros(levels[i][number]);
      }
      return number;
    }
  }
}
