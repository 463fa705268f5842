package org.gristmill.filters;

import static org.gristmill.filters.Judging.assertRefused;
import static org.gristmill.filters.Judging.judge;
import static org.gristmill.filters.Judging.number;
import static org.gristmill.filters.Judging.rule;
import static org.gristmill.filters.Judging.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gristmill.core.Document;
import org.gristmill.testing.HardTexts;
import org.gristmill.testing.RealFiles;
import org.junit.jupiter.api.Test;

class LanguageTest {
  private static final Language DEFAULT = Language.DEFAULT;
  private static final String ENGLISH =
      "The weather was fine, so they went for a walk in the park.";
  private static final String GERMAN = "Das Wetter war schön, also gingen sie im Park spazieren.";

  private static String language(String text) {
    return judge(DEFAULT, text).findings().language();
  }

  @Test
  void shortTextsInScriptsOfTheirOwn() {
    Map<String, String> expected =
        Map.of(
            "你好",
            "zh",
            "繁體中文",
            "zh",
            "ありがとう",
            "ja",
            "東京に行く",
            "ja",
            "안녕",
            "ko",
            "สวัสดี",
            "th",
            "Γειά",
            "el",
            "გამარჯობა",
            "ka",
            "नमस्ते दुनिया, आप कैसे हैं?",
            "hi",
            "Привет, как у тебя дела?",
            "ru");
    expected.forEach((text, code) -> assertEquals(code, language(text), text));
  }

  @Test
  void textsInSharedScripts() {
    assertEquals("en", language(ENGLISH));
    assertEquals("de", language(GERMAN));
    assertEquals("zh", language("我们使用 Apache Spark 来处理大规模的文本数据。"));
  }

  /** What no language is, and too little of one, does not pass; a sentence does. */
  @Test
  void knowsWhatItDoesNotKnow() {
    List<String> none =
        List.of(
            "Hello",
            "Hello world",
            "def main(args):\n    for i in range(len(args)):\n        print(i, args[i])",
            "int n = 0; while (n < 10) { n++; printf(\"%d\", n); }",
            "12.5 33.1 8.0\n7.7 19.2 4.4",
            "asdf qwer zxcv uiop hjkl bnmt wrtz",
            "Qqxz wvkjh ffrtp zzgkl mmnbv ttrwq xxcvb");
    for (String text : none) {
      assertEquals("language.score", rule(DEFAULT, text), text);
    }
    assertEquals("", rule(DEFAULT, ENGLISH));
    assertEquals("", rule(DEFAULT, GERMAN));
  }

  @Test
  void chineseSaysItsScriptIfAsked() {
    Language variants = with(DEFAULT, "variants", true);
    Map<String, String> expected =
        Map.of(
            "這個國家的語言很豐富。", "zh-hant",
            "这个国家的语言很丰富。", "zh-hans",
            "天上有月", "zh");
    expected.forEach(
        (text, code) -> assertEquals(code, judge(variants, text).findings().language(), text));
    expected.forEach((text, code) -> assertEquals("zh", language(text), text));
    Language chinese = with(with(variants, "keep", List.of("zh")), "minScore", 0.0);
    assertEquals("", rule(chinese, "這個國家的語言很豐富。"));
    Language simplified = with(chinese, "keep", List.of("zh-hans"));
    assertEquals("language.unwanted", rule(simplified, "這個國家的語言很豐富。"));
    assertEquals("", rule(simplified, "这个国家的语言很丰富。"));
  }

  /** Labels are codes, whatever the model calls them. */
  @Test
  void modelsOfFastText() {
    Language sky = with(DEFAULT, "model", FasttextQualityTest.model("softmax.bin"));
    assertEquals("mill", judge(sky, "the mill of stone").findings().language());
    assertEquals("language.unwanted", rule(with(sky, "keep", List.of("sea")), "the mill of stone"));
    assertRefused(sky, "keep", List.of("en"));
  }

  @Test
  void textsWithoutLetters() {
    for (String text : List.of("", " \n", "12:30 – 14:00 €", "\u0301", "😀")) {
      assertEquals(Document.UNDETERMINED, language(text));
      assertEquals("language.score", rule(DEFAULT, text));
      assertEquals(0, number(DEFAULT, text, "language.score"));
    }
  }

  @Test
  void unwantedLanguagesGoFirst() {
    Language english = with(DEFAULT, "keep", List.of("en"));
    assertEquals("", rule(english, ENGLISH));
    assertEquals("language.unwanted", rule(english, GERMAN));
    assertEquals("language.unwanted", rule(english, ""));
  }

