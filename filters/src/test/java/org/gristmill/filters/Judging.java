package org.gristmill.filters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.gristmill.core.Blocks;
import org.gristmill.core.Document;
import org.gristmill.core.SettingError;
import org.gristmill.core.Text;

/** Short ways of asking a filter about a text. */
final class Judging {
  private Judging() {}

  static Verdict judge(Filter filter, String text) {
    return filter.judge(Document.of("test", Text.of(text)));
  }

  /** The rule that drops the text, empty if none does. */
  static String rule(Filter filter, String text) {
    return judge(filter, text) instanceof Verdict.Drop drop ? drop.rule() : "";
  }

  static double number(Filter filter, String text, String name) {
    return judge(filter, text).findings().numbers().get(name);
  }

  /** A filter like this one with one setting replaced. */
  static <T extends Record> T with(T filter, String setting, Object value) {
    return Blocks.with(filter, Map.of(setting, value));
  }

  /** A filter with Unicode's words and limits that hold for every document. */
  static <T extends Record> T plain(T filter) {
    String words = filter instanceof C4Lines ? "sentences" : "words";
    return Blocks.with(filter, Map.of("limits", Limits.AS_SET, words, Splitter.UNICODE));
  }

  /** What a filter leaves of a text: {@code DROP rule}, or the text after the rewrite. */
  static String outcome(Filter filter, String text) {
    Verdict verdict = judge(filter, text);
    return verdict instanceof Verdict.Drop drop
        ? "DROP " + drop.rule()
        : verdict instanceof Verdict.Rewrite rewrite ? rewrite.text().toString() : text;
  }

  static <T extends Record> void assertRefused(T filter, String setting, Object value) {
    SettingError refusal = assertThrows(SettingError.class, () -> with(filter, setting, value));
    assertEquals(setting, refusal.setting());
  }

  /** The rule passes at a text and breaks at another, and the drop says what broke. */
  static void assertLimit(Filter filter, String rule, String inside, String outside) {
    assertEquals("", rule(filter, inside));
    Verdict.Drop drop = (Verdict.Drop) judge(filter, outside);
    assertEquals(rule, drop.rule());
    assertEquals(drop.measured(), drop.findings().numbers().get(rule));
    double within = number(filter, inside, rule);
    assertTrue(
        drop.measured() > drop.limit() ? within <= drop.limit() : within >= drop.limit(),
        rule + " " + within + " " + drop.limit() + " " + drop.measured());
  }
}
