package org.gristmill.filters;

import static org.gristmill.filters.Judging.assertRefused;
import static org.gristmill.filters.Judging.judge;
import static org.gristmill.filters.Judging.number;
import static org.gristmill.filters.Judging.outcome;
import static org.gristmill.filters.Judging.plain;
import static org.gristmill.filters.Judging.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.gristmill.filters.C4Lines.Rule;
import org.gristmill.testing.HardTexts;
import org.junit.jupiter.api.Test;

class C4LinesTest {
  private static final C4Lines C4 = plain(C4Lines.DATATROVE);
  private static final C4Lines ORIGINAL = plain(C4Lines.ORIGINAL);
  private static final C4Lines ANY_LENGTH = with(C4, "minSentences", 0);
  private static final String FIVE = "This is it. And so on. There is more. Not yet. The end.";

  private static C4Lines without(C4Lines filter, Rule rule) {
    return with(filter, "without", List.of(rule));
  }

  /** The line goes by that rule, while a page with it stays. */
  private static void assertRemoved(C4Lines filter, String rule, String line) {
    String page = FIVE + "\n" + line + "\n" + FIVE;
    assertEquals(FIVE + "\n" + FIVE, outcome(filter, page));
    assertEquals(1, number(filter, page, "c4-lines." + rule + "-lines"));
  }

  private static void assertStays(C4Lines filter, String line) {
    assertEquals(FIVE + "\n" + line, outcome(filter, FIVE + "\n" + line));
  }

  @Test
  void linesEndWithTerminalPunctuation() {
    for (String end : C4.terminals()) {
      assertStays(C4, "So it ends" + end);
    }
    assertRemoved(C4, "no-terminal", "So it does not end");
    assertRemoved(C4, "no-terminal", "So it goes on...");
    assertRemoved(C4, "no-terminal", "So it goes on. [1]");
    assertRemoved(ORIGINAL, "no-terminal", "So it was for five words'");
    assertStays(without(C4, Rule.TERMINAL_PUNCTUATION), "So it does not end");
    C4Lines chinese = with(with(C4, "terminals", List.of("。", "！")), "minWordsPerLine", 1);
    assertEquals("是。不是。\n好！好。就这样吧。", outcome(chinese, "是。不是。\n是吗\n好！好。就这样吧。"));
  }

  @Test
  void linesHaveWords() {
    assertStays(C4, "Three words here.");
    assertRemoved(C4, "few-words", "Two words.");
    assertStays(ORIGINAL, "Five words are in here.");
    assertRemoved(ORIGINAL, "few-words", "Four words in here.");
    assertRemoved(C4, "few-words", "[1] two words.");
  }

  @Test
  void wordsAreNotTooLong() {
    assertStays(C4, "So long: " + "𝒳".repeat(999) + ".");
    assertRemoved(C4, "long-word", "So long: " + "𝒳".repeat(1000) + ".");
    assertRemoved(
        C4,
        "long-word",
        "So it is " + "x".repeat(600) + "[citation needed]" + "x".repeat(600) + ".");
  }

  @Test
  void pagesWithPlaceholdersOrCodeAreDropped() {
    assertEquals("DROP c4-lines.lorem-ipsum-lines", outcome(C4, FIVE + "\nThe Lorem Ipsum text."));
    assertEquals("DROP c4-lines.curly-bracket-lines", outcome(C4, FIVE + "\nif (a) { b; }."));
    assertEquals(FIVE, outcome(C4, FIVE + "\n{"));
    assertStays(without(C4, Rule.LOREM_IPSUM), "The Lorem Ipsum text.");
    assertStays(without(C4, Rule.CURLY_BRACKET), "if (a) { b; }.");
    String both = FIVE + "\nif (a) { b; }.\nThe Lorem Ipsum text.";
    assertEquals("DROP c4-lines.curly-bracket-lines", outcome(C4, both));
    assertEquals(1, number(C4, both, "c4-lines.lorem-ipsum-lines"));
  }

  @Test
  void linesOfBrowsersAndLawyersGo() {
    assertRemoved(C4, "javascript", "Please enable JavaScript now.");
    assertStays(without(C4, Rule.JAVASCRIPT), "Please enable JavaScript now.");
    for (String phrase :
        List.of(
            "terms of use",
            "Privacy Policy",
            "cookie policy",
            "uses cookies",
            "use of cookies",
            "use cookies")) {
      assertRemoved(C4, "policy", "See our " + phrase + " here.");
      assertStays(without(C4, Rule.POLICY), "See our " + phrase + " here.");
    }
  }

  @Test
  void citationsAreRemoved() {
    assertEquals(
        FIVE + "\nIt was so. Or so.",
        outcome(C4, FIVE + "\nIt was[12] so.[citation needed] Or[edit] so[].[3]"));
    assertEquals(FIVE + "\nIt [a] was so.", outcome(C4, FIVE + "\nIt [a] was so[[[1]2]]."));
    assertStays(without(C4, Rule.CITATIONS), "It was so.[3]!");
  }

  @Test
  void pagesHaveSentences() {
    assertInstanceOf(Verdict.Keep.class, judge(C4, FIVE));
    Verdict.Drop drop = (Verdict.Drop) judge(C4, "This is it. And so on. There is more. Not yet.");
    assertEquals("c4-lines.sentences", drop.rule());
    assertEquals(4, drop.measured());
    assertEquals(5, drop.limit());
    String three = "Here are five words now. And five words after that. Then there are five more.";
    assertInstanceOf(Verdict.Keep.class, judge(ORIGINAL, three));
    assertEquals("DROP c4-lines.sentences", outcome(C4, ""));
  }

  @Test
  void settingsHaveBounds() {
    assertRefused(C4, "minWordsPerLine", -1);
    assertRefused(C4, "minSentences", -1);
    assertRefused(C4, "maxWordChars", 0);
    assertRefused(C4, "terminals", List.of());
    assertRefused(C4, "terminals", List.of(".", ""));
  }

  @Test
  void agreesWithThePlainDefinitionAppliedUntilNothingChanges() {
    for (C4Lines filter :
        List.of(C4, ANY_LENGTH, ORIGINAL, without(ANY_LENGTH, Rule.TERMINAL_PUNCTUATION))) {
      HardTexts.random(500, 7).forEach(text -> assertAgrees(filter, text));
      HardTexts.noise(200, 8).forEach(text -> assertAgrees(filter, text));
    }
  }

  private static void assertAgrees(C4Lines filter, String text) {
    String plain = text;
    for (String next = Plain.c4(plain, filter);
        !next.equals(plain) && !plain.startsWith("DROP ");
        next = Plain.c4(plain, filter)) {
      plain = next;
    }
    assertEquals(plain, outcome(filter, text), text);
  }

  @Test
  void agreesWithOnePassOfThePlainDefinitionOnRealTexts() throws IOException {
    int kept = 0;
    for (String text : RealTexts.texts()) {
      String plain = Plain.c4(text, C4);
      assertEquals(plain, outcome(C4, text));
      kept += plain.startsWith("DROP ") ? 0 : 1;
    }
    assertTrue(kept > (RealTexts.ALL ? 100 : 10), kept + " kept");
  }
}
