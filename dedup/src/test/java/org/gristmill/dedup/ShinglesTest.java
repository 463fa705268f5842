package org.gristmill.dedup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Arrays;
import java.util.List;
import org.gristmill.core.Text;
import org.gristmill.testing.HardTexts;
import org.junit.jupiter.api.Test;

class ShinglesTest {

  @Test
  void oneForEveryWindow() {
    String text = "one two three four five six seven";
    assertEquals(7, of(text, 1).length);
    assertEquals(3, of(text, 5).length);
    assertEquals(1, of(text, 7).length);
    assertEquals(0, of(text, 8).length);
    assertEquals(0, of("", 5).length);
    assertEquals(0, of(" \n.,;!—「」\0", 5).length);
    assertEquals(7, Shingles.of(Text.of(text), 20).words());
  }

  /** Letter words weigh 2, Hiragana 4, Han 5, and a shingle weighs at least 10. */
  @Test
  void shinglesOfUnspacedScriptsAreShort() {
    assertEquals(6, of("我们在北京学习", 5).length);
    assertEquals(2, of("ひらがな", 5).length);
    assertEquals(3, of("漢字ひらが", 5).length);
    assertEquals(3, of("one two 漢字 three", 5).length);
  }

  /** Each window alone, whatever it slides over. */
  @Test
  void rollingIsHashingEachWindowAlone() {
    List<String> words = List.of("a", "b", "a", "中", "文", "b", "か", "a", "b", "2", "d", "e", "文");
    int[] weights = {2, 2, 2, 5, 5, 2, 4, 2, 2, 2, 2, 2, 5};
    for (int n = 1; n <= 17; n++) {
      long[] all = of(String.join(" ", words), n);
      int found = 0;
      for (int start = 0; start < words.size(); start++) {
        int weight = 0;
        int end = start;
        while (end < words.size() && weight < 2 * n) {
          weight += weights[end++];
        }
        if (weight >= 2 * n) {
          long[] alone = of(String.join(" ", words.subList(start, end)), n);
          assertEquals(alone[0], all[found++]);
        }
      }
      assertEquals(found, all.length);
    }
  }

  @Test
  void digitsCountOrDoNot() {
    Text text = Text.of("in 1984 we saw ٣ of 10,000 cats, in ２０２４ none");
    Shingles shingles = Shingles.of(text, 2);
    assertEquals(shingles.folded().length, shingles.exact().length);
    Shingles zeros = Shingles.of(Text.of("in 0000 we saw 0 of 00,000 cats, in 0000 none"), 2);
    assertArrayEquals(zeros.folded(), shingles.folded());
    assertSame(zeros.folded(), zeros.exact());
    int same = 0;
    for (int i = 0; i < shingles.exact().length; i++) {
      same += shingles.exact()[i] == shingles.folded()[i] ? 1 : 0;
    }
    assertEquals(2, same, "we saw, and cats in");
  }

  @Test
  void orderMatters() {
    assertFalse(Arrays.equals(shingles("a b c d e"), shingles("b a c d e")));
    assertFalse(Arrays.equals(of("ab c", 2), of("a bc", 2)));
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
    assertEquals(7, of("我们在北京，学习！", 1).length);
    assertEquals(2, of("한국어 문장", 1).length);
    assertEquals(4, of("ภาษาไทยไม่มีวรรค", 1).length);
    assertEquals(6, of("ひらがな漢字", 1).length);
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
    return of(text, 5);
  }

  private static long[] of(String text, int n) {
    return Shingles.of(Text.of(text), n).folded();
  }
}
