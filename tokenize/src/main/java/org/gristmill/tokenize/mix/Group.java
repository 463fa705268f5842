package org.gristmill.tokenize.mix;

import java.math.BigInteger;

/**
 * What there is of a group of sequences: those of one source, for example.
 *
 * @param name of the group
 * @param sequences in it, above 0
 * @param tokens in them, without padding, above 0
 */
public record Group(String name, long sequences, long tokens) {
  public Group {
    if (sequences < 1 || tokens < 1) {
      throw new IllegalArgumentException(name + " has nothing in it");
    }
  }

  /** Tokens in so many sequences: exact for whole epochs, else by the mean, rounded down. */
  public long tokensIn(long some) {
    return times(some, tokens).divide(BigInteger.valueOf(sequences)).longValueExact();
  }

  /** The same, rounded up: so many tokens are no fewer sequences. */
  long tokensFor(long some) {
    BigInteger all = BigInteger.valueOf(sequences);
    return times(some, tokens).add(all).subtract(BigInteger.ONE).divide(all).longValueExact();
  }

  /** Whole sequences that so many tokens fill by the mean, and what is left of a token more. */
  BigInteger[] sequencesIn(long some) {
    return times(some, sequences).divideAndRemainder(BigInteger.valueOf(tokens));
  }

  static BigInteger times(long a, long b) {
    return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
  }
}
