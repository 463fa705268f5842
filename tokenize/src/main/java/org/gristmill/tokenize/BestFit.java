package org.gristmill.tokenize;

/**
 * Best-fit-decreasing bin packing in time O(n log capacity).
 *
 * <p>Pieces come longest first (a counting sort; equal lengths in their given order), and each goes
 * into the fullest bin that still has room for it. Bins with the same room form a stack, so among
 * them the one filled last is taken. Which rooms have a bin is kept in a tree of bitmaps, each 64
 * times smaller than the one below, which finds the smallest sufficient room in two walks over its
 * few levels. Best-fit-decreasing needs at most 11/9 of the least possible number of bins, plus
 * one.
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
    int[] order = longestFirst(lengths, capacity);
    int[] binOf = new int[lengths.length];
    int[] nextBin = new int[lengths.length];
    int[] topBin = new int[capacity + 1];
    Rooms rooms = new Rooms(capacity);
    int bins = 0;
    for (int piece : order) {
      int room = rooms.smallestFrom(lengths[piece]);
      int bin;
      if (room == NONE) {
        room = capacity;
        bin = bins++;
      } else {
        bin = topBin[room];
        topBin[room] = nextBin[bin];
        if (topBin[room] == NONE) {
          rooms.remove(room);
        }
      }
      binOf[piece] = bin;
      int left = room - lengths[piece];
      if (left > 0) {
        nextBin[bin] = rooms.add(left) ? NONE : topBin[left];
        topBin[left] = bin;
      }
    }
    return contents(order, binOf, bins);
  }

  private static int[] longestFirst(int[] lengths, int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity must be at least 1, is " + capacity);
    }
    int[] end = new int[capacity + 1];
    for (int length : lengths) {
      if (length < 1 || length > capacity) {
        throw new IllegalArgumentException(
            "lengths must be from 1 to " + capacity + ", one is " + length);
      }
      end[length]++;
    }
    for (int length = capacity - 1; length >= 0; length--) {
      end[length] += end[length + 1];
    }
    int[] order = new int[lengths.length];
    for (int i = lengths.length - 1; i >= 0; i--) {
      order[--end[lengths[i]]] = i;
    }
    return order;
  }

  private static int[][] contents(int[] order, int[] binOf, int bins) {
    int[] counts = new int[bins];
    for (int bin : binOf) {
      counts[bin]++;
    }
    int[][] contents = new int[bins][];
    for (int bin = 0; bin < bins; bin++) {
      contents[bin] = new int[counts[bin]];
      counts[bin] = 0;
    }
    for (int piece : order) {
      int bin = binOf[piece];
      contents[bin][counts[bin]++] = piece;
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
