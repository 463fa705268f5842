package org.gristmill.dedup.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Numbers that NumPy 2.4.6 gave. */
class NumpyRandomTest {
  @Test
  void sameAsNumpy() {
    NumpyRandom one = new NumpyRandom(1);
    check(one, 1, (1L << 61) - 2, 775169054918279404L, 1758426461858698313L, 2109959069025162L);
    NumpyRandom many = new NumpyRandom(42);
    check(
        many,
        0,
        -2,
        6909045637428952499L,
        Long.parseUnsignedLong("17537583593393853710"),
        Long.parseUnsignedLong("13502904847239337031"));
    NumpyRandom mixed = new NumpyRandom(7);
    check(mixed, 0, 0xFFFFFFFFL, 327741615, 976413892);
    check(mixed, 3, 999, 540, 505, 582, 214);
    check(mixed, 0, (1L << 40) - 1, 650496783975L, 396459895993L);
    check(mixed, 0, 0, 0, 0);
    check(mixed, 0, Long.MIN_VALUE + 4, 1329108821600893482L, 4951825274897609608L);
  }

  /** Past the first refill of the state. */
  @Test
  void goesOnAsNumpyDoes() {
    NumpyRandom one = new NumpyRandom(1);
    LongStream.range(0, 112).forEach(i -> one.between(1, (1L << 61) - 2));
    check(one, 0, (1L << 61) - 2, 1062448801025099917L, 1324811268927594100L);
    NumpyRandom late = new NumpyRandom(3);
    LongStream.range(0, 5_000).forEach(i -> late.between(0, -1));
    check(late, 0, -1, 9179305450099487478L);
  }

  private static void check(NumpyRandom random, long low, long last, long... expected) {
    long[] ours = LongStream.of(expected).map(any -> random.between(low, last)).toArray();
    assertArrayEquals(expected, ours);
  }
}
