package org.gristmill.sources.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.gristmill.core.Block;
import org.gristmill.core.Blocks;
import org.gristmill.core.Libraries;
import org.gristmill.core.Setting;
import org.gristmill.core.SettingError;
import org.gristmill.sources.Source;
import org.gristmill.sources.csv.Csv;
import org.gristmill.sources.jsonl.Jsonl;
import org.gristmill.sources.web.Web;
import org.gristmill.sources.wiki.Wiki;
import org.junit.jupiter.api.Test;

/** What every registered source must say of itself, and keep. */
class SettingsLawTest {

  private static void settings(BiConsumer<Source, RecordComponent> law) {
    for (Source source : Sources.BY_NAME.values()) {
      for (RecordComponent setting : source.getClass().getRecordComponents()) {
        law.accept(source, setting);
      }
    }
  }

  private static void with(Source source, String setting, Object value) {
    Blocks.with((Record) source, Map.of(setting, value));
  }

  private static void refuses(Source source, String setting, Object value) {
    String what = source.getClass().getSimpleName() + "." + setting + " = " + value;
    SettingError error = assertThrows(SettingError.class, () -> with(source, setting, value), what);
    assertEquals(setting, error.setting(), what);
  }

  @Test
  void everySourceSaysWhatItDoes() {
    Sources.BY_NAME.forEach(
        (name, source) -> {
          Block about = source.getClass().getAnnotation(Block.class);
          assertNotNull(about, name + " has no @Block");
          assertTrue(about.does().endsWith(".") && about.version() >= 1, name);
          for (String library : about.libraries()) {
            assertFalse(Libraries.version(library).startsWith("$"), name + ": " + library);
          }
        });
  }

  @Test
  void everySettingSaysWhatItDecides() {
    settings(
        (source, setting) -> {
          String what = source.getClass().getSimpleName() + "." + setting.getName();
          Setting about = setting.getAnnotation(Setting.class);
          assertNotNull(about, what + " has no @Setting");
          assertTrue(about.does().endsWith("."), what);
          if (setting.getType() == long.class) {
            assertFalse(about.unit().isEmpty(), what + " has no unit");
            assertTrue(about.min() > Double.NEGATIVE_INFINITY, what + " has no least value");
          }
        });
  }

  @Test
  void numbersKeepTheBoundsThatAreTold() {
    settings(
        (source, setting) -> {
          if (setting.getType() != long.class) {
            return;
          }
          Setting about = setting.getAnnotation(Setting.class);
          String name = setting.getName();
          with(source, name, (long) about.min());
          refuses(source, name, (long) about.min() - 1);
          // Without a bound above, the largest number there is must do.
          with(source, name, (long) about.max());
          if (about.max() < Double.POSITIVE_INFINITY) {
            refuses(source, name, (long) about.max() + 1);
          }
        });
  }

  @Test
  void whatIsNoNumberIsNamedToo() {
    refuses(Jsonl.DEFAULTS, "text", "");
    refuses(Jsonl.DEFAULTS, "meta", List.of("a", ""));
    refuses(Csv.DEFAULTS, "text", "");
    refuses(Csv.DEFAULTS, "columns", List.of("a"));
    refuses(Csv.DEFAULTS, "delimiter", "ab");
    refuses(Csv.DEFAULTS, "quote", "“");
    refuses(Web.DEFAULTS, "statuses", List.of("ok"));
    refuses(Wiki.DEFAULTS, "namespaces", List.of("zero"));
  }
}
