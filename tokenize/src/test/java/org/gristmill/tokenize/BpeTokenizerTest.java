package org.gristmill.tokenize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gristmill.core.Hash;
import org.gristmill.core.Text;
import org.gristmill.testing.HardTexts;
import org.gristmill.testing.Laws;
import org.gristmill.testing.RealFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BpeTokenizerTest {

  @ParameterizedTest
  @CsvSource({
    "gpt2, r50k_base, 50257, 50256",
    "r50k_base, r50k_base, 50257, 50256",
    "p50k_base, p50k_base, 50281, 50256",
    "cl100k_base, cl100k_base, 100277, 100257",
    "o200k_base, o200k_base, 200019, 199999"
  })
  void factsAreOpenAis(String key, String name, int size, int end) {
    Tokenizer tokenizer = Tokenizers.BY_NAME.get(key);
    assertEquals(name, tokenizer.name());
    assertEquals(size, tokenizer.vocabularySize());
    assertEquals(end, tokenizer.endOfDocument());
    assertEquals("<|endoftext|>", tokenizer.decode(new int[] {end}).toString());
  }

  /** Ids from the documentation of OpenAI's own tiktoken and from its output. */
  @Test
  void knownIds() {
    assertArrayEquals(new int[] {15339, 1917}, encode("cl100k_base", "hello world"));
    assertArrayEquals(new int[] {31373, 995}, encode("r50k_base", "hello world"));
    assertArrayEquals(new int[] {24912, 2375}, encode("o200k_base", "hello world"));
  }

  /** The hashes are those that tiktoken 0.14 expects of its downloads. */
  @ParameterizedTest
  @CsvSource({
    "r50k_base, 306cd27f03c1a714eca7108e03d66b7dc042abe8c258b44c199a7ed9838dd930",
    "p50k_base, 94b5ca7dff4d00767bc256fdd1b27e5b17361d7b8a5f968547f9f23eb70d2069",
    "cl100k_base, 223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7",
    "o200k_base, 446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"
  })
  void rankFilesAreOpenAis(String name, String hash) throws IOException {
    try (InputStream in = Encodings.class.getResourceAsStream(name + ".tiktoken")) {
      assertEquals(hash, Hash.sha256Hex(in.readAllBytes()));
    }
  }

  /** The peer knows Unicode 13, and so all characters here. */
  @ParameterizedTest
  @ValueSource(strings = {"r50k_base", "p50k_base", "cl100k_base", "o200k_base"})
  void idsAreJtokkits(String name) {
    Encoding peer = Encodings.newLazyEncodingRegistry().getEncoding(name).orElseThrow();
    List<String> texts = new ArrayList<>(HardTexts.prose());
    texts.addAll(HardTexts.random(200, 3));
    for (String text : texts) {
      assertArrayEquals(peer.encodeOrdinary(text).toArray(), encode(name, text), text);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"r50k_base", "p50k_base", "cl100k_base", "o200k_base"})
  void goldIds(String name) throws IOException {
    String csv = Files.readString(RealFiles.path("tokenizers/gold/" + name + "_encodings.csv"));
    List<List<String>> rows = parse(csv);
    assertTrue(rows.size() > 200);
    for (List<String> row : rows.subList(1, rows.size())) {
      int[] gold =
          Arrays.stream(row.get(1).split("[^0-9]+"))
              .filter(s -> !s.isEmpty())
              .mapToInt(Integer::parseInt)
              .toArray();
      assertArrayEquals(gold, encode(name, row.get(0)), row.get(0));
      assertEquals(row.get(0), Tokenizers.BY_NAME.get(name).decode(gold).toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"r50k_base", "p50k_base", "cl100k_base", "o200k_base"})
  void decodingGivesTheTextBack(String name) {
    Tokenizer tokenizer = Tokenizers.BY_NAME.get(name);
    for (String string : nasty()) {
      Text text = Text.of(string);
      int[] tokens = tokenizer.encode(text);
      assertEquals(text, tokenizer.decode(tokens));
      for (int token : tokens) {
        assertTrue(token >= 0 && token < tokenizer.vocabularySize());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"r50k_base", "p50k_base", "cl100k_base", "o200k_base"})
  void controlTokensInTextAreText(String name) {
    Tokenizer tokenizer = Tokenizers.BY_NAME.get(name);
    int[] tokens = tokenizer.encode(Text.of("a<|endoftext|>b<|endofprompt|>"));
    assertTrue(Arrays.stream(tokens).noneMatch(t -> t == tokenizer.endOfDocument()));
    assertTrue(tokens.length > 6);
  }

  @Test
  void allowedControlTokensAreTheirIds() {
    BpeTokenizer tokenizer =
        new BpeTokenizer("cl100k_base", List.of("<|endoftext|>", "<|fim_prefix|>"));
    Text text = Text.of("hello world<|endoftext|><|fim_prefix|><|fim_suffix|><|endoftext");
    int[] tokens = tokenizer.encode(text);
    assertArrayEquals(new int[] {15339, 1917, 100257, 100258}, Arrays.copyOf(tokens, 4));
    assertArrayEquals(
        encode("cl100k_base", "<|fim_suffix|><|endoftext"),
        Arrays.copyOfRange(tokens, 4, tokens.length));
    assertEquals(text, tokenizer.decode(tokens));
  }

  @Test
  void sameAfterSerialization() throws Exception {
    assertEquals(BpeTokenizer.R50K_BASE, Laws.sent(BpeTokenizer.R50K_BASE));
  }

  @Test
  void refusesBadSettings() {
    List<String> prompt = List.of("<|endofprompt|>");
    assertThrows(IllegalArgumentException.class, () -> new BpeTokenizer("none", List.of()));
    assertThrows(IllegalArgumentException.class, () -> new BpeTokenizer("r50k_base", prompt));
    assertEquals(prompt, new BpeTokenizer("o200k_base", prompt).control());
    assertSame(BpeTokenizer.R50K_BASE, Tokenizers.BY_NAME.get("gpt2"));
  }

  private static int[] encode(String name, String text) {
    return Tokenizers.BY_NAME.get(name).encode(Text.of(text));
  }

  static List<String> nasty() {
    List<String> texts =
        new ArrayList<>(
            List.of(
                "",
                " ",
                "\0",
                "\uD800",
                "a\uDC00b\uD83D",
                "\uFFFD\uFFFD",
                "\uFEFFbom",
                "\u0130\u0131\u017F\u212A",
                "\r\n \r\n\t\u00A0\u2028\u3000",
                "中文没有空格也要还原。日本語ภาษาไทย한국어",
                "👨‍👩‍👧‍👦🇨🇳\uDBFF\uDFFF",
                "it's I'LL WE'VE 'S 's' ſ's",
                "x".repeat(5_000),
                "\n".repeat(3_000),
                "字".repeat(3_000)));
    texts.addAll(HardTexts.codePoints(300, 40));
    return texts;
  }

  /** Rows of fields of a CSV with quoted fields that hold doubled quotes and line ends. */
  private static List<List<String>> parse(String csv) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < csv.length(); i++) {
      char c = csv.charAt(i);
      if (quoted && c == '"' && csv.startsWith("\"\"", i)) {
        field.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == ',' || c == '\n')) {
        row.add(field.toString());
        field.setLength(0);
        if (c == '\n') {
          rows.add(row);
          row = new ArrayList<>();
        }
      } else if (quoted || c != '\r') {
        field.append(c);
      }
    }
    return rows;
  }
}
