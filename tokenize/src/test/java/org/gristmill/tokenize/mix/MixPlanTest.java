package org.gristmill.tokenize.mix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.gristmill.core.Hash;
import org.junit.jupiter.api.Test;

class MixPlanTest {
  /** 100 tokens a sequence, but 80 in code. */
  private static final List<Group> GROUPS =
      List.of(
          new Group("web", 1000, 100_000),
          new Group("book", 100, 10_000),
          new Group("code", 50, 4_000));

  private static Mixture.Wish wish(String weight, String... maxEpochs) {
    return new Mixture.Wish(
        new BigDecimal(weight),
        maxEpochs.length == 0 ? Optional.empty() : Optional.of(new BigDecimal(maxEpochs[0])));
  }

  private static Mixture.Phase given(String until, Map<String, Mixture.Wish> wishes) {
    return new Mixture.Phase(
        new BigDecimal(until), Mixture.Weights.GIVEN, 1, Optional.empty(), new TreeMap<>(wishes));
  }

  private static Mixture.Phase all(Mixture.Weights weights, double temperature, String maxEpochs) {
    return new Mixture.Phase(
        BigDecimal.ONE,
        weights,
        temperature,
        maxEpochs.isEmpty() ? Optional.empty() : Optional.of(new BigDecimal(maxEpochs)),
        new TreeMap<>());
  }

  private static MixPlan plan(long tokens, Mixture.Phase... phases) {
    return MixPlan.of(new Mixture(tokens, List.of(phases)), GROUPS, MixPlan.Start.NEW);
  }

  private static SortedMap<String, Long> drawn(MixPlan.PlannedPhase phase) {
    SortedMap<String, Long> drawn = new TreeMap<>();
    phase.draws().forEach(d -> drawn.put(d.group().name(), d.sequences()));
    return drawn;
  }

  private static void draws(MixPlan plan, int phase, Map<String, Long> sequences) {
    assertEquals(new TreeMap<>(sequences), drawn(plan.phases().get(phase)));
  }

  @Test
  void weightsAreOverTokens() {
    MixPlan plan = plan(8_000, given("1", Map.of("web", wish("3"), "code", wish("1"))));
    draws(plan, 0, Map.of("web", 60L, "code", 25L));
    assertEquals(8_000, plan.phases().get(0).drawn());
    assertEquals(List.of("nothing of book is drawn: 10,000 tokens stay unseen"), plan.warnings());
    assertEquals(94_000, plan.phases().get(0).draws().get(1).unseen());
    assertEquals(0.5, plan.phases().get(0).draws().get(0).epochs());
  }

  @Test
  void whatACapTakesGoesToTheOthersByTheirWeights() {
    MixPlan plan =
        plan(
            100_000,
            given("1", Map.of("web", wish("1"), "book", wish("2", "4"), "code", wish("1"))));
    draws(plan, 0, Map.of("book", 400L, "web", 300L, "code", 375L));
    assertEquals(
        List.of("phase 1: book stops at 4 epochs, with 40,000 tokens of the 50,000 asked for"),
        plan.warnings());
  }

  @Test
  void uniMaxIsEvenUpToTheCap() {
    MixPlan plan = plan(90_000, all(Mixture.Weights.UNIMAX, 1, "4"));
    draws(plan, 0, Map.of("code", 200L, "book", 370L, "web", 370L));
  }

  @Test
  void temperatureFlattensWhatThereIs() {
    draws(
        plan(47_947, all(Mixture.Weights.TEMPERATURE, 2, "")),
        0,
        Map.of("web", 316L, "book", 100L, "code", 79L)); // by 316.2 : 100 : 63.2, their roots
    draws(
        plan(114_000, all(Mixture.Weights.TEMPERATURE, 1, "")),
        0,
        Map.of("web", 1000L, "book", 100L, "code", 50L));
  }

  @Test
  void aBudgetThatCannotBeMetIsSaid() {
    MixPlan plan = plan(1_000_000, all(Mixture.Weights.UNIMAX, 1, "1.5"));
    draws(plan, 0, Map.of("web", 1500L, "book", 150L, "code", 75L));
    assertTrue(
        plan.warnings()
            .contains(
                "phase 1: 829,000 of 1,000,000 tokens cannot be drawn, all its groups are at"
                    + " maxEpochs"),
        plan.warnings()::toString);
  }

