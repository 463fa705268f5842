package org.gristmill.filters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.gristmill.core.Text;
import org.gristmill.testing.HardTexts;
import org.junit.jupiter.api.Test;

class WordsTest {
  private static Words of(String text) {
    return Scan.of(Text.of(text)).words(Splitter.UNICODE);
  }

  private static List<String> words(String text) {
    Words words = of(text);
    List<String> list = new ArrayList<>();
    for (int w = 0; w < words.count(); w++) {
      list.add(words.string(w));
      assertEquals(Plain.chars(words.string(w)), words.chars(w));
    }
    return list;
  }

  @Test
  void splitsEveryScript() {
    assertEquals(
        List.of("Don't", "pay", "$", "3.50", ",", "“", "Mr", ".", "X", "”", "!"),
        words("Don't pay $3.50, “Mr. X”!"));
    assertEquals(List.of("我", "喜欢", "吃", "苹果", "。"), words("我喜欢吃苹果。"));
    assertEquals(List.of("ภาษา", "ไทย", "ง่าย"), words("ภาษาไทยง่าย"));
    assertEquals(List.of(), words(" \n\u3000\u00a0\t"));
  }

  @Test
  void symbolsAndLetters() {
    Words words = of("a1 12 -- 。 😀 é 汉 _ $");
    List<Boolean> symbols = new ArrayList<>();
    List<Boolean> letters = new ArrayList<>();
    for (int w = 0; w < words.count(); w++) {
      symbols.add(words.is(w, Words.SYMBOL));
      letters.add(words.is(w, Words.ALPHABETIC));
    }
    boolean t = true;
    boolean f = false;
    assertEquals(List.of(f, f, t, t, t, t, f, f, t, t), symbols);
    assertEquals(List.of(t, f, f, f, f, f, t, t, f, f), letters);
    assertFalse(of("\u0301").is(0, Words.SYMBOL));
    assertTrue(of("\u0007").is(0, Words.SYMBOL));
  }

  @Test
  void plainPathAgreesWithIcuOnAscii() {
    SplittableRandom random = new SplittableRandom(9);
    String often = "ab12._'\",;:-/ \n\t";
    for (int t = 0; t < 20_000; t++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(40); i > 0; i--) {
        text.append(
            random.nextInt(3) == 0
                ? (char) random.nextInt(0x80)
                : often.charAt(random.nextInt(often.length())));
      }
      assertEquals(Plain.words(text.toString()), words(text.toString()), text.toString());
    }
  }

  @Test
  void bothPathsMeetWithoutASeam() {
    for (String text : HardTexts.random(1500, 10)) {
      assertEquals(Plain.words(text), words(text), text);
    }
    for (String text : HardTexts.noise(6000, 11)) {
      assertEquals(Plain.words(text), words(text), text);
    }
  }

  @Test
  void agreesWithIcuOnRealTexts() throws IOException {
    for (String text : RealTexts.texts()) {
      assertEquals(Plain.words(text), words(text));
    }
  }
}
