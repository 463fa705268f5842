package org.gristmill.tokenize.objective;

import org.gristmill.core.Hash;

/**
 * Draws that follow from a seed and a name alone: the n-th is a mix of their hash and n, as
 * SplitMix64 counts (Steele, Lea and Flood, 2014).
 */
final class Chance {
  private static final long STEP = 0x9E3779B97F4A7C15L;

  private long state;

  Chance(long seed, String name) {
    state = Hash.xx64(seed, name);
  }

  long next() {
    state += STEP;
    return Hash.mix(state);
  }

  /**
   * A number from 0 to below {@code bound}.
   *
   * @param bound at least 1
   */
  int below(int bound) {
    return Hash.range(next(), bound);
  }

  /** A number from {@code least} to {@code most}, both inclusive. */
  int between(int least, int most) {
    return least + below(most - least + 1);
  }

  /** Whether what has this probability happens. */
  boolean happens(double probability) {
    return (next() >>> 11) * 0x1p-53 < probability;
  }

  /** Puts numbers into an order of chance (Durstenfeld, 1964). */
  void shuffle(int[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int other = below(i + 1);
      int value = values[i];
      values[i] = values[other];
      values[other] = value;
    }
  }
}
