package org.gristmill.jobs.steps;

import java.math.BigInteger;
import java.util.Collection;

/**
 * What a set of rows holds, in a few bytes: their number, and the sum of a hash of each. It does
 * not depend on the rows' order, and those of two sets add up to that of their union.
 *
 * @param rows their number
 * @param sum of xxhash64 over some columns of each, as a signed number
 */
record Digest(long rows, BigInteger sum) {
  static final Digest NONE = new Digest(0, BigInteger.ZERO);

  /** SQL: the digest of a group of rows, as text. */
  static String of(String columns) {
    return "concat(count(1), '/', sum(cast(xxhash64(" + columns + ") AS decimal(38, 0))))";
  }

  static Digest parse(String text) {
    int slash = text.indexOf('/');
    return new Digest(
        Long.parseLong(text.substring(0, slash)), new BigInteger(text.substring(slash + 1)));
  }

  static Digest sum(Collection<Digest> digests) {
    return digests.stream().reduce(NONE, Digest::and);
  }

  private Digest and(Digest other) {
    return new Digest(rows + other.rows, sum.add(other.sum));
  }

  @Override
  public String toString() {
    return rows + "/" + sum;
  }
}
