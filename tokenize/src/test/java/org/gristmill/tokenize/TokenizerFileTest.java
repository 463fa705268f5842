package org.gristmill.tokenize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.gristmill.core.Blocks;
import org.gristmill.core.Libraries;
import org.gristmill.core.SettingError;
import org.gristmill.core.Text;
import org.gristmill.core.laws.SettingLaws;
import org.gristmill.testing.HardTexts;
import org.gristmill.testing.Laws;
import org.gristmill.testing.RealFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Files of every format through the one record that reads them. */
class TokenizerFileTest {
  static final List<String> FILES = SmallModels.FILES;

  @Test
  void idsAndTextsAreTheReferences() throws IOException {
    Set<String> seen = new TreeSet<>();
    for (SmallModels.Expected expected : SmallModels.expected()) {
      String file =
          expected.pattern().isEmpty()
              ? expected.file()
              : expected.file() + "=" + expected.pattern();
      seen.add(file);
      TokenizerFile tokenizer = SmallModels.tokenizer(file);
      assertArrayEquals(
          expected.ids(), tokenizer.encode(expected.text()), file + ": " + expected.text());
      assertEquals(expected.decoded(), tokenizer.decode(expected.ids()), file);
    }
    assertEquals(new TreeSet<>(FILES), seen);
  }

  /** Neither what was encoded before nor another thread decides anything. */
  @ParameterizedTest
  @FieldSource("FILES")
  void sameWhateverCameBefore(String file) throws Exception {
    TokenizerFile tokenizer = SmallModels.tokenizer(file);
    List<Text> texts = new ArrayList<>();
    HardTexts.random(60, 3).forEach(text -> texts.add(Text.of(text)));
    HardTexts.noise(60, 4).forEach(text -> texts.add(Text.of(text)));
    HardTexts.codePoints(60, 40).forEach(text -> texts.add(Text.of(text)));
    List<String> first = texts.stream().map(t -> Arrays.toString(tokenizer.encode(t))).toList();
    Collections.reverse(texts);
    List<String> second = new ArrayList<>();
    Thread other =
        new Thread(() -> texts.forEach(t -> second.add(Arrays.toString(tokenizer.encode(t)))));
    other.start();
    other.join();
    Collections.reverse(second);
    assertEquals(first, second);
  }

  @ParameterizedTest
  @FieldSource("FILES")
  void idsAreInRangeAndTextsComeBack(String file) throws IOException {
    TokenizerFile tokenizer = SmallModels.tokenizer(file);
    assertEquals(file.startsWith("gpt2"), tokenizer.lossless());
    List<String> texts = new ArrayList<>(HardTexts.prose());
    texts.addAll(HardTexts.codePoints(200, 40));
    for (String string : texts) {
      Text text = Text.of(string);
      int[] ids = tokenizer.encode(text);
      for (int id : ids) {
        assertTrue(id >= 0 && id < tokenizer.vocabularySize());
        assertTrue(tokenizer.tokenBytes(id).length > 0, "token " + id);
      }
      Text back = tokenizer.decode(ids);
      if (tokenizer.lossless()) {
        assertEquals(text, back);
      }
    }
    assertTrue(tokenizer.endOfDocument() < tokenizer.vocabularySize());
  }

  @ParameterizedTest
  @FieldSource("FILES")
  void controlTokensInTextAreTextUnlessAsked(String file) throws IOException {
    TokenizerFile text = SmallModels.tokenizer(file);
    TokenizerFile ids = new TokenizerFile(text.model(), text.pattern(), text.endToken(), "ids");
    Text written = Text.of("a " + text.endToken() + " b");
    assertTrue(Arrays.stream(text.encode(written)).noneMatch(id -> id == text.endOfDocument()));
    boolean asked = Arrays.stream(ids.encode(written)).anyMatch(id -> id == ids.endOfDocument());
    // SentencePiece knows no control symbols in texts.
    assertEquals(!file.endsWith(".model"), asked);
  }

  @Test
  void sameAfterSerialization() throws Exception {
    TokenizerFile tokenizer = SmallModels.tokenizer("bpe.model");
    TokenizerFile sent = (TokenizerFile) Laws.sent(tokenizer);
    assertEquals(tokenizer, sent);
    Text text = Text.of("The mill");
    assertArrayEquals(tokenizer.encode(text), sent.encode(text));
  }

  @Test
  void factsAreTheContentNotTheName() throws IOException {
    TokenizerFile tokenizer = SmallModels.tokenizer("bpe.model");
    ModelFile renamed = new ModelFile("other", tokenizer.model().bytes());
    assertEquals(
        "{@icu="
            + Libraries.version("icu")
            + ", @version=tokenizer-file 1, endToken=</s>, model=sha256:"
            + tokenizer.model().sha256()
            + ", pattern=, specialTokens=text}",
        Blocks.facts(new TokenizerFile(renamed, "", "</s>", "text")).toString());
    assertEquals(List.of(), SettingLaws.broken(List.of(tokenizer), Set.of()));
  }

