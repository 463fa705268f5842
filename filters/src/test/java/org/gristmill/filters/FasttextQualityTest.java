package org.gristmill.filters;

import static org.gristmill.filters.Judging.assertRefused;
import static org.gristmill.filters.Judging.number;
import static org.gristmill.filters.Judging.rule;
import static org.gristmill.filters.Judging.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.gristmill.core.Blocks;
import org.gristmill.core.Document;
import org.gristmill.core.SettingError;
import org.gristmill.core.Text;
import org.gristmill.core.UserError;
import org.gristmill.filters.fasttext.FastText;
import org.gristmill.testing.Laws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FasttextQualityTest {
  /** A model of the resources, in a file of its own. */
  static ModelFile model(String name) {
    try (InputStream in = FasttextQualityTest.class.getResourceAsStream("fasttext/" + name)) {
      Path file = Files.createTempFile("model", ".bin");
      file.toFile().deleteOnExit();
      Files.write(file, in.readAllBytes());
      return ModelFile.at(file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static final FasttextQuality MILL =
      new FasttextQuality(model("softmax.bin"), "__label__mill", 0.5, 0, 1);

  @Test
  void theScoreIsTheProbabilityOfTheLabel() {
    for (String text : List.of("the mill of stone", "sail a ship", "", "the\nmill", "海 水車")) {
      FastText model = FasttextQuality.fastText("model", MILL.model());
      double expected =
          model.predict(text.getBytes(StandardCharsets.UTF_8), 3).stream()
              .filter(p -> p.label().equals("__label__mill"))
              .mapToDouble(FastText.Prediction::probability)
              .sum();
      assertEquals(Math.min(1, expected), number(MILL, text, "fasttext-quality.score"), text);
    }
    assertEquals("", rule(MILL, "the mill of stone"));
    assertEquals("fasttext-quality.score", rule(MILL, "sail a ship"));
    assertEquals("", rule(with(MILL, "label", "__label__sea"), "sail a ship"));
  }

  /** Of a hundred thousand documents of a score as many stay as the distribution says. */
  @Test
  void chanceKeepsSomeOfEveryScore() {
    FasttextQuality gpt3 = with(with(MILL, "minScore", 0.0), "alpha", 9.0);
    for (String text : List.of("the mill of stone", "the of and", "sail a ship")) {
      double score = number(gpt3, text, "fasttext-quality.score");
      double expected = Math.pow(1 / (2 - score), 9);
      Text same = Text.of(text);
      int kept = 0;
      int documents = 100_000;
      for (int i = 0; i < documents; i++) {
        kept += gpt3.judge(Document.of("id" + i, same)) instanceof Verdict.Keep ? 1 : 0;
      }
      double spread = Math.sqrt(expected * (1 - expected) / documents);
      assertEquals(expected, (double) kept / documents, 5 * spread + 1e-9, text);
    }
    assertEquals(1, number(MILL, "", "fasttext-quality.chance"));
    assertEquals("", rule(with(gpt3, "alpha", 0.0), "sail a ship"));
    Document one = Document.of("one", Text.of("the of and"));
    assertEquals(gpt3.judge(one), gpt3.judge(one));
    assertNotEquals(gpt3.judge(one), with(gpt3, "seed", 2L).judge(one));
  }

  @Test
  void settingsHaveBounds() throws IOException {
    assertRefused(MILL, "label", "mill");
    assertRefused(MILL, "minScore", 1.1);
    assertRefused(MILL, "alpha", -1.0);
    SettingError refusal =
        assertThrows(SettingError.class, () -> with(MILL, "model", model("vectors.bin")));
    assertTrue(refusal.getMessage().contains("vectors of words only"), refusal.getMessage());
    assertThrows(NoSuchFileException.class, () -> ModelFile.at("none/lid.176.ftz"));
    String missing = ModelFile.unreadable("none/lid.176.ftz").getMessage();
    assertTrue(missing.contains("none/lid.176.ftz") && missing.contains("fasttext.cc"), missing);
  }

  /** The contents decide what a block is made from; a machine with others refuses to go on. */
  @Test
  void filesAreKnownByTheirContents(@TempDir Path folder) throws Exception {
    ModelFile file = model("softmax.ftz");
    assertEquals(file, model("softmax.ftz"));
    assertNotEquals(file, model("hs.bin"));
    assertEquals(file, Laws.sent(file));
    assertEquals(MILL, Laws.sent(MILL));
    assertEquals(MILL.model().toString(), Blocks.facts(MILL).get("model"));
    assertEquals("none", Blocks.facts(FasttextQuality.DEFAULT).get("model"));
    Path changed = folder.resolve("changed.bin");
    byte[] bytes = FasttextQualityTest.class.getResourceAsStream("fasttext/ns.bin").readAllBytes();
    Files.write(changed, bytes);
    ModelFile known = ModelFile.at(changed.toString());
    bytes[bytes.length - 1] ^= 1;
    Files.write(changed, bytes);
    UserError error =
        assertThrows(UserError.class, () -> new FasttextQuality(known, "__label__sea", 0.5, 0, 1));
    assertTrue(error.getMessage().contains("changed.bin is not the file"), error.getMessage());
    Files.delete(changed);
    error =
        assertThrows(UserError.class, () -> new FasttextQuality(known, "__label__sea", 0.5, 0, 1));
    assertTrue(error.getMessage().contains("changed.bin cannot be read"), error.getMessage());
  }
}
