package org.gristmill.filters;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a filter measures and the rules on it, in the order in which they decide: the first broken
 * rule drops the document, the others are still measured.
 */
final class Rules {
  private final String filter;
  private final SortedMap<String, Double> numbers = new TreeMap<>();
  private String broken = "";
  private double measured;
  private double limit;

  /** Rules of the filter of that name. */
  Rules(String filter) {
    this.filter = filter;
  }

  /** A number that no rule is about. */
  void number(String name, double value) {
    numbers.put(filter + "." + name, value);
  }

  /** A rule that a value passes if it is at least the limit. */
  void atLeast(String rule, double value, double min) {
    number(rule, value);
    if (value < min) {
      broken(rule, value, min);
    }
  }

  /** A rule that a value passes if it is at most the limit. */
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
