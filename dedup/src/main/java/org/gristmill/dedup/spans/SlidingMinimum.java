package org.gristmill.dedup.spans;

import java.util.Arrays;

/** The least of every window of a row of numbers, for runs of windows that have the same. */
public final class SlidingMinimum {
  private final int[] starts;
  private final long[] least;
  private int size;

  /**
   * @param numbers compared as signed ones
   * @param window from 1 to the count of numbers
   */
  public SlidingMinimum(long[] numbers, int window) {
    starts = new int[numbers.length];
    least = new long[numbers.length];
    int[] rising = new int[numbers.length];
    int head = 0;
    int tail = 0;
    for (int i = 0; i < numbers.length; i++) {
      while (tail > head && numbers[rising[tail - 1]] >= numbers[i]) {
        tail--;
      }
      rising[tail++] = i;
      if (rising[head] <= i - window) {
        head++;
      }
      long now = numbers[rising[head]];
      if (i >= window - 1 && (size == 0 || least[size - 1] != now)) {
        starts[size] = i - window + 1;
        least[size++] = now;
      }
    }
  }

  /** How many runs of windows there are. */
  public int size() {
    return size;
  }

  /** Where the first window of a run starts; the last of it is the one before the next run's. */
  public int start(int run) {
    return starts[run];
  }

  /** The least number in each window of a run. */
  public long least(int run) {
    return least[run];
  }

  /** The least numbers of all runs. */
  public long[] least() {
    return Arrays.copyOf(least, size);
  }
}
