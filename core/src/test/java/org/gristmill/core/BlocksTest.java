package org.gristmill.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BlocksTest {

  /** A block like any other. */
  @Block(does = "Keeps some words.", version = 3, libraries = "icu")
  public record TwoWords(int minWords, List<String> keep) {
    public TwoWords {
      if (minWords < 0) {
        throw new SettingError("minWords", "must be at least 0, is " + minWords);
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
    SettingError e =
        assertThrows(SettingError.class, () -> Blocks.with(DEFAULTS, Map.of("minWords", -1)));
    assertEquals("minWords must be at least 0, is -1", e.getMessage());
    assertEquals("minWords", e.setting());
    assertEquals("must be at least 0, is -1", e.complaint());
  }

  @Test
  void unknownSettingsAndWrongTypesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Blocks.with(DEFAULTS, Map.of("minWord", 9)));
    assertThrows(
        IllegalArgumentException.class, () -> Blocks.with(DEFAULTS, Map.of("minWords", "9")));
  }

  /** A block with blocks inside. */
  public record Both(TwoWords one, List<TwoWords> more) {}

  @Test
  void factsNameEveryBlockInside() {
    Map<String, String> facts = Blocks.facts(new Both(DEFAULTS, List.of(DEFAULTS)));
    String icu = Libraries.version("icu");
    Map<String, String> expected = new TreeMap<>();
    for (String path : List.of("one", "more[0]")) {
      expected.put(path + "@version", "two-words 3");
      expected.put(path + "@icu", icu);
      expected.put(path + ".minWords", "3");
      expected.put(path + ".keep", "[en]");
    }
    assertEquals(expected, facts);
    assertEquals(Map.of("@version", "two-words 3", "@icu", icu), Blocks.facts(TwoWords.class));
  }

  @Test
  void namesAreKebabCase() {
    assertEquals("two-words", Blocks.name(TwoWords.class));
    assertEquals("text", Blocks.name(Text.class));
  }
}
