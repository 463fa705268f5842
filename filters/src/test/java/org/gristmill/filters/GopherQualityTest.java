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

class GopherQualityTest {
  private static final GopherQuality PAPER = Judging.plain(GopherQuality.PAPER);

  private static String words(int count) {
    return "the and " + "word ".repeat(count - 2);
  }

  @Test
  void wordsFromFiftyToAHundredThousand() {
    assertLimit(PAPER, "gopher-quality.words", words(50), words(49));
    assertLimit(PAPER, "gopher-quality.words", words(100_000), words(100_001));
  }

  @Test
  void symbolsAreNoWordsHere() {
    assertEquals(50, number(PAPER, words(50) + ", ! 。 … 😀 $", "gopher-quality.words"));
  }

  @Test
  void meanWordLengthFromThreeToTen() {
    String three = "the and " + "abc ".repeat(48);
    assertLimit(PAPER, "gopher-quality.mean-word-length", three, three.replaceFirst("abc", "ab"));
    String ten = "the and " + "abcdefghij ".repeat(46) + "abcdefghijklmnopq ".repeat(2);
    assertLimit(PAPER, "gopher-quality.mean-word-length", ten, ten.replaceFirst("q", "qr"));
  }

  @Test
  void hashesAndEllipsesForEachWord() {
    String hashes = words(90) + "# ".repeat(10);
    assertLimit(PAPER, "gopher-quality.hash-ratio", hashes, hashes + "#");
    String ellipses = words(45) + "… ".repeat(10) + words(45);
    assertLimit(PAPER, "gopher-quality.ellipsis-ratio", ellipses, "… " + ellipses);
    assertEquals(
        2.0 / 56, number(PAPER, words(50) + "......", "gopher-quality.ellipsis-ratio"), 1e-12);
  }

  @Test
  void bulletsStartLines() {
    String nine = words(60) + "\n" + " • word\n- word\n-word\n".repeat(3);
    assertLimit(PAPER, "gopher-quality.bullet-lines", nine, "- " + nine);
  }

  @Test
  void ellipsesEndLines() {
    String three = "word... \nword…\nword...\n";
    String seven = "word\n".repeat(6) + words(60);
    assertLimit(PAPER, "gopher-quality.ellipsis-lines", three + seven, "word...\n" + three + seven);
  }

  @Test
  void wordsHaveLetters() {
    String numbers = words(80) + "1234 ".repeat(20);
    assertLimit(PAPER, "gopher-quality.alphabetic-words", numbers, numbers + "5678");
    assertEquals(1, number(PAPER, "汉字 кириллица עברית ไทย", "gopher-quality.alphabetic-words"));
  }

  @Test
  void differentStopWordsByExactCase() {
    assertLimit(PAPER, "gopher-quality.stop-words", words(50), "the the The " + "word ".repeat(50));
    GopherQuality chinese =
        with(with(PAPER, "stopWords", List.of("我", "吃")), "minMeanWordChars", 1.0);
    assertEquals("", rule(chinese, "我喜欢吃苹果。".repeat(20)));
    assertEquals("gopher-quality.stop-words", rule(chinese, "我喜欢红苹果和绿苹果。".repeat(20)));
  }

  @Test
  void everythingIsMeasuredWhateverIsDecided() {
    assertEquals(9, judge(PAPER, "").findings().numbers().size());
    assertEquals("gopher-quality.words", rule(PAPER, ""));
  }

  @Test
  void settingsHaveBounds() {
    assertRefused(PAPER, "minWords", -1);
    assertRefused(PAPER, "minWords", 100_001);
    assertRefused(PAPER, "minMeanWordChars", 11.0);
    assertRefused(PAPER, "maxMeanWordChars", Double.NaN);
    assertRefused(PAPER, "maxHashRatio", -0.1);
    assertRefused(PAPER, "maxEllipsisRatio", Double.POSITIVE_INFINITY);
    assertRefused(PAPER, "maxBulletLines", 1.1);
    assertRefused(PAPER, "maxEllipsisLines", -0.1);
    assertRefused(PAPER, "minAlphabeticWords", 80.0);
    assertRefused(PAPER, "stopWords", List.of("the", ""));
    assertRefused(PAPER, "minStopWords", 9);
  }

  @Test
  void agreesWithThePlainDefinition() {
    for (String text : HardTexts.random(1000, 1)) {
      assertAgrees(text);
    }
    HardTexts.noise(700, 2).forEach(GopherQualityTest::assertAgrees);
  }

  @Test
  void agreesWithThePlainDefinitionOnRealTexts() throws IOException {
    RealTexts.texts().forEach(GopherQualityTest::assertAgrees);
  }

  private static void assertAgrees(String text) {
    assertEquals(
        new TreeMap<>(Plain.gopherQuality(text)), judge(PAPER, text).findings().numbers(), text);
  }
}
