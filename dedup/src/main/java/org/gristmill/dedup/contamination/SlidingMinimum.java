package org.gristmill.dedup.contamination;

import java.util.Arrays;

/** The least of every window of a row of numbers. */
final class SlidingMinimum {
  private SlidingMinimum() {}

  /**
   * The least of each window of so many numbers, without a window's that equals the one before.
   *
   * @param window from 1 to the count of numbers
   */
  static long[] of(long[] numbers, int window) {
    int[] rising = new int[numbers.length];
    int head = 0;
    int tail = 0;
    long[] least = new long[numbers.length];
    int n = 0;
    for (int i = 0; i < numbers.length; i++) {
      while (tail > head && numbers[rising[tail - 1]] >= numbers[i]) {
        tail--;
      }
      rising[tail++] = i;
      if (rising[head] <= i - window) {
        head++;
      }
      long now = numbers[rising[head]];
      if (i >= window - 1 && (n == 0 || least[n - 1] != now)) {
        least[n++] = now;
      }
    }
    return Arrays.copyOf(least, n);
  }
}
