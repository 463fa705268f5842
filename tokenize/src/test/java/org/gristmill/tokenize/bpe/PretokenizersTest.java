package org.gristmill.tokenize.bpe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.gristmill.testing.HardTexts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scanners beside Java's regular expressions, where those know the characters. */
class PretokenizersTest {
  private static final int[] ALPHABET =
      ("aAbzZsStTdDmMlLvVeErR'''\n\n\r\r   \t\u000b\f\0\u0001\u007f/12.!?-_\u0663\u096f\u216b\u00bd\u4e2d\u5b57"
              + "\u017f\u212a\u0301\u0300\u01c5\u02b0\u00aa\u00df\u00e9\u00c0\u0085\u00a0\u3000"
              + "\u2028\u200d\ufffd\u0e01\u0e31\ud83d\ude00\ud83a\udd00\ud83a\udd22")
          .codePoints()
          .toArray();

  static Stream<String> patterns() {
    return Stream.of(
        Pretokenizers.R50K,
        Pretokenizers.GPT2,
        Pretokenizers.CL100K,
        Pretokenizers.LLAMA3,
        Pretokenizers.QWEN,
        Pretokenizers.QWEN35,
        Pretokenizers.O200K);
  }

  @ParameterizedTest
  @MethodSource("patterns")
  void piecesAreThoseOfThePattern(String pattern) {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(24); n > 0; n--) {
        text.appendCodePoint(ALPHABET[random.nextInt(ALPHABET.length)]);
      }
      assertPieces(pattern, text.toString());
    }
    HardTexts.prose().forEach(text -> assertPieces(pattern, text));
    HardTexts.random(300, 2).forEach(text -> assertPieces(pattern, text));
  }

  /** Every character that Java knows, alone and beside letters, digits and spaces. */
  @ParameterizedTest
  @MethodSource("patterns")
  void everyCharacterIsOfItsClass(String pattern) {
    for (int code = 0; code <= Character.MAX_CODE_POINT; code++) {
      if (Character.isDefined(code) && !(code >= 0xD800 && code < 0xE000)) {
        if (code >= 0x3500 && code < 0xD000 && code % 64 > 0) {
          continue; // ideographs and syllables are all alike
        }
        if (code >= 0x20100 && code % 64 > 0) {
          continue;
        }
        String c = Character.toString(code);
        assertPieces(pattern, c + "a" + c + c + "1" + c + " " + c);
      }
    }
  }

  @Test
  void lettersOfUnicode16AreLetters() {
    for (int code : new int[] {0x0870, 0x1C89, 0xA7CB, 0x10D4A, 0x31350, 0x323AF}) {
      assertTrue((UnicodeClasses.OF[code] & UnicodeClasses.LETTER) != 0);
    }
    assertEquals(0, UnicodeClasses.OF[0xA7CE], "Unicode 17 has a letter here");
    assertEquals(List.of("\u0870", "'s"), cut(Pretokenizers.R50K, "\u0870's"));
  }

  @Test
  void anUnknownPatternIsNamed() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Pretokenizers.of("\\w+")).getMessage();
    assertTrue(message.contains("\\w+"), message);
  }

  private static void assertPieces(String pattern, String text) {
    List<String> expected = PlainBpe.pieces(pattern, text);
    assertEquals(expected, cut(pattern, text), text);
  }

  private static List<String> cut(String pattern, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    List<String> cut = new ArrayList<>();
    int[] end = {0};
    Pretokenizers.of(pattern)
        .cut(
            bytes,
            0,
            bytes.length,
            (same, from, to) -> {
              assertEquals(end[0], from);
              cut.add(new String(bytes, from, to - from, StandardCharsets.UTF_8));
              end[0] = to;
            });
    assertEquals(bytes.length, end[0]);
    return cut;
  }
}
