package org.gristmill.dedup.contamination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.gristmill.core.Text;
import org.gristmill.testing.HardTexts;
import org.junit.jupiter.api.Test;

class UnitsTest {
  @Test
  void sameAsTheWholeTextNormalized() {
    List<String> texts = new ArrayList<>(HardTexts.prose());
    texts.addAll(HardTexts.random(200, 11));
    texts.addAll(HardTexts.noise(200, 12));
    texts.addAll(HardTexts.codePoints(400, 40));
    for (String hard : texts) {
      Text text = Text.of(hard);
      Units units = Units.of(text);
      List<String> plain = PlainUnits.of(text.toString());
      assertEquals(plain.size(), units.size(), hard);
      for (int i = 0; i < plain.size(); i++) {
        assertEquals(one(plain.get(i)), units.hash(i), hard);
      }
      placesHold(text, units);
    }
  }

  @Test
  void extremeTextsTakeLinearTime() {
    for (String extreme : HardTexts.extreme()) {
      Text text = Text.of(extreme);
      placesHold(text, Units.of(text));
    }
    Text marks = Text.of("a" + "\u0316\u0301".repeat(300_000));
    placesHold(marks, Units.of(marks));
    assertEquals(1, Units.of(marks).size());
  }

  /** What editions of one text differ in. */
  @Test
  void editionsAreOne() {
    String plain = "The miller's 2 sons don't pay 1,000 dollars, said Zoe: 3.5 is 50% of it";
    for (String edition :
        List.of(
            plain.toUpperCase(java.util.Locale.ROOT),
            plain.replace(" ", "\n   "),
            plain.replace("'", "\u2019"),
            plain.replace("'", ""),
            plain.replace(",", ""),
            plain.replace(" ", "\u00a0"),
            plain.replace("miller", "mil\u00adler"),
            "# **" + plain.replace(" ", "** *") + "*",
            "> `" + plain.replace(" ", "` _") + "_|",
            wide(plain))) {
      assertEquals(hashes(plain), hashes(edition), edition);
    }
    assertEquals(hashes("什么是 AI？第3个"), hashes("**什 么 是**ＡＩ,第３个。"));
    assertEquals(hashes("ガギグ ﾊﾟｰﾃｨｰ"), hashes("ｶﾞｷﾞｸﾞパーティー"));
    assertEquals(hashes("caf\u00e9"), hashes("cafe\u0301"));
    assertNotEquals(hashes("10 00"), hashes("1,000"));
    assertNotEquals(hashes("1,00"), hashes("100"));
    assertNotEquals(hashes("ab c"), hashes("a bc"));
  }

  @Test
  void unitsOfScriptsWithoutSpacesAreCharacters() {
    assertEquals(6, Units.of(Text.of("什么是ＡＩ吗 ok")).size());
    assertTrue(Units.of(Text.of("什么是 AI")).unspaced());
    assertFalse(Units.of(Text.of("AI is 什 what")).unspaced());
    assertFalse(Units.of(Text.of("방앗간은 강가에 있다")).unspaced());
    assertFalse(Units.of(Text.EMPTY).unspaced());
    assertEquals(3, Units.of(Text.of("방앗간은 강가에 있다")).size());
    assertEquals(3, Units.of(Text.of("โรงสี")).size() - 1);
  }

  private static long one(String unit) {
    Units units = Units.of(Text.of(unit));
    assertEquals(1, units.size(), unit);
    return units.hash(0);
  }

  private static List<Long> hashes(String text) {
    Units units = Units.of(Text.of(text));
    return LongStream.range(0, units.size()).map(i -> units.hash((int) i)).boxed().toList();
  }

  private static void placesHold(Text text, Units units) {
    byte[] utf8 = text.bytes();
    for (int i = 0; i < units.size(); i++) {
      assertTrue(units.from(i) < units.to(i) && units.to(i) <= utf8.length);
      assertTrue(i == 0 || units.from(i) >= units.from(i - 1));
      for (int at : new int[] {units.from(i), units.to(i)}) {
        assertTrue(at == utf8.length || (utf8[at] & 0xC0) != 0x80, "inside a character");
      }
    }
  }

  private static String wide(String text) {
    StringBuilder wide = new StringBuilder();
    IntStream.range(0, text.length())
        .map(text::charAt)
        .map(c -> c == ' ' ? 0x3000 : c + 0xFEE0)
        .forEach(wide::appendCodePoint);
    return wide.toString();
  }
}