  @Test
  void mixedTextsHaveALowScore() {
    String mixed = (ENGLISH + " ").repeat(40) + (GERMAN + " ").repeat(35);
    double score = number(DEFAULT, mixed, "language.score");
    assertTrue(score > 0.4 && score < 0.65, "score " + score);
    assertEquals("language.score", rule(DEFAULT, mixed));
    assertEquals("", rule(with(DEFAULT, "minScore", score), mixed));
    assertEquals("language.score", rule(with(DEFAULT, "minScore", Math.nextUp(score)), mixed));
  }

  /** Names and numbers beside a text do not make it less sure, but its share less. */
  @Test
  void namesAndNumbersLeaveTheScore() {
    String names = "Qzvk TX-4080 Wjrbk 16GB Fnordq Zyxgla Kwpv RTX Brvqst 32mm Jxqo Hvmzk\n";
    String prose = (ENGLISH + " ").repeat(40);
    String text = prose + names.repeat(prose.length() * 3 / 4 / names.length());
    double share = number(DEFAULT, text, "language.share");
    assertEquals("", rule(DEFAULT, text));
    assertTrue(number(DEFAULT, text, "language.score") > 0.9);
    assertTrue(share > 0.4 && share < 0.75, "share " + share);
    assertEquals("language.score", rule(DEFAULT, names.repeat(40)));
    assertEquals("language.score", rule(DEFAULT, prose + names.repeat(150)));
  }

  /** Programs have English words too, but not the marks of English. */
  @Test
  void programsDoNotPass() {
    String line = "if (the.weather() == FINE) { walk(theyWent, park); } // and so they went\n";
    assertEquals("language.score", rule(DEFAULT, line.repeat(30)));
    assertEquals("", rule(DEFAULT, line.replaceAll("[^a-zA-Z ]", "").repeat(30)));
  }

  @Test
  void looksAtBeginningMiddleAndEnd() {
    Language three = with(DEFAULT, "sampleChars", 1200);
    String french = "Il faisait beau, alors ils sont allés se promener dans le parc. ";
    String text = GERMAN.repeat(100) + ENGLISH.repeat(100) + french.repeat(100);
    assertEquals(1.0 / 3, number(three, text, "language.score"), 0.03);
    assertTrue(number(three, GERMAN.repeat(300), "language.score") > 0.99);
  }

  @Test
  void settingsHaveBounds() {
    assertRefused(DEFAULT, "keep", List.of("en", "zh-cn"));
    assertRefused(DEFAULT, "keep", List.of("xx"));
    assertRefused(DEFAULT, "keep", List.of("nb"));
    assertRefused(DEFAULT, "minScore", 65.0);
    assertRefused(DEFAULT, "sampleChars", 99);
  }

  @Test
  void codesAreThoseOfTheModel() {
    assertTrue(Language.CODES.containsAll(List.of("de", "en", "hi", "ja", "no", "zh")));
    assertFalse(Language.CODES.contains(Document.UNDETERMINED));
    assertThrows(UnsupportedOperationException.class, () -> Language.CODES.clear());
    HardTexts.prose().stream()
        .map(LanguageTest::language)
        .filter(code -> !code.equals(Document.UNDETERMINED))
        .forEach(code -> assertTrue(Language.CODES.contains(code), code));
  }

  /** Single sentences, and ten together, of every language that the model knows. */
  @Test
  void newsSentences() throws IOException {
    Map<String, String> shares = new TreeMap<>();
    int sentences = 0;
    int rightSentences = 0;
    int tens = 0;
    int rightTens = 0;
    for (Path file : RealFiles.files("multilingual/lingua-sentences")) {
      String name = file.getFileName().toString().substring(0, 2);
      String code = List.of("nb", "nn").contains(name) ? "no" : name;
      if (!Language.CODES.contains(code)) {
        continue;
      }
      List<String> all = RealTexts.read(file).lines().filter(line -> !line.isBlank()).toList();
      int right = 0;
      int rightTogether = 0;
      for (int i = 0; i < all.size(); i++) {
        right += language(all.get(i)).equals(code) ? 1 : 0;
        if (i % 10 == 9) {
          tens++;
          rightTogether +=
              language(String.join("\n", all.subList(i - 9, i + 1))).equals(code) ? 1 : 0;
        }
      }
      sentences += all.size();
      rightSentences += right;
      rightTens += rightTogether;
      shares.put(name, right + "/" + all.size() + ", " + rightTogether + "/" + all.size() / 10);
    }
    System.out.println("right single, right ten together: " + shares);
    assertTrue(rightSentences > 0.96 * sentences, rightSentences + " of " + sentences);
    assertTrue(rightTens > 0.975 * tens, rightTens + " of " + tens);
  }
}
