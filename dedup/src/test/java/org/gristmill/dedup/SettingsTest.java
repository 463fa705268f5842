package org.gristmill.dedup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.gristmill.core.Blocks;
import org.gristmill.core.Libraries;
import org.gristmill.core.laws.SettingLaws;
import org.gristmill.dedup.contamination.Decontamination;
import org.gristmill.dedup.contamination.Fingerprint;
import org.gristmill.dedup.contamination.GramSize;
import org.gristmill.dedup.lines.LineDedup;
import org.gristmill.dedup.lines.Rule;
import org.gristmill.dedup.spans.RepeatedSpans;
import org.junit.jupiter.api.Test;

/** Every block describes itself, and truly. */
class SettingsTest {
  @Test
  void annotationsSayWhatTheConstructorDoes() {
    for (List<? extends Record> blocks :
        List.of(
            List.of(MinHash.DEFAULT),
            List.of(GramSize.GPT3, new GramSize(100, 100, 1)),
            List.of(Decontamination.GPT3),
            List.of(Fingerprint.DEFAULT, new Fingerprint(100, 1, 40)),
            List.of(RepeatedSpans.BYTES, new RepeatedSpans(100_000, 1)),
            List.of(new LineDedup(Rule.LINE, 1, 0)))) {
      assertEquals(List.of(), SettingLaws.broken(blocks, Set.of()));
    }
  }

  @Test
  void contentHashesHaveFactsWithoutSettings() {
    assertEquals(
        "{@icu=" + Libraries.version("icu") + ", @version=content-hash 1}",
        Blocks.facts(ContentHash.class).toString());
  }
}
