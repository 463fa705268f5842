package org.gristmill.dedup.index;

/**
 * The last value of every piece of a sorted section, to find those that may hold a value.
 *
 * @param values ascending, as unsigned numbers
 */
record Lasts(long[] values) {

  int count() {
    return values.length;
  }

  /** The first piece that may hold a value, or {@link #count} if none may. */
  int piece(long value) {
    return below(values, values.length, value);
  }

  /** The piece after one that may hold a value, if it may hold it too, or else {@link #count}. */
  int next(int piece, long value) {
    return values[piece] == value ? piece + 1 : values.length;
  }

  /** How many of the first {@code n} numbers, ascending as unsigned ones, are below a value. */
  static int below(long[] sorted, int n, long value) {
    int low = 0;
    int high = n;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Long.compareUnsigned(sorted[middle], value) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
