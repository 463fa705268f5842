package org.gristmill.filters;

import static org.gristmill.filters.Judging.assertLimit;
import static org.gristmill.filters.Judging.assertRefused;
import static org.gristmill.filters.Judging.number;
import static org.gristmill.filters.Judging.rule;
import static org.gristmill.filters.Judging.with;
import static org.gristmill.filters.ListFileTest.list;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gristmill.testing.HardTexts;
import org.junit.jupiter.api.Test;

class BadWordsTest {
  private static final BadWords SOME =
      new BadWords(
          list("mud", "mud pie", "Straße", "café", "水鬼", "ผี", "ばか", "грязь", "x-ray"), 0, 1);

  private static int found(String text) {
    return (int) number(SOME, text, "bad-words.words");
  }

  @Test
  void wordsAreWhole() {
    for (String text :
        List.of(
            "mud",
            "MUD!",
            "(Mud)",
            "no mud",
            "ｍｕｄ",
            "mud\nPIE",
            "mud_",
            "STRASSE",
            "cafe\u0301",
            "Грязь.",
            "an X-Ray",
            "m\u00adud",
            "mud\u200b",
            "<mud>")) {
      assertEquals(1, found(text), text);
    }
    for (String text :
        List.of(
            "",
            "muddy",
            "amud",
            "mud1",
            "m ud",
            "mudé",
            "mud\u0301",
            "cafe",
            "грязью",
            "x ray",
            "муd")) {
      assertEquals(0, found(text), text);
    }
  }

  @Test
  void scriptsWithoutSpacesHaveNoWordsToBeWhole() {
    assertEquals(2, found("他是水鬼吗？水鬼！"));
    assertEquals(1, found("บ้านผีสิง"));
    assertEquals(1, found("おまえばかか"));
    assertEquals(1, found("他吃mud了"));
    assertEquals(0, found("水 鬼"));
  }

  @Test
  void theLongestCountsOnce() {
    assertEquals(1, found("mud pie"));
    assertEquals(2, found("mud pie mud"));
    assertEquals(2, found("mud mud"));
    assertEquals(1, found("mud pies"));
    assertEquals(6.0 / 8, number(SOME, "a mud\u3000pie b", "bad-words.share"));
  }

  @Test
  void limits() {
    assertLimit(SOME, "bad-words.words", "clean", "mud");
    assertLimit(with(SOME, "maxWords", 2), "bad-words.words", "mud mud", "mud mud mud");
    BadWords share = with(with(SOME, "maxWords", 100), "maxShare", 0.5);
    assertLimit(share, "bad-words.share", "mud abc", "mud ab");
    assertEquals("", rule(BadWords.C4, "mud"));
  }

  @Test
  void settingsHaveBounds() {
    assertRefused(SOME, "maxWords", -1);
    assertRefused(SOME, "maxShare", 1.1);
    assertRefused(SOME, "list", list("# nothing"));
    assertRefused(SOME, "list", list("ok", "\u00ad"));
  }

  /** Beside a regular expression, which tries the longest words first. */
  @Test
  void agreesWithARegularExpression() {
    List<String> words = List.of("one", "one two", "two", "a line of text", "three four", "the");
    BadWords filter = new BadWords(list(words.toArray(String[]::new)), 0, 1);
    Pattern plain =
        Pattern.compile(
            "(?<![a-z0-9])(?:a line of text|three four|one two|one|two|the)(?![a-z0-9])");
    SplittableRandom random = new SplittableRandom(51);
    int all = 0;
    for (int round = 0; round < 2_000; round++) {
      StringBuilder text = new StringBuilder();
      String[] some = {"one", "two", "three", "four", "a line of text", "the", "x", ".", "9"};
      for (int i = random.nextInt(30); i > 0; i--) {
        text.append(some[random.nextInt(some.length)]).append(random.nextInt(4) > 0 ? " " : "");
      }
      int expected = 0;
      for (Matcher found = plain.matcher(text); found.find(); ) {
        expected++;
      }
      assertEquals(expected, number(filter, text.toString(), "bad-words.words"), text.toString());
      all += expected;
    }
    assertTrue(all > 5_000, "found " + all);
  }

  /** Nothing of a text is lost or counted twice. */
  @Test
  void sharesAreShares() {
    for (String text : HardTexts.noise(500, 52)) {
      double share = number(SOME, text, "bad-words.share");
      assertTrue(share >= 0 && share <= 1, text);
    }
    assertEquals(1, number(SOME, " mud \n 水鬼 ", "bad-words.share"));
  }
}
