package org.gristmill.dedup.spans;

import org.gristmill.core.Hash;

/**
 * Hashes of all n symbols in a row: the polynomial in an odd constant, modulo 2^64, whose
 * coefficients are the symbols, mixed.
 */
final class Rolling {
  private static final long BASE = 0xD1342543DE82EF95L;

  private Rolling() {}

  /** The hash at each place from which n symbols go on, at least one. */
  static long[] hashes(Symbols symbols, int n) {
    long leaving = 1;
    long hash = 0;
    for (int i = 0; i < n; i++) {
      leaving *= BASE;
      hash = hash * BASE + symbol(symbols.at(i));
    }
    long[] hashes = new long[symbols.length() - n + 1];
    hashes[0] = Hash.mix(hash);
    for (int i = n; i < symbols.length(); i++) {
      hash = hash * BASE + symbol(symbols.at(i)) - leaving * symbol(symbols.at(i - n));
      hashes[i - n + 1] = Hash.mix(hash);
    }
    return hashes;
  }

  private static long symbol(int symbol) {
    return (symbol + 1L) * 0x9E3779B97F4A7C15L;
  }
}
