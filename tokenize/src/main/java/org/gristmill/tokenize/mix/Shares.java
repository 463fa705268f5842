package org.gristmill.tokenize.mix;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A budget divided by weights, none above its cap; all in whole numbers.
 *
 * <p>What a cap takes from a group goes to the others by their weights, until all of the budget is
 * given out or all are at their caps. With equal weights and one cap in epochs that is UniMax
 * (Chung et al. 2023, algorithm 1).
 */
final class Shares {
  private Shares() {}

  /**
   * Tokens for each, which add up to the budget or to all caps.
   *
   * @param weights at least 0, one of them above it
   * @param caps in tokens; nothing for none
   */
  static long[] of(long budget, List<BigDecimal> weights, List<Optional<Long>> caps) {
    List<BigInteger> whole = whole(weights);
    long[] shares = new long[whole.size()];
    List<Integer> open =
        new ArrayList<>(
            IntStream.range(0, shares.length)
                .filter(i -> whole.get(i).signum() > 0)
                .boxed()
                .toList());
    long left = budget;
    boolean more = true;
    while (more) {
      BigInteger sum = sum(whole, open);
      BigInteger level = BigInteger.valueOf(left);
      more = false;
      for (int i : List.copyOf(open)) {
        Optional<Long> cap = caps.get(i);
        if (cap.isPresent()
            && sum.multiply(BigInteger.valueOf(cap.get())).compareTo(level.multiply(whole.get(i)))
                <= 0) {
          shares[i] = cap.get();
          left -= shares[i];
          open.remove((Integer) i);
          more = true;
        }
      }
    }
    divide(left, whole, open, shares);
    return shares;
  }

  /** The whole of it to all that are open, by the largest remainder, then by place. */
  private static void divide(
      long budget, List<BigInteger> weights, List<Integer> open, long[] shares) {
    BigInteger sum = sum(weights, open);
    BigInteger[] remainders = new BigInteger[shares.length];
    long left = budget;
    for (int i : open) {
      BigInteger[] parts =
          weights.get(i).multiply(BigInteger.valueOf(budget)).divideAndRemainder(sum);
      shares[i] = parts[0].longValueExact();
      remainders[i] = parts[1];
      left -= shares[i];
    }
    open.stream()
        .sorted(Comparator.<Integer, BigInteger>comparing(i -> remainders[i]).reversed())
        .limit(open.isEmpty() ? 0 : left)
        .forEach(i -> shares[i]++);
  }

  private static BigInteger sum(List<BigInteger> weights, List<Integer> open) {
    return open.stream().map(weights::get).reduce(BigInteger.ZERO, BigInteger::add);
  }

  /** The same proportions in whole numbers. */
  private static List<BigInteger> whole(List<BigDecimal> weights) {
    int scale = Math.max(0, weights.stream().mapToInt(BigDecimal::scale).max().orElse(0));
    return weights.stream().map(w -> w.setScale(scale).unscaledValue()).toList();
  }

  /**
   * Whole sequences for some tokens of each, so that their tokens come as near to the sum as they
   * can: rounded down, and then up where most of a sequence is left, as long as the sum has half of
   * one left.
   *
   * @param most sequences of each; nothing for no limit
   */
  static long[] sequences(List<Group> groups, long[] tokens, List<Optional<Long>> most) {
    long[] sequences = new long[tokens.length];
    BigInteger[] rests = new BigInteger[tokens.length];
    long left = 0;
    for (int i = 0; i < tokens.length; i++) {
      BigInteger[] parts = groups.get(i).sequencesIn(tokens[i]);
      sequences[i] = Math.min(parts[0].longValueExact(), most.get(i).orElse(Long.MAX_VALUE));
      rests[i] = parts[1];
      left += tokens[i] - groups.get(i).tokensIn(sequences[i]);
    }
    Comparator<Integer> byRest =
        (a, b) ->
            rests[a]
                .multiply(BigInteger.valueOf(groups.get(b).tokens()))
                .compareTo(rests[b].multiply(BigInteger.valueOf(groups.get(a).tokens())));
    for (int i : IntStream.range(0, tokens.length).boxed().sorted(byRest.reversed()).toList()) {
      Group group = groups.get(i);
      boolean half =
          Group.times(2 * left, group.sequences()).compareTo(BigInteger.valueOf(group.tokens()))
              >= 0;
      if (rests[i].signum() > 0 && half && most.get(i).orElse(Long.MAX_VALUE) > sequences[i]) {
        left -= group.tokensIn(sequences[i] + 1) - group.tokensIn(sequences[i]);
        sequences[i]++;
      }
    }
    return sequences;
  }
}
