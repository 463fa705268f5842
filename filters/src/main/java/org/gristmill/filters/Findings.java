package org.gristmill.filters;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a filter measured.
 *
 * @param numbers finite values by name, each name starting with the filter's name and a dot;
 *     unmodifiable
 * @param language the language the filter identified, empty if it identifies none
 * @param spans what the filter found in the text that it was given, in its order; unmodifiable
 */
public record Findings(SortedMap<String, Double> numbers, String language, List<Span> spans) {
  /**
   * Something found in a text.
   *
   * @param what its kind
   * @param start where it begins, in bytes of UTF-8
   * @param end where it ends, exclusive
   */
  public record Span(String what, int start, int end) {}

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
    spans = List.copyOf(spans);
  }

  /** Findings without spans. */
  public Findings(SortedMap<String, Double> numbers, String language) {
    this(numbers, language, List.of());
  }

  /** Findings of a filter that identifies no language. */
  public static Findings of(Map<String, Double> numbers) {
    return new Findings(new TreeMap<>(numbers), "");
  }
}
