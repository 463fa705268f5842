package org.gristmill.tokenize;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.gristmill.core.Blocks;
import org.gristmill.core.Libraries;
import org.gristmill.core.laws.SettingLaws;
import org.gristmill.tokenize.objective.Objectives;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every block describes itself, and truly. */
class SettingsTest {
  static Stream<Record> blocks() {
    Stream<Object> registered =
        Stream.concat(Tokenizers.BY_NAME.values().stream(), ShardFormats.BY_NAME.values().stream());
    return Stream.of(
            registered, Objectives.BY_NAME.values().stream(), Stream.of(new Packer(2, 0, 0)))
        .flatMap(blocks -> blocks)
        .map(Record.class::cast);
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void annotationsSayWhatTheConstructorDoes(Record block) {
    assertEquals(List.of(), SettingLaws.broken(List.of(block), Set.of()));
  }

  @Test
  void factsTellTokenizersApart() {
    assertEquals(
        "{@jtokkit="
            + Libraries.version("jtokkit")
            + ", @version=bpe-tokenizer 1, control=[], name=r50k_base}",
        Blocks.facts((Record) Tokenizers.BY_NAME.get("gpt2")).toString());
  }
}
