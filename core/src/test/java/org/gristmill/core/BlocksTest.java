package org.gristmill.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BlocksTest {

  /** A block like any other. */
  public record TwoWords(int minWords, List<String> keep) {
    public TwoWords {
      if (minWords < 0) {
        throw new IllegalArgumentException("minWords must be at least 0, is " + minWords);
      }
      keep = List.copyOf(keep);
    }
  }

  private static final TwoWords DEFAULTS = new TwoWords(3, List.of("en"));

  @Test
  void settingsComeInOrder() {
    Map<String, Object> settings = Blocks.settings(DEFAULTS);
    assertEquals(List.of("minWords", "keep"), List.copyOf(settings.keySet()));
    assertEquals(List.of(3, List.of("en")), List.copyOf(settings.values()));
  }

  @Test
  void withReplacesAndKeepsTheRest() {
    assertEquals(DEFAULTS, Blocks.with(DEFAULTS, Map.of()));
    assertEquals(new TwoWords(9, List.of("en")), Blocks.with(DEFAULTS, Map.of("minWords", 9)));
  }

  @Test
  void badValuesSayWhatTheConstructorSays() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> Blocks.with(DEFAULTS, Map.of("minWords", -1)));
    assertEquals("minWords must be at least 0, is -1", e.getMessage());
  }

  @Test
  void unknownSettingsAndWrongTypesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Blocks.with(DEFAULTS, Map.of("minWord", 9)));
    assertThrows(
        IllegalArgumentException.class, () -> Blocks.with(DEFAULTS, Map.of("minWords", "9")));
  }

  @Test
  void namesAreKebabCase() {
    assertEquals("two-words", Blocks.name(TwoWords.class));
    assertEquals("text", Blocks.name(Text.class));
  }
}
