package org.gristmill.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.gristmill.core.Hash;
import org.gristmill.core.Text;

/** Texts that are hard on whoever reads them, some made from seeds; the same on every run. */
public final class HardTexts {
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

  private HardTexts() {}

  /** Random texts of up to 60 pieces, some pieces repeated. */
  public static List<String> random(int count, long seed) {
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
  public static List<String> noise(int count, long seed) {
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

  /**
   * Strings of fewer than so many code points of every size, halves of surrogate pairs among them.
   */
  public static List<String> codePoints(int count, int longest) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = 0; j < i % longest; j++) {
        long random = Hash.xx64(i, Integer.toString(j));
        int bits = 5 + (int) (random >>> 60);
        text.appendCodePoint((int) ((random & (1 << bits) - 1) % 0x110000));
      }
      texts.add(text.toString());
    }
    return texts;
  }

  /** A few sentences each in languages of many scripts, written for these tests. */
  public static List<String> prose() {
    return List.of(
        "The mill stands by the river. It has been grinding corn since the days of our"
            + " grandparents, and the miller says that it will go on to do so. Be that as it may,"
            + " we have seen the wheel stop twice with our own eyes!",
        "- Wheat, 3.5 tons\n- Rye, 1,000 bags\n- Oats...\n\nPlease enable JavaScript.\nThe list"
            + " of goods is kept by the clerk.[1]\nSee our privacy policy.",
        "Die Mühle steht am Fluß. Sie mahlt seit vielen Jahren Korn, und der Müller hört nicht auf.",
        "Le moulin est près de la rivière. On y moud du blé depuis longtemps, n'est-ce pas ?",
        "El molino está junto al río. ¿Cuántos años lleva moliendo? Nadie lo sabe.",
        "Mölla ligger ved elva. Den har malt korn i mange år, og mølleren er gammel.",
        "Młyn stoi nad rzeką. Od wielu lat miele się w nim zboże.",
        "Değirmen nehrin kenarındadır. İçinde yıllardır buğday öğütülür.",
        "Мельница стоит у реки. Уже много лет в ней мелют зерно.",
        "Млинът е до реката. Там мелят жито от много години.",
        "Ο μύλος είναι δίπλα στο ποτάμι. Αλέθει σιτάρι εδώ και πολλά χρόνια.",
        "הטחנה עומדת ליד הנהר. כבר שנים רבות טוחנים בה חיטה.",
        "تقع الطاحونة بجانب النهر. تطحن القمح منذ سنوات عديدة.",
        "آسیاب کنار رودخانه است. سال‌هاست که در آن گندم آسیاب می‌کنند.",
        "चक्की नदी के किनारे है। यहाँ कई वर्षों से गेहूँ पीसा जाता है।",
        "নদীর ধারে একটি কল আছে। সেখানে অনেক বছর ধরে গম ভাঙা হয়।",
        "ஆற்றின் அருகே ஆலை உள்ளது. பல ஆண்டுகளாக கோதுமை அரைக்கப்படுகிறது.",
        "โรงสีอยู่ริมแม่น้ำ ที่นี่สีข้าวมาหลายปีแล้ว",
        "រោងម៉ាស៊ីននៅក្បែរទន្លេ។ គេកិនស្រូវជាច្រើនឆ្នាំមកហើយ។",
        "စက်ရုံသည် မြစ်ဘေးတွင် ရှိသည်။",
        "水磨在河边。人们在这里磨了很多年的面粉。你见过它吗？",
        "水車小屋は川のそばにあります。もう何年も小麦をひいています。",
        "방앗간은 강가에 있다. 오랫동안 밀을 빻아 왔다.",
        "წისქვილი მდინარესთან დგას. აქ დიდი ხანია ხორბალს ფქვავენ.",
        "Ջրաղացը գետի մոտ է։ Այստեղ շատ տարիներ ցորեն են աղում։",
        "Cối xay nằm bên bờ sông. Người ta xay lúa ở đây đã nhiều năm.",
        "def mill(grain):\n\t# grind\n    if not grain:\n        return {}\n    return flour[0] * 2",
        "👨‍👩‍👧‍👦 went to the mill 🇩🇪 at 7:30… and 𝒳 was there, too #mill #river");
  }

  /** Texts that are large or empty in some way. */
  public static List<String> extreme() {
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
