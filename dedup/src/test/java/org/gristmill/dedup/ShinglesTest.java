package org.gristmill.dedup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.gristmill.core.Text;
import org.gristmill.testing.HardTexts;
import org.junit.jupiter.api.Test;

class ShinglesTest {

  @Test
  void oneForEveryWindow() {
    String text = "one two three four five six seven";
    assertEquals(7, Shingles.of(Text.of(text), 1).length);
    assertEquals(3, Shingles.of(Text.of(text), 5).length);
    assertEquals(1, Shingles.of(Text.of(text), 7).length);
    assertEquals(1, Shingles.of(Text.of(text), 20).length);
    assertEquals(0, Shingles.of(Text.EMPTY, 5).length);
    assertEquals(0, Shingles.of(Text.of(" \n.,;!—「」\0"), 5).length);
  }

  @Test
  void rollingIsHashingEachWindowAlone() {
    List<String> words = List.of("a", "b", "a", "a", "中", "c", "b", "a", "b", "a", "d");
    for (int n = 1; n <= 12; n++) {
      int window = Math.min(n, words.size());
      long[] alone =
          IntStream.rangeClosed(0, words.size() - window)
              .mapToLong(
                  i -> Shingles.of(Text.of(String.join(" ", words.subList(i, i + window))), 12)[0])
              .toArray();
      assertArrayEquals(alone, Shingles.of(Text.of(String.join(" ", words)), n));
    }
  }

  @Test
  void orderMatters() {
    assertFalse(Arrays.equals(shingles("a b c d e"), shingles("b a c d e")));
    assertFalse(Arrays.equals(shingles("ab c"), shingles("a bc")));
  }

  @Test
  void foldsCaseAccentsWidthDigitsAndPunctuation() {
    long[] plain = shingles("the cafe of 0000 people ss");
    assertArrayEquals(plain, shingles("The CAFÉ, of 1984 people: ß!"));
    assertArrayEquals(plain, shingles("  ｔｈｅ cafe\u0301 (of) ２０２４\npeople SS"));
    assertArrayEquals(plain, shingles("the cafe of ٣٤٥٦ people ss"));
  }

  @Test
  void everyScriptHasWords() {
    assertEquals(7, Shingles.of(Text.of("我们在北京，学习！"), 1).length);
    assertEquals(2, Shingles.of(Text.of("한국어 문장"), 1).length);
    assertEquals(4, Shingles.of(Text.of("ภาษาไทยไม่มีวรรค"), 1).length);
    assertEquals(6, Shingles.of(Text.of("ひらがな漢字"), 1).length);
  }

  @Test
  void neverThrows() {
    for (String text : HardTexts.codePoints(2_000, 60)) {
      Shingles.of(Text.of(text), 5);
    }
    for (String unit : List.of("a", "字", "ก", "\uD83D\uDC4D", "\u0301", "가", "ア", "\u200D")) {
      Shingles.of(Text.of(unit.repeat(300_000)), 5);
    }
  }

  private static long[] shingles(String text) {
    return Shingles.of(Text.of(text), 5);
  }
}
