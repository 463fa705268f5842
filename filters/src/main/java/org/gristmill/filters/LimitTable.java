package org.gristmill.filters;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The limits of languages other than English: {@code limits.tsv}, whose head says how to read it.
 */
final class LimitTable {
  private static final String ANY = "*";
  private static final String SPACED = "spaced";
  private static final String UNSPACED = "unspaced";
  private static final String NONE = "none";
  private static final String TWICE = "2x";
  private static final String DEFAULT = "default";
  private static final LimitTable TABLE = new LimitTable(Resources.lines("limits.tsv"));

  private final Map<String, Map<String, String>> byName = new HashMap<>();

  private LimitTable(List<String> lines) {
    for (String line : lines) {
      String[] columns = line.split("\t");
      if (columns.length != 4) {
        throw new IllegalStateException("limits.tsv: four columns, not " + line);
      }
      byName.computeIfAbsent(columns[0], n -> new HashMap<>()).put(columns[1], columns[2]);
    }
  }

  /** What the table says of a limit for a language; empty if nothing. */
  private Optional<String> value(String name, Tongue tongue) {
    Map<String, String> languages = byName.getOrDefault(name, Map.of());
    for (String key : List.of(tongue.code(), tongue.unspaced() ? UNSPACED : SPACED, ANY)) {
      if (languages.containsKey(key)) {
        return Optional.of(languages.get(key));
      }
    }
    return Optional.empty();
  }

  /**
   * The limit for a language.
   *
   * @param name filter, a dot, the setting
   * @param standing the default, which is for English
   * @return NaN if there is none for the language
   */
  static double number(String name, Tongue tongue, double standing) {
    return TABLE.value(name, tongue).map(v -> number(v, standing)).orElse(Double.NaN);
  }

  private static double number(String value, double standing) {
    return switch (value) {
      case DEFAULT -> standing;
      case NONE -> Double.NaN;
      case TWICE -> 2 * standing;
      default -> Double.parseDouble(value);
    };
  }

  /** A list for a language, the default one if the table has none. */
  static List<String> list(String name, Tongue tongue, List<String> standing) {
    return TABLE
        .value(name, tongue)
        .filter(v -> !v.equals(DEFAULT))
        .map(v -> v.equals(NONE) ? List.<String>of() : List.of(v.split(" ")))
        .orElse(standing);
  }
}
