package org.gristmill.filters;

import java.util.HashSet;
import java.util.List;
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
  private Set<String> unjudged = NONE;
  private final SortedMap<String, Double> numbers = new TreeMap<>();
  private String broken = "";
  private double measured;
  private double limit;

  /** Rules of the filter of that name, of which each holds for every document. */
  Rules(String filter) {
    this(filter, Limits.AS_SET, Tongue.ENGLISH);
  }

  /** Rules of the filter of that name for a document of some language. */
  Rules(String filter, Limits limits, Tongue tongue) {
    this.filter = filter;
    this.limits = limits;
    this.tongue = tongue;
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

  /** A number that no rule is about. */
  void number(String name, double value) {
    numbers.put(filter + "." + name, value);
  }

  /** A rule that a value passes if it is at least the limit; NaN is none. */
  void atLeast(String rule, double value, double min) {
    number(rule, value);
    if (value < min) {
      broken(rule, value, min);
    }
  }

  /** A rule that a value passes if it is at most the limit; NaN is none. */
  void atMost(String rule, double value, double max) {
    number(rule, value);
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

  Findings findings() {
    return Findings.of(numbers);
  }

  /** The verdict of a filter that rewrites nothing and identifies no language. */
  Verdict verdict() {
    return verdict(findings());
  }

  /** The verdict with these findings, which hold the numbers of the rules. */
  Verdict verdict(Findings findings) {
    return kept()
        ? new Verdict.Keep(findings)
        : new Verdict.Drop(broken, measured, limit, findings);
  }

  /** A share that is 0 where there is nothing to have a share of. */
  static double share(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }
}
