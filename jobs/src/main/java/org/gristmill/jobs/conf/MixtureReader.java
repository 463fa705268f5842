package org.gristmill.jobs.conf;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gristmill.core.UserError;
import org.gristmill.jobs.settings.Problems;
import org.gristmill.tokenize.mix.Mixture;

/** Reads a mixture (HOCON) and finds all mistakes in it, each with file and line. */
public final class MixtureReader {
  private static final Set<String> PHASE =
      Set.of("until", "groups", "maxEpochs", "temperature", "unimax");

  private final Problems problems = new Problems();
  private final Collection<String> known;

  private MixtureReader(Collection<String> known) {
    this.known = new TreeSet<>(known);
  }

  /**
   * The mixture in a file.
   *
   * @param groups that there are
   * @throws UserError with every mistake in it
   */
  public static Mixture read(Path file, Collection<String> groups) {
    MixtureReader reader = new MixtureReader(groups);
    return HoconFile.read(file, reader.problems, reader::mixture);
  }

  private Mixture mixture(ConfigObject top) {
    boolean phased = top.containsKey("phases");
    Set<String> keys = new TreeSet<>(Set.of("tokens", "phases"));
    if (!phased) {
      keys.addAll(PHASE);
      keys.remove("until");
    }
    unknown(top, keys);
    long tokens = tokens(top);
    List<Mixture.Phase> phases = new ArrayList<>();
    if (!phased) {
      phases.add(phase(top, BigDecimal.ONE));
    } else if (top.get("phases") instanceof ConfigList list && !list.isEmpty()) {
      BigDecimal before = BigDecimal.ZERO;
      for (int i = 0; i < list.size(); i++) {
        if (!(list.get(i) instanceof ConfigObject object)) {
          problems.add(list.get(i), "phases", "a phase must be { until = ..., groups { ... } }");
          continue;
        }
        unknown(object, PHASE);
        before = until(object, before, i == list.size() - 1);
        phases.add(phase(object, before));
      }
    } else {
      problems.add(top.get("phases"), "phases", "must be a list of phases, [ { until = ... } ]");
    }
    return new Mixture(tokens, phases);
  }

  private void unknown(ConfigObject object, Set<String> keys) {
    object.forEach(
        (key, value) -> {
          if (!keys.contains(key)) {
            problems.unknown(value.origin(), key, "setting", key, keys);
          }
        });
  }

  private long tokens(ConfigObject top) {
    if (!top.containsKey("tokens")) {
      problems.add(top.origin(), "tokens", "missing: how many tokens the run draws");
      return 1;
    }
    Optional<BigDecimal> tokens = number(top, "tokens");
    try {
      if (tokens.isPresent() && tokens.get().longValueExact() > 0) {
        return tokens.get().longValueExact();
      }
    } catch (ArithmeticException e) {
      // said below, with the line
    }
    problems.add(top.get("tokens"), "tokens", "must be a whole number above 0, say 10e9");
    return 1;
  }

  private BigDecimal until(ConfigObject phase, BigDecimal before, boolean last) {
    if (!phase.containsKey("until")) {
      if (!last) {
        problems.add(phase.origin(), "until", "missing: the share of the tokens where it ends");
      }
      return last ? BigDecimal.ONE : before;
    }
    BigDecimal until = number(phase, "until").orElse(BigDecimal.ZERO);
    if (last && until.compareTo(BigDecimal.ONE) != 0) {
      problems.add(phase.get("until"), "until", "must be 1 in the last phase, or not be given");
    } else if (until.compareTo(before) <= 0 || until.compareTo(BigDecimal.ONE) > 0) {
      problems.add(
          phase.get("until"), "until", "must be above " + before.toPlainString() + ", at most 1");
    }
    return until;
  }

