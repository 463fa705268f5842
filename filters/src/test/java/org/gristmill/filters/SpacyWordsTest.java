package org.gristmill.filters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.gristmill.core.Text;
import org.gristmill.testing.HardTexts;
import org.junit.jupiter.api.Test;

/**
 * Words and sentences as spaCy finds them. {@code spacy-words.jsonl} holds made-up texts with what
 * datatrove 0.10.1 and spaCy 3.8.18 say of them; src/bench/filters compares real ones.
 */
class SpacyWordsTest {
  private record Expected(String text, List<String> words, int sentences) {}

  private static List<String> words(String text) {
    Words words = Scan.of(Text.of(text)).words(Splitter.SPACY);
    List<String> list = new ArrayList<>();
    for (int w = 0; w < words.count(); w++) {
      list.add(words.string(w));
    }
    return list;
  }

  private static int sentences(String text) {
    Scan scan = Scan.of(Text.of(text));
    return SentenceCounter.of(Splitter.SPACY, scan).in(0, scan.bytes().length);
  }

  @Test
  void partsWords() {
    assertEquals(
        List.of("Do", "n't", "pay", "$", "3.50", ",", "“", "Mr.", "X", "”", "!"),
        words("Don't pay $3.50, “Mr. X”!"));
    assertEquals(List.of("_", "_", "_", "_"), words("____"));
    assertEquals(List.of("x", "...", "y"), words("x...y"));
    assertEquals(
        List.of("http://a.com/x-y,z", ",", "a", "-", "b"), words("http://a.com/x-y,z, a-b"));
    assertEquals(List.of("5", "km", "/", "h"), words("5km / h"));
    assertEquals(List.of(), words(" \n\u3000\u00a0\t"));
  }

  @Test
  void agreesWithSpacyOnHardWords() throws IOException {
    List<Expected> all = expected();
    assertTrue(all.size() > 150);
    for (Expected expected : all) {
      assertEquals(expected.words(), words(expected.text()), expected.text());
      assertEquals(expected.sentences(), sentences(expected.text()), expected.text());
    }
  }

  /** Words stand in the text one behind the other, with nothing but white space between. */
  @Test
  void wordsAreTheTextWithoutWhiteSpace() {
    List<String> texts = new ArrayList<>(HardTexts.extreme());
    texts.addAll(HardTexts.random(400, 31));
    texts.addAll(HardTexts.noise(400, 32));
    for (String text : texts) {
      StringBuilder solid = new StringBuilder();
      Text.of(text)
          .toString()
          .codePoints()
          .filter(c -> !isSpace(c))
          .forEach(solid::appendCodePoint);
      assertEquals(solid.toString(), String.join("", words(text)), text);
      Words words = Scan.of(Text.of(text)).words(Splitter.SPACY);
      for (int w = 0; w < words.count(); w++) {
        String word = words.string(w);
        assertEquals(Plain.chars(word), words.chars(w));
        assertEquals(
            word.codePoints().anyMatch(com.ibm.icu.lang.UCharacter::isLetter),
            words.is(w, Words.ALPHABETIC));
      }
    }
  }

  private static boolean isSpace(int cp) {
    return cp < 0x10000 && PythonText.isSpace((char) cp);
  }

  private static List<Expected> expected() throws IOException {
    String all =
        new String(
            SpacyWordsTest.class.getResourceAsStream("spacy-words.jsonl").readAllBytes(),
            StandardCharsets.UTF_8);
    List<Expected> expected = new ArrayList<>();
    for (String line : all.split("\n")) {
      try (JsonParser json = new JsonFactory().createParser(line)) {
        String text = "";
        List<String> words = new ArrayList<>();
        int sentences = 0;
        while (json.nextToken() != null) {
          if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            sentences = json.getIntValue();
          } else if (json.currentToken() == JsonToken.VALUE_STRING) {
            if ("text".equals(json.currentName())) {
              text = json.getText();
            } else {
              words.add(json.getText());
            }
          }
        }
        expected.add(new Expected(text, words, sentences));
      }
    }
    return expected;
  }
}