  @Test
  void theFileSaysWhatEndsADocument() throws IOException {
    assertEquals(2, TokenizerFile.of("m", SmallModels.bytes("bpe.model")).endOfDocument());
    assertEquals(
        1, TokenizerFile.of("m", SmallModels.bytes("unigram-rules.model")).endOfDocument());
    assertEquals(2, TokenizerFile.of("m", SmallModels.bytes("gpt2.json")).endOfDocument());
    String without =
        new String(SmallModels.bytes("gpt2.json"), StandardCharsets.UTF_8).replace("</s>", "<end>");
    String message = refused("endToken", without, "", "");
    assertTrue(message.contains("its control tokens are <end> <pad> <unk> [UNK]"), message);
    assertTrue(refused("endToken", without, "", "<none>").contains("is <none>"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"type\": \"ByteLevel\", \"add|\"type\": \"Sounds\", \"add|pre_tokenizer of type Sounds",
        "\"normalizer\": null|\"normalizer\": {\"type\": \"Upper\"}|normalizer of type Upper",
        "\"dropout\": null|\"dropout\": 0.1|model.dropout",
        "\"post_processor\": null|\"post_processor\": {\"type\": \"X\"}|post_processor of type X",
        "\"type\": \"BPE\"|\"type\": \"Other\"|model of type Other",
        "\"version\": \"1.0\"|\"version\": \"2.0\"|version of 2.0",
        "\"normalizer\": null|\"normalizer\": {\"type\": \"Replace\", \"pattern\": {\"Regex\":"
            + " \"(a)\\\\1\"}, \"content\": \"\"}|\\1, which is not supported",
        "\"normalizer\": null|\"normalizer\": {\"type\": \"Replace\", \"pattern\": {\"Regex\":"
            + " \"\\\\p{Emoji}\"}, \"content\": \"\"}|\\p{Emoji}, which is not supported",
        "\"normalizer\": null|\"normalizer\": {\"type\": \"Replace\", \"pattern\": {\"Regex\":"
            + " \"(?i:ss)\"}, \"content\": \"\"}|ss without regard to case"
      })
  void unsupportedPartsAreNamed(String part, String other, String named) throws IOException {
    String json = new String(SmallModels.bytes("gpt2.json"), StandardCharsets.UTF_8);
    assertTrue(json.contains(part), part);
    String message = refused("model", json.replace(part, other), "", "</s>");
    assertTrue(message.contains(named), message);
  }

  @Test
  void brokenFilesAreRefused() throws IOException {
    for (String file : FILES) {
      byte[] whole = SmallModels.bytes(file.split("=")[0]);
      for (int part = 1; part < 8 && !file.startsWith("vocab"); part++) {
        byte[] cut = Arrays.copyOf(whole, whole.length * part / 8);
        assertThrows(SettingError.class, () -> TokenizerFile.of(file, cut), file + " " + part);
      }
    }
    for (String nothing : List.of("", "text", "\n", "{}", "[1]", "{\"model\": 1}")) {
      refused("model", nothing, "", "");
    }
    assertTrue(refused("model", "IQ== 0\n", "", "").contains("pattern must be one of cl100k"));
    assertTrue(refused("model", "a\n[UNK]\n", "", "").contains("cased or uncased"));
  }

  private static String refused(String setting, String content, String pattern, String end) {
    ModelFile file = new ModelFile("file", content.getBytes(StandardCharsets.UTF_8));
    SettingError error =
        assertThrows(SettingError.class, () -> new TokenizerFile(file, pattern, end, "text"));
    assertEquals(setting, error.setting());
    return error.getMessage();
  }

  /** Real files; the ids of whole corpora are compared by {@code src/test/compare}. */
  @ParameterizedTest
  @CsvSource({
    "llama2/tokenizer.model, '', 32000, 2, 15043 3186 29991",
    "sentencepiece/test_model.model, '', 1000, 2, 284 47 11 4 15 400",
    "gpt2/gpt2_tokenizer.json, '', 50257, 50256, 15496 995 0",
    "bert/bert-base-chinese-vocab.txt, uncased, 21129, 21128, 8698 8569 103",
    "llama3/meta-llama-3-8B.tiktoken, llama3, 128256, 128001, 9906 1917 0",
    "qwen/qwen.tiktoken, qwen, 151646, 151643, 9707 1879 0"
  })
  void realFiles(String name, String pattern, int size, int end, String ids) throws IOException {
    byte[] bytes = Files.readAllBytes(RealFiles.path("tokenizers/" + name));
    TokenizerFile tokenizer = new TokenizerFile(new ModelFile(name, bytes), pattern, "", "text");
    assertEquals(size, tokenizer.vocabularySize());
    assertEquals(end, tokenizer.endOfDocument());
    int[] hello =
        tokenizer.encode(Text.of(name.startsWith("sent") ? "This is a test" : "Hello world!"));
    assertFalse(hello.length == 0);
    assertEquals(ids, String.join(" ", Arrays.stream(hello).mapToObj(String::valueOf).toList()));
  }
}
