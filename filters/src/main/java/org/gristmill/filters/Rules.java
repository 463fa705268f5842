package org.gristmill.filters;

import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a filter measures and the rules on it, in the order in which they decide: the first broken
 * rule drops the document, the others are still measured.
 */
final class Rules {
  private static final Set<String> NONE = Set.of();

  private final String filter;
  private final Limits limits;
  private final Tongue tongue;
  private final Findings found;
  private Set<String> unjudged = NONE;
  private final SortedMap<String, Double> numbers;
  private String broken = "";
  private double measured;
  private double limit;

  /** Numbers of the filter of that name, none of them measured yet. */
  Rules(String filter) {
    this(filter, Findings.NONE, Limits.AS_SET, Tongue.ENGLISH);
  }

  /** Rules of the filter of that name on what it found, of which each holds for every document. */
  Rules(String filter, Findings found) {
    this(filter, found, Limits.AS_SET, Tongue.ENGLISH);
  }

  /** Rules of the filter of that name on what it found in a document of some language. */
  Rules(String filter, Findings found, Limits limits, Tongue tongue) {
    this.filter = filter;
    this.found = found;
    this.limits = limits;
    this.tongue = tongue;
    this.numbers = new TreeMap<>(found.numbers());
  }

  /**
   * The limit for the document's language; see {@link Limits}.
   *
   * @param set what the setting is
   * @param standing its default
   * @return NaN if there is none for the language
   */
  double limit(String setting, double set, double standing) {
    if (limits == Limits.AS_SET || tongue.code().equals("en") || set != standing) {
      return set;
    }
    double limit = LimitTable.number(filter + "." + setting, tongue, standing);
    if (Double.isNaN(limit)) {
      notJudged(setting);
    }
    return limit;
  }

  /** The list for the document's language; empty if there is none. */
  List<String> list(String setting, List<String> set, List<String> standing) {
    if (limits == Limits.AS_SET || tongue.code().equals("en") || !set.equals(standing)) {
      return set;
    }
    List<String> list = LimitTable.list(filter + "." + setting, tongue, standing);
    if (list.isEmpty()) {
      notJudged(setting);
    }
    return list;
  }

  /** How many limits there are none of for the document's language. */
  void numberUnjudged() {
    number("unjudged", unjudged.size());
  }

  private void notJudged(String setting) {
    unjudged = unjudged == NONE ? new HashSet<>() : unjudged;
    unjudged.add(setting);
  }

  /** A number, which a rule may be about. */
  void number(String name, double value) {
    numbers.put(filter + "." + name, value);
  }

  /** The number of that name, which was measured. */
  double number(String name) {
    Double value = numbers.get(filter + "." + name);
    if (value == null) {
      throw new NoSuchElementException(filter + "." + name + " was not measured");
    }
    return value;
  }

  /** A rule that its number passes if it is at least the limit; NaN is none. */
  void atLeast(String rule, double min) {
    double value = number(rule);
    if (value < min) {
      broken(rule, value, min);
    }
  }

  /** A rule that its number passes if it is at most the limit; NaN is none. */
  void atMost(String rule, double max) {
    double value = number(rule);
    if (value > max) {
      broken(rule, value, max);
    }
  }

  private void broken(String rule, double value, double bound) {
    if (broken.isEmpty()) {
      broken = filter + "." + rule;
      measured = value;
      limit = bound;
    }
  }

  boolean kept() {
    return broken.isEmpty();
  }

  /** What was found, with the numbers of the rules. */
  Findings findings() {
    return new Findings(numbers, found.language(), found.spans());
  }

  /** The verdict of a filter that rewrites nothing. */
  Verdict verdict() {
    return kept()
        ? new Verdict.Keep(findings())
        : new Verdict.Drop(broken, measured, limit, findings());
  }

  /** A share that is 0 where there is nothing to have a share of. */
  static double share(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }
}
