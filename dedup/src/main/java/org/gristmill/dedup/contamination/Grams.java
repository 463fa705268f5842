package org.gristmill.dedup.contamination;

import org.gristmill.core.Hash;

/**
 * Hashes of the n-grams of {@link Units}, for any n in constant time each: the polynomial in an odd
 * constant, modulo 2^64, whose coefficients are the hashes of the units, mixed with n.
 */
final class Grams {
  private static final long BASE = 0xD1342543DE82EF95L;

  private final long[] prefix;

  Grams(Units units) {
    prefix = new long[units.size() + 1];
    for (int i = 0; i < units.size(); i++) {
      prefix[i + 1] = prefix[i] * BASE + units.hash(i);
    }
  }

  /** What the polynomial of n units is multiplied with; the same for all of one n. */
  static long power(int n) {
    long power = 1;
    for (int i = 0; i < n; i++) {
      power *= BASE;
    }
    return power;
  }

  /** The hash of the n units from a place on. */
  long hash(int at, int n, long power) {
    return Hash.mix(prefix[at + n] - prefix[at] * power + n);
  }

  /** The hash of n units from a place on, in linear time. */
  static long hash(long[] units, int at, int n) {
    long hash = 0;
    for (int i = at; i < at + n; i++) {
      hash = hash * BASE + units[i];
    }
    return Hash.mix(hash + n);
  }
}
