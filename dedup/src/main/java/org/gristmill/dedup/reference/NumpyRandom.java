package org.gristmill.dedup.reference;

/**
 * The numbers that {@code numpy.random.RandomState(seed).randint(low, high, dtype=uint64)} gives,
 * in the same order, for any version of NumPy: RandomState is frozen.
 *
 * @see <a href="https://doi.org/10.1145/272991.272995">Matsumoto and Nishimura 1998, Mersenne
 *     Twister</a>
 * @see <a href="https://numpy.org/neps/nep-0019-rng-policy.html">NEP 19</a>
 */
final class NumpyRandom {
  private static final int SIZE = 624;
  private static final int MIDDLE = 397;

  private final int[] state = new int[SIZE];
  private int next = SIZE;

  /** Seeded with a number from 0 to 2^32 - 1. */
  NumpyRandom(long seed) {
    state[0] = (int) seed;
    for (int i = 1; i < SIZE; i++) {
      state[i] = 1_812_433_253 * (state[i - 1] ^ state[i - 1] >>> 30) + i;
    }
  }

  /**
   * The next number of a range.
   *
   * @param low the least, unsigned
   * @param last the largest, inclusive, unsigned
   */
  long between(long low, long last) {
    long range = last - low;
    if (range == 0) {
      return low;
    }
    long mask = -1L >>> Long.numberOfLeadingZeros(range);
    boolean small = range >>> 32 == 0;
    while (true) {
      long value = (small ? next32() : next64()) & mask;
      if (Long.compareUnsigned(value, range) <= 0) {
        return low + value;
      }
    }
  }

  private long next64() {
    long high = next32();
    return high << 32 | next32();
  }

  private long next32() {
    if (next == SIZE) {
      refill();
    }
    int y = state[next++];
    y ^= y >>> 11;
    y ^= y << 7 & 0x9D2C5680;
    y ^= y << 15 & 0xEFC60000;
    y ^= y >>> 18;
    return y & 0xFFFFFFFFL;
  }

  private void refill() {
    for (int i = 0; i < SIZE; i++) {
      int y = state[i] & 0x80000000 | state[(i + 1) % SIZE] & 0x7FFFFFFF;
      state[i] = state[(i + MIDDLE) % SIZE] ^ y >>> 1 ^ -(y & 1) & 0x9908B0DF;
    }
    next = 0;
  }
}
