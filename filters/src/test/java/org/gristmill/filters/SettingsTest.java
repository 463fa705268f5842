package org.gristmill.filters;

import static org.gristmill.filters.Judging.with;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gristmill.core.Blocks;
import org.gristmill.core.laws.SettingLaws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every filter describes itself, and truly. */
class SettingsTest {
  private static final GopherQuality GOPHER =
      with(with(GopherQuality.PAPER, "minWords", 0), "minMeanWordChars", 0.0);

  /** Filters with room at bounds where an order of two settings leaves the defaults none. */
  private static final List<Filter> WIDE =
      List.of(
          new Length(0, Integer.MAX_VALUE),
          GOPHER,
          with(with(GOPHER, "maxWords", Integer.MAX_VALUE), "maxMeanWordChars", Double.MAX_VALUE));

  static Set<Map.Entry<String, Filter>> filters() {
    return Filters.BY_NAME.entrySet();
  }

  @ParameterizedTest
  @MethodSource("filters")
  void annotationsSayWhatTheConstructorDoes(Map.Entry<String, Filter> named) {
    List<Record> blocks = new ArrayList<>(List.of((Record) named.getValue()));
    for (Filter wide : WIDE) {
      if (wide.getClass() == named.getValue().getClass()) {
        blocks.add((Record) wide);
      }
    }
    assertEquals(List.of(), SettingLaws.broken(blocks, Set.of("minStopWords")));
  }

  @Test
  void chainsDescribeThemselves() {
    FilterChain.Step step = new FilterChain.Step(Length.DEFAULT, List.of(), List.of("en"));
    FilterChain chain = new FilterChain(List.of(step));
    assertEquals(List.of(), SettingLaws.broken(List.of(chain), Set.of()));
    assertEquals(
        Map.of(
            "@version", "filter-chain 1",
            "steps[0].filter@version", "length 1",
            "steps[0].filter.minChars", "1",
            "steps[0].filter.maxChars", "10000000",
            "steps[0].languages", "[en]",
            "steps[0].sources", "[]"),
        Blocks.facts(chain));
  }
}
