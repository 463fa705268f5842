package org.gristmill.dedup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.gristmill.core.Blocks;
import org.gristmill.core.Libraries;
import org.gristmill.core.laws.SettingLaws;
import org.junit.jupiter.api.Test;

/** Every block describes itself, and truly. */
class SettingsTest {
  @Test
  void annotationsSayWhatTheConstructorDoes() {
    assertEquals(List.of(), SettingLaws.broken(List.of(MinHash.DEFAULT), Set.of()));
  }

  @Test
  void contentHashesHaveFactsWithoutSettings() {
    assertEquals(
        "{@icu=" + Libraries.version("icu") + ", @version=content-hash 1}",
        Blocks.facts(ContentHash.class).toString());
  }
}
