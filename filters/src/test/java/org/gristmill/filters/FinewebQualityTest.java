package org.gristmill.filters;

import static org.gristmill.filters.Judging.assertLimit;
import static org.gristmill.filters.Judging.assertRefused;
import static org.gristmill.filters.Judging.judge;
import static org.gristmill.filters.Judging.number;
import static org.gristmill.filters.Judging.rule;
import static org.gristmill.filters.Judging.with;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import org.gristmill.testing.HardTexts;
import org.junit.jupiter.api.Test;

class FinewebQualityTest {
  private static final FinewebQuality PAPER = Judging.plain(FinewebQuality.PAPER);

  /** Different lines of more than 30 characters, the first of them ending with a full stop. */
  private static String lines(int terminated, int open) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < terminated + open; i++) {
      text.append("this is number " + (1000 + i) + " of some longer lines");
      text.append(i < terminated ? ".\n" : "\n");
    }
    return text.toString();
  }

  @Test
  void linesEndWithTerminals() {
    assertLimit(PAPER, "fineweb-quality.terminal-lines", lines(12, 88), lines(11, 89));
    assertEquals(1, number(PAPER, "是。\nはい！\nहाँ।\nنعم؟", "fineweb-quality.terminal-lines"));
    assertEquals(0, number(PAPER, "no\"\nno…\nno)", "fineweb-quality.terminal-lines"));
  }

  @Test
  void terminalsCanBeChosen() {
    FinewebQuality quotes = with(PAPER, "terminals", List.of("\"", "'"));
    assertEquals(0.5, number(quotes, "no.\nyes\"", "fineweb-quality.terminal-lines"));
  }

  @Test
  void shortLinesHaveThirtyCharacters() {
    String thirty = "𝒳".repeat(26) + " 10.";
    assertEquals(30, PythonText.chars(thirty));
    StringBuilder inside = new StringBuilder();
    for (int i = 0; i < 67; i++) {
      inside.append("a b c d e f g h i j ").append(100 + i).append(".\n");
    }
    assertLimit(
        PAPER,
        "fineweb-quality.short-lines",
        inside + lines(33, 0),
        inside + "one more short line.\n" + lines(33, 0));
    assertEquals(1, number(PAPER, thirty, "fineweb-quality.short-lines"));
    assertEquals(0, number(PAPER, thirty + "!", "fineweb-quality.short-lines"));
  }

  @Test
  void duplicateLinesOverTextWithoutLineFeeds() {
    String same = "x".repeat(31) + ".\n";
    assertLimit(
        PAPER,
        "fineweb-quality.duplicate-line-chars",
        same + same + "word ".repeat(627) + ".",
        same + same + "word ".repeat(626) + ".");
  }

  @Test
  void newlinesForEachWord() {
    assertLimit(
        PAPER,
        "fineweb-quality.newline-ratio",
        "One two three four five six seven eight nine.\n\n\nEnd",
        "One two three four five six seven eight nine.\n\n\n\nEnd");
  }

  @Test
  void blankTextHasNoLines() {
    assertEquals("fineweb-quality.lines", rule(PAPER, ""));
    assertEquals("fineweb-quality.lines", rule(PAPER, " \n\u3000\n"));
    assertEquals(6, judge(PAPER, "").findings().numbers().size());
  }

  @Test
  void settingsHaveBounds() {
    assertRefused(PAPER, "minTerminalLines", 1.1);
    assertRefused(PAPER, "maxShortLines", -0.1);
    assertRefused(PAPER, "shortLineChars", -1);
    assertRefused(PAPER, "maxDuplicateLineChars", Double.NaN);
    assertRefused(PAPER, "maxNewlineRatio", -0.1);
    assertRefused(PAPER, "terminals", List.of(""));
  }

  @Test
  void agreesWithThePlainDefinition() {
    HardTexts.random(1000, 5).forEach(FinewebQualityTest::assertAgrees);
    HardTexts.noise(700, 6).forEach(FinewebQualityTest::assertAgrees);
  }

  @Test
  void agreesWithThePlainDefinitionOnRealTexts() throws IOException {
    RealTexts.texts().forEach(FinewebQualityTest::assertAgrees);
  }

  private static void assertAgrees(String text) {
    assertEquals(
        new TreeMap<>(Plain.finewebQuality(text)), judge(PAPER, text).findings().numbers(), text);
  }
}
