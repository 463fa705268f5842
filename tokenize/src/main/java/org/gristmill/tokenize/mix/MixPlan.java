package org.gristmill.tokenize.mix;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * How many sequences of which group a run draws, phase by phase.
 *
 * <p>Positions count sequences of the whole run. All is reckoned in whole numbers, with ties by
 * name, so that the same mixture of the same groups is the same plan anywhere.
 *
 * @param groups that there are, by name
 * @param start what was drawn before
 * @param phases with what is left to draw in them, one behind the other
 * @param warnings what a person should know before the run
 */
public record MixPlan(
    List<Group> groups, Start start, List<PlannedPhase> phases, List<String> warnings) {
  public MixPlan {
    groups = List.copyOf(groups);
    phases = List.copyOf(phases);
    warnings = List.copyOf(warnings);
  }

  /**
   * Where a run stands when a plan begins.
   *
   * @param position sequences that it has drawn in all
   * @param sequences by group
   */
  public record Start(long position, SortedMap<String, Long> sequences) {
    /** Nothing is drawn. */
    public static final Start NEW = new Start(0, new TreeMap<>());

    public Start {
      sequences = new TreeMap<>(sequences);
    }
  }

  /**
   * What a phase draws.
   *
   * @param number from 1
   * @param begin position of its first sequence
   * @param tokens asked for
   * @param draws of its groups, by name
   */
  public record PlannedPhase(int number, long begin, long tokens, List<Draw> draws) {
    public PlannedPhase {
      draws = List.copyOf(draws);
    }

    public long sequences() {
      return draws.stream().mapToLong(Draw::sequences).sum();
    }

    /** Tokens that are drawn. */
    public long drawn() {
      return draws.stream().mapToLong(Draw::tokens).sum();
    }
  }

  /**
   * What a phase draws of a group.
   *
   * @param group drawn of
   * @param share asked for, of the phase's tokens
   * @param sequences drawn
   * @param tokens in them: see {@link Group#tokensIn}
   * @param total sequences drawn of the group from the beginning of the run to the phase's end
   * @param capped whether the group's cap allows no more
   */
  public record Draw(
      Group group, double share, long sequences, long tokens, long total, boolean capped) {
    /** How often the group has been drawn by then. */
    public double epochs() {
      return (double) total / group.sequences();
    }

    /** Tokens of the group that no one has seen by then. */
    public long unseen() {
      return group.tokensIn(Math.max(0, group.sequences() - total));
    }
  }

  /** Position behind the last sequence. */
  public long end() {
    return start.position() + phases.stream().mapToLong(PlannedPhase::sequences).sum();
  }

  /**
   * The plan for the rest of a run.
   *
   * @param groups that there are
   * @param start what was drawn before, which counts for budget and caps
   */
  public static MixPlan of(Mixture mixture, List<Group> groups, Start start) {
    List<Group> sorted = new ArrayList<>(groups);
    sorted.sort(Comparator.comparing(Group::name));
    Planning planning = new Planning(sorted, start);
    long spent = planning.spent();
    long begin = 0;
    int number = 0;
    for (Mixture.Phase phase : mixture.phases()) {
      number++;
      long end =
          phase
              .until()
              .multiply(BigDecimal.valueOf(mixture.tokens()))
              .setScale(0, RoundingMode.HALF_UP)
              .longValueExact();
      if (end > spent) {
        planning.add(number, phase, end - Math.max(begin, spent));
      }
      begin = end;
    }
    planning.undrawn();
    return new MixPlan(sorted, start, planning.phases, planning.warnings);
  }

  /** What is planned so far. */
  private static final class Planning {
    private final List<Group> groups;
    private final SortedMap<String, Long> drawn;
    private final List<PlannedPhase> phases = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private long position;

    Planning(List<Group> groups, Start start) {
      this.groups = groups;
      this.drawn = new TreeMap<>(start.sequences());
      this.position = start.position();
    }

    long spent() {
      return groups.stream().mapToLong(g -> g.tokensIn(drawn(g))).sum();
    }

    private long drawn(Group group) {
      return drawn.getOrDefault(group.name(), 0L);
    }

    void add(int number, Mixture.Phase phase, long budget) {
      List<BigDecimal> weights = groups.stream().map(phase::weight).toList();
      List<Optional<Long>> most =
          groups.stream().map(group -> phase.cap(group).map(cap -> left(group, cap))).toList();
      List<Optional<Long>> caps = new ArrayList<>();
      for (int i = 0; i < groups.size(); i++) {
        caps.add(most.get(i).map(groups.get(i)::tokensFor));
      }
      long[] tokens = Shares.of(budget, weights, caps);
      long[] sequences = Shares.sequences(groups, tokens, most);
      BigDecimal sum = weights.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
      List<Draw> draws = new ArrayList<>();
      for (int i = 0; i < groups.size(); i++) {
        Group group = groups.get(i);
        if (weights.get(i).signum() > 0) {
          drawn.merge(group.name(), sequences[i], Long::sum);
          boolean capped = caps.get(i).isPresent() && caps.get(i).get() == tokens[i];
          double share = weights.get(i).doubleValue() / sum.doubleValue();
          Draw draw =
              new Draw(
                  group, share, sequences[i], group.tokensIn(sequences[i]), drawn(group), capped);
          draws.add(draw);
          warn(number, phase, budget, draw);
        }
      }
      PlannedPhase planned = new PlannedPhase(number, position, budget, draws);
      position += planned.sequences();
      phases.add(planned);
      long missing = budget - LongStream.of(tokens).sum();
      if (missing > 0) {
        warnings.add(
            String.format(
                Locale.ROOT,
                "phase %d: %,d of %,d tokens cannot be drawn, all its groups are at maxEpochs",
                number,
                missing,
                budget));
      }
    }

    /** Sequences that a cap still allows. */
    private long left(Group group, BigDecimal cap) {
      long most =
          cap.multiply(BigDecimal.valueOf(group.sequences()))
              .setScale(0, RoundingMode.FLOOR)
              .longValueExact();
      return Math.max(0, most - drawn(group));
    }

    private void warn(int number, Mixture.Phase phase, long budget, Draw draw) {
      long asked = Math.round(draw.share() * budget);
      if (draw.capped() && draw.tokens() < asked) {
        warnings.add(
            String.format(
                Locale.ROOT,
                "phase %d: %s stops at %s epochs, with %,d tokens of the %,d asked for",
                number,
                draw.group().name(),
                phase.cap(draw.group()).orElseThrow().stripTrailingZeros().toPlainString(),
                draw.tokens(),
                asked));
      }
    }

    void undrawn() {
      for (Group group : groups) {
        if (drawn(group) == 0) {
          warnings.add(
              String.format(
                  Locale.ROOT,
                  "nothing of %s is drawn: %,d tokens stay unseen",
                  group.name(),
                  group.tokens()));
        }
      }
    }
  }
}
