package org.gristmill.tokenize.mix;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a run is to draw: a budget of tokens, and phases with weights.
 *
 * @param tokens of the whole run, without padding
 * @param phases one behind the other; the last ends with the run
 */
public record Mixture(long tokens, List<Phase> phases) {
  public Mixture {
    phases = List.copyOf(phases);
  }

  /** What weights are before a group's own factor. */
  public enum Weights {
    /** The factor alone; groups that are not named are not drawn. */
    GIVEN,
    /** A group's tokens to the power of 1 / temperature (Conneau et al. 2020 call that alpha). */
    TEMPERATURE,
    /** All the same (UniMax: Chung et al. 2023). */
    UNIMAX
  }

  /**
   * A part of the run.
   *
   * @param until its end, as a share of the budget, above 0 and at most 1
   * @param weights by what groups are weighed
   * @param temperature at least 1; of no meaning but for {@link Weights#TEMPERATURE}
   * @param maxEpochs cap for groups without one of their own
   * @param wishes by group
   */
  public record Phase(
      BigDecimal until,
      Weights weights,
      double temperature,
      Optional<BigDecimal> maxEpochs,
      SortedMap<String, Wish> wishes) {

    /** A group's weight, with which its share of the phase's tokens goes. */
    BigDecimal weight(Group group) {
      Wish wish = wishes.get(group.name());
      if (wish == null && weights == Weights.GIVEN) {
        return BigDecimal.ZERO;
      }
      BigDecimal factor = wish == null ? BigDecimal.ONE : wish.weight();
      return weights == Weights.TEMPERATURE
          ? factor.multiply(new BigDecimal(StrictMath.pow(group.tokens(), 1 / temperature)))
          : factor;
    }

    Optional<BigDecimal> cap(Group group) {
      Wish wish = wishes.get(group.name());
      return wish == null ? maxEpochs : wish.maxEpochs().or(() -> maxEpochs);
    }
  }

  /**
   * What is wished of a group.
   *
   * @param weight a factor, at least 0
   * @param maxEpochs how often it may be drawn from the beginning of the run to the phase's end
   */
  public record Wish(BigDecimal weight, Optional<BigDecimal> maxEpochs) {}
}
