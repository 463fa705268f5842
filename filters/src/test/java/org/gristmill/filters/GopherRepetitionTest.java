package org.gristmill.filters;

import static org.gristmill.filters.Judging.assertLimit;
import static org.gristmill.filters.Judging.assertRefused;
import static org.gristmill.filters.Judging.judge;
import static org.gristmill.filters.Judging.number;
import static org.gristmill.filters.Judging.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gristmill.core.Blocks;
import org.gristmill.testing.HardTexts;
import org.junit.jupiter.api.Test;

class GopherRepetitionTest {
  private static GopherRepetition limits(
      double paragraphs,
      double paragraphChars,
      double lines,
      double lineChars,
      List<Double> top,
      List<Double> duplicate) {
    return Blocks.with(
        Judging.plain(GopherRepetition.PAPER),
        Map.of(
            "maxDuplicateParagraphs", paragraphs,
            "maxDuplicateParagraphChars", paragraphChars,
            "maxDuplicateLines", lines,
            "maxDuplicateLineChars", lineChars,
            "maxTopNgrams", top,
            "maxDuplicateNgrams", duplicate));
  }

  private static final GopherRepetition PAPER = Judging.plain(GopherRepetition.PAPER);
  private static final GopherRepetition LINES =
      limits(0.30, 0.20, 0.30, 0.20, List.of(), List.of());

  /** Different lines of ten characters. */
  private static List<String> lines(int count) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add("line " + (10_000 + i));
    }
    return lines;
  }

  private static String joined(String separator, int different, String repeated, int times) {
    List<String> pieces = lines(different);
    pieces.addAll(Collections.nCopies(times, repeated));
    return String.join(separator, pieces);
  }

  @Test
  void piecesAfterTheFirstAreDuplicates() {
    assertLimit(
        LINES,
        "gopher-repetition.duplicate-paragraphs",
        joined("\n\n", 6, "x", 4),
        joined("\n\n\n", 5, "x", 5));
    assertLimit(
        LINES,
        "gopher-repetition.duplicate-lines",
        joined("\n", 6, "x", 4),
        joined("\n", 5, "x", 5));
  }

  @Test
  void charactersOfDuplicatesAfterTheFirst() {
    String paragraphs = String.join("\n", lines(100));
    assertLimit(
        LINES,
        "gopher-repetition.duplicate-paragraph-chars",
        between("x".repeat(200), paragraphs),
        between("x".repeat(500), paragraphs));
    assertLimit(
        LINES,
        "gopher-repetition.duplicate-line-chars",
        joined("\n", 70, "y".repeat(200), 2),
        joined("\n", 70, "y".repeat(400), 2));
    assertEquals(
        3.0 / 8, number(LINES, "😀𝒳c\n\n😀𝒳c", "gopher-repetition.duplicate-line-chars"));
  }

  private static String between(String same, String text) {
    return String.join("\n\n", "a", "b", same, text, same);
  }

  @Test
  void topNgramsCountAllTheirCharacters() {
    String text = "a b c a b d a b e f g";
    assertEquals(9.0 / 21, number(PAPER, text, "gopher-repetition.top-2-gram"));
    for (int n = 2; n <= 4; n++) {
      List<Double> exact = new ArrayList<>(Collections.nCopies(3, 100.0));
      String name = "gopher-repetition.top-" + n + "-gram";
      double share = number(PAPER, text, name);
      exact.set(n - 2, share);
      assertEquals("", rule(limits(1, 1, 1, 1, exact, List.of()), text));
      exact.set(n - 2, Math.nextDown(share));
      assertEquals(name, rule(limits(1, 1, 1, 1, exact, List.of()), text));
    }
  }

  @Test
  void ofEquallyFrequentNgramsTheFirstCounts() {
    String first = "xxx yyy z a b xxx yyy c a b";
    assertEquals(2.0 * 7 / first.length(), number(PAPER, first, "gopher-repetition.top-2-gram"));
    assertEquals(3.0 / 9, number(PAPER, "a b ccc d", "gopher-repetition.top-2-gram"));
  }

  @Test
  void duplicateNgramsAreJumpedOver() {
    String five = "aa bb cc dd ee";
    String text = five + " x " + five + " y " + five;
    assertEquals(20.0 / text.length(), number(PAPER, text, "gopher-repetition.duplicate-5-grams"));
    assertEquals(0, number(PAPER, text, "gopher-repetition.duplicate-6-grams"));
    for (int n = 5; n <= 10; n++) {
      String twice = "aa bb cc dd ee ff gg hh ii jj x aa bb cc dd ee ff gg hh ii jj";
      List<Double> exact = new ArrayList<>(Collections.nCopies(6, 100.0));
      String name = "gopher-repetition.duplicate-" + n + "-grams";
      double share = number(PAPER, twice, name);
      assertTrue(share > 0, name);
      exact.set(n - 5, share);
      assertEquals("", rule(limits(1, 1, 1, 1, List.of(), exact), twice));
      exact.set(n - 5, Math.nextDown(share));
      assertEquals(name, rule(limits(1, 1, 1, 1, List.of(), exact), twice));
    }
  }

  @Test
  void duplicateNgramsAreComparedWithoutSpaces() {
    String text = "11 1 1 1 1 x 1 11 1 1 1";
    assertEquals(6.0 / text.length(), number(PAPER, text, "gopher-repetition.duplicate-5-grams"));
  }

  @Test
  void dropsInTheOrderOfTheReference() {
    assertEquals(
        "gopher-repetition.duplicate-paragraphs", rule(PAPER, "I am your father.\n\n".repeat(4)));
    assertEquals("gopher-repetition.duplicate-lines", rule(PAPER, "I am your father.\n".repeat(4)));
    assertEquals("gopher-repetition.top-2-gram", rule(PAPER, "I am Frank, I am Frank, I am Frank"));
  }

  @Test
  void nothingRepeatsNothing() {
    assertEquals("", rule(PAPER, ""));
    assertEquals(14, judge(PAPER, "").findings().numbers().size());
  }

  @Test
  void settingsHaveBounds() {
    assertRefused(PAPER, "maxDuplicateParagraphs", 1.1);
    assertRefused(PAPER, "maxDuplicateParagraphChars", -0.1);
    assertRefused(PAPER, "maxDuplicateLines", Double.NaN);
    assertRefused(PAPER, "maxDuplicateLineChars", 20.0);
    assertRefused(PAPER, "maxTopNgrams", List.of(0.2, -0.1));
    assertRefused(PAPER, "maxDuplicateNgrams", List.of(Double.POSITIVE_INFINITY));
  }

  @Test
  void agreesWithThePlainDefinition() {
    HardTexts.random(1000, 3).forEach(GopherRepetitionTest::assertAgrees);
    HardTexts.noise(700, 4).forEach(GopherRepetitionTest::assertAgrees);
  }

  @Test
  void agreesWithThePlainDefinitionOnRealTexts() throws IOException {
    for (String text : RealTexts.texts()) {
      assertAgrees(
          text.substring(
              0,
              text.offsetByCodePoints(
                  0, Math.min(RealTexts.ALL ? 20_000 : 8_000, PythonText.chars(text)))));
    }
  }

  private static void assertAgrees(String text) {
    assertEquals(
        new TreeMap<>(Plain.gopherRepetition(text)), judge(PAPER, text).findings().numbers(), text);
  }
}