  @Test
  void capsHoldOverPhases() {
    MixPlan plan =
        plan(
            20_000,
            given("0.5", Map.of("web", wish("1"), "book", wish("1"))),
            given("1", Map.of("web", wish("1"), "book", wish("1", "0.75"))));
    draws(plan, 0, Map.of("web", 50L, "book", 50L));
    draws(plan, 1, Map.of("web", 75L, "book", 25L));
    assertEquals(100, plan.phases().get(1).begin());
    assertEquals(200, plan.end());
    assertEquals(125, plan.phases().get(1).draws().get(1).total());
  }

  @Test
  void theRestOfARunIsPlannedAfterWhatWasDrawn() {
    MixPlan.Start start =
        new MixPlan.Start(30, new TreeMap<>(Map.of("web", 20L, "book", 10L, "code", 0L)));
    Mixture mixture =
        new Mixture(
            8_000,
            List.of(
                given("0.25", Map.of("code", wish("1"))),
                given("1", Map.of("web", wish("3"), "book", wish("1")))));
    MixPlan plan = MixPlan.of(mixture, GROUPS, start);
    assertEquals(1, plan.phases().size(), "the first phase ended at 2,000 tokens");
    assertEquals(2, plan.phases().get(0).number());
    assertEquals(30, plan.phases().get(0).begin());
    assertEquals(5_000, plan.phases().get(0).tokens());
    draws(plan, 0, Map.of("book", 13L, "web", 37L)); // 12.5 and 37.5: the first by name
    assertEquals(80, plan.end());
    Mixture capped = new Mixture(8_000, List.of(given("1", Map.of("book", wish("1", "0.2")))));
    draws(MixPlan.of(capped, GROUPS, start), 0, Map.of("book", 10L));
  }

  @Test
  void largeNumbersDoNotOverflow() {
    List<Group> large =
        List.of(
            new Group("a", 7_000_000_000L, 14_000_000_000_001L),
            new Group("b", 3_000_000_000L, 6_100_000_000_003L));
    Mixture mixture =
        new Mixture(
            30_000_000_000_000L,
            List.of(given("1", Map.of("a", wish("0.123456789"), "b", wish("0.2", "2")))));
    MixPlan plan = MixPlan.of(mixture, large, MixPlan.Start.NEW);
    long off = 30_000_000_000_000L - plan.phases().get(0).drawn();
    assertTrue(Math.abs(off) < 2100, () -> off + " off");
    assertEquals(6_000_000_000L, plan.phases().get(0).draws().get(1).sequences());
  }

  /** Against UniMax as the paper has it, and the sums of the plan, over many random mixtures. */
  @Test
  void agreesWithTheAlgorithmOfThePaper() {
    for (int round = 0; round < 300; round++) {
      List<Group> groups = new ArrayList<>();
      int size = 1 + chance(round, 0, 12);
      for (int i = 0; i < size; i++) {
        int sequences = 1 + chance(round, 3 * i + 1, 3 << chance(round, 3 * i + 2, 14));
        groups.add(
            new Group("g" + i, sequences, sequences * 40L + chance(round, 3 * i + 3, sequences)));
      }
      long budget = 1 + chance(round, 99, 4_000_000);
      Mixture mixture = new Mixture(budget, List.of(all(Mixture.Weights.UNIMAX, 1, "3")));
      MixPlan plan = MixPlan.of(mixture, groups, MixPlan.Start.NEW);
      Map<String, Double> paper = uniMax(groups, budget, 3);
      double total = 0;
      for (MixPlan.Draw draw : plan.phases().get(0).draws()) {
        double expected = paper.get(draw.group().name());
        total += expected;
        assertEquals(expected, draw.tokens(), 42, () -> draw + " in " + plan);
        assertTrue(draw.sequences() <= 3 * draw.group().sequences(), draw::toString);
      }
      assertEquals(total, plan.phases().get(0).drawn(), 22 + size, plan::toString);
      Collections.reverse(groups);
      assertEquals(plan, MixPlan.of(mixture, groups, MixPlan.Start.NEW));
    }
  }

  private static int chance(int round, int what, int below) {
    return (int) Long.remainderUnsigned(Hash.xx64(round, "chance " + what), below);
  }

  /** Algorithm 1 of Chung et al. 2023, in floating point. */
  private static Map<String, Double> uniMax(List<Group> groups, double budget, int epochs) {
    Map<String, Double> shares = new TreeMap<>();
    List<Group> sorted = new ArrayList<>(groups);
    sorted.sort(Comparator.comparingLong(Group::tokens));
    double left = budget;
    for (int i = 0; i < sorted.size(); i++) {
      double even = left / (sorted.size() - i);
      double share = Math.min(even, (double) sorted.get(i).tokens() * epochs);
      shares.put(sorted.get(i).name(), share);
      left -= share;
    }
    return shares;
  }
}
