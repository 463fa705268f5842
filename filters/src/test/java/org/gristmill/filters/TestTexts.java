package org.gristmill.filters;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.gristmill.core.Text;

/** Texts made from seeds: the same on every run. */
final class TestTexts {
  private static final List<String> PIECES =
      List.of(
          "the",
          "and",
          "that",
          "of",
          "The",
          "U.S.",
          "don't",
          "3.5",
          "1,000",
          "a_b",
          "x:y",
          "#",
          "...",
          "…",
          "•",
          "-",
          "•",
          "\n",
          "\n",
          "\n\n",
          "\n\n\n",
          " ",
          " ",
          " ",
          "\t",
          "\r\n",
          "\r",
          "\u000b",
          "\u0085",
          "\u2028",
          "\u001c",
          "\u00a0",
          "\u3000",
          ".",
          "!",
          "?",
          "\"",
          "'",
          "\u2019",
          "[1]",
          "[]",
          "[edit]",
          "[citation needed]",
          "[",
          "]",
          "{",
          "}",
          "lorem ipsum",
          "JavaScript",
          "Privacy Policy",
          "use cookies",
          "我喜欢吃苹果",
          "。",
          "因为它很好吃",
          "東京に行きました",
          "ภาษาไทยง่าย",
          "안녕하세요",
          "Привет",
          "שלום",
          "مرحبا بالعالم",
          "\u202e",
          "\u200d",
          "\u200b",
          "e\u0301",
          "\u0301",
          "\u00ad",
          "👨‍👩‍👧‍👦",
          "🇩🇪",
          "𝒳",
          "\uD83D",
          "\uDE00",
          "\u0000",
          "\u0007",
          "\uFEFF",
          "\uFFFD",
          "İ",
          "ß",
          "K",
          "٣",
          "𝟗",
          "[\uD835\uDFD7]",
          "x".repeat(40),
          "one two three four five six seven.",
          "A line of text.");

  private TestTexts() {}

  /** Random texts of up to 60 pieces, some pieces repeated. */
  static List<String> random(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> texts = new ArrayList<>();
    for (int t = 0; t < count; t++) {
      StringBuilder text = new StringBuilder();
      int vocabulary = 1 + random.nextInt(PIECES.size());
      int offset = random.nextInt(PIECES.size());
      boolean spaced = random.nextInt(3) > 0;
      for (int pieces = random.nextInt(120); pieces > 0; pieces--) {
        text.append(PIECES.get((offset + random.nextInt(vocabulary)) % PIECES.size()));
        text.append(spaced ? " " : "");
      }
      texts.add(Text.of(text.toString()).toString());
    }
    return texts;
  }

  /** Random strings of code points, half of them ASCII. */
  static List<String> noise(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> texts = new ArrayList<>();
    for (int t = 0; t < count; t++) {
      StringBuilder text = new StringBuilder();
      int ascii = random.nextInt(5);
      for (int chars = random.nextInt(200); chars > 0; chars--) {
        int limit = random.nextInt(4) < ascii ? 0x80 : random.nextInt(3) == 0 ? 0x110000 : 0x3100;
        text.appendCodePoint(random.nextInt(limit));
      }
      texts.add(Text.of(text.toString()).toString());
    }
    return texts;
  }

  /** Texts that are large or empty in some way. */
  static List<String> extreme() {
    int million = 1_000_000;
    return List.of(
        "",
        " ",
        "\n",
        "\n".repeat(1000),
        "\u0000",
        "a".repeat(million),
        "a b ".repeat(million / 4),
        "\n".repeat(million),
        "漢".repeat(million / 10),
        "ก".repeat(million / 10),
        "\u0301".repeat(million / 10),
        "👨‍👩‍👧‍👦".repeat(10_000),
        "[".repeat(million / 2) + "1" + "]".repeat(million / 2),
        "[1] ".repeat(million / 4),
        "1".repeat(million / 2) + "]".repeat(million / 2),
        "[" + "1".repeat(million / 2) + "]",
        "...".repeat(million / 3),
        "He said so. ".repeat(million / 12));
  }
}
