package org.gristmill.filters;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a filter measured.
 *
 * @param numbers finite values by name, each name starting with the filter's name and a dot;
 *     unmodifiable
 * @param language the language the filter identified, empty if it identifies none
 */
public record Findings(SortedMap<String, Double> numbers, String language) {
  /** Nothing measured. */
  public static final Findings NONE = new Findings(new TreeMap<>(), "");

  public Findings {
    numbers.forEach(
        (name, value) -> {
          if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " is " + value);
          }
        });
    numbers = Collections.unmodifiableSortedMap(new TreeMap<>(numbers));
  }

  /** Findings of a filter that identifies no language. */
  public static Findings of(Map<String, Double> numbers) {
    return new Findings(new TreeMap<>(numbers), "");
  }
}