  private Mixture.Phase phase(ConfigObject object, BigDecimal until) {
    Optional<BigDecimal> maxEpochs = maxEpochs(object);
    Mixture.Weights weights = Mixture.Weights.GIVEN;
    double temperature = 1;
    if (object.containsKey("temperature")) {
      weights = Mixture.Weights.TEMPERATURE;
      temperature = number(object, "temperature").map(BigDecimal::doubleValue).orElse(1.0);
      if (temperature < 1) {
        problems.add(
            object.get("temperature"),
            "temperature",
            "must be at least 1: weights are tokens ^ (1 / temperature), from 1 as the groups are"
                + " to nearly equal");
      }
    }
    if (object.containsKey("unimax")) {
      if (object.containsKey("temperature") || object.containsKey("maxEpochs")) {
        problems.add(
            object.get("unimax"), "unimax", "stands alone: without temperature and maxEpochs");
      }
      weights = Mixture.Weights.UNIMAX;
      if (object.get("unimax") instanceof ConfigObject unimax && unimax.containsKey("maxEpochs")) {
        unknown(unimax, Set.of("maxEpochs"));
        maxEpochs = maxEpochs(unimax);
      } else {
        problems.add(object.get("unimax"), "unimax", "must be { maxEpochs = ... }");
      }
    }
    SortedMap<String, Mixture.Wish> wishes = wishes(object, weights);
    Mixture.Phase phase = new Mixture.Phase(until, weights, temperature, maxEpochs, wishes);
    boolean drawn =
        known.stream()
            .anyMatch(
                g ->
                    wishes.containsKey(g)
                        ? wishes.get(g).weight().signum() > 0
                        : phase.weights() != Mixture.Weights.GIVEN);
    if (!drawn && !problems.any()) {
      problems.add(
          object.origin(),
          "groups",
          "nothing is drawn: give groups { NAME = weight }, temperature or unimax");
    }
    return phase;
  }

  private SortedMap<String, Mixture.Wish> wishes(ConfigObject phase, Mixture.Weights weights) {
    SortedMap<String, Mixture.Wish> wishes = new TreeMap<>();
    ConfigValue given = phase.get("groups");
    if (!(given instanceof ConfigObject groups)) {
      if (given != null) {
        problems.add(given, "groups", "must be { NAME = weight } or { NAME { weight = ... } }");
      }
      return wishes;
    }
    groups.forEach(
        (name, value) -> {
          if (!known.contains(name)) {
            problems.unknown(value.origin(), "groups", "group", name, known);
          }
          wishes.put(name, wish(groups, name, value, weights));
        });
    return wishes;
  }

  private Mixture.Wish wish(
      ConfigObject groups, String name, ConfigValue value, Mixture.Weights weights) {
    if (!(value instanceof ConfigObject wish)) {
      return new Mixture.Wish(atLeastZero(groups, name), Optional.empty());
    }
    unknown(wish, Set.of("weight", "maxEpochs"));
    BigDecimal weight = BigDecimal.ONE;
    if (wish.containsKey("weight")) {
      weight = atLeastZero(wish, "weight");
    } else if (weights == Mixture.Weights.GIVEN) {
      problems.add(wish.origin(), name, "missing: its weight");
    }
    return new Mixture.Wish(weight, maxEpochs(wish));
  }

  private BigDecimal atLeastZero(ConfigObject object, String key) {
    BigDecimal weight = number(object, key).orElse(BigDecimal.ONE);
    if (weight.signum() < 0) {
      problems.add(object.get(key), key, "must be at least 0");
      return BigDecimal.ONE;
    }
    return weight;
  }

  private Optional<BigDecimal> maxEpochs(ConfigObject object) {
    if (!object.containsKey("maxEpochs")) {
      return Optional.empty();
    }
    Optional<BigDecimal> epochs = number(object, "maxEpochs");
    if (epochs.isPresent() && epochs.get().signum() <= 0) {
      problems.add(object.get("maxEpochs"), "maxEpochs", "must be above 0");
      return Optional.empty();
    }
    return epochs;
  }

  private Optional<BigDecimal> number(ConfigObject object, String key) {
    ConfigValue value = object.get(key);
    if (value.unwrapped() instanceof Number number) {
      return Optional.of(new BigDecimal(number.toString()));
    }
    problems.add(value, key, "must be a number");
    return Optional.empty();
  }
}
