package org.gristmill.jobs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.apache.spark.sql.Row;
import org.gristmill.core.Text;
import org.gristmill.jobs.cli.Exit;
import org.gristmill.jobs.table.Rows;
import org.gristmill.tokenize.ModelFile;
import org.gristmill.tokenize.TokenizerFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline with a vocabulary of its user's. */
@ExtendWith(OneSpark.class)
class TokenizerFileTest {
  @TempDir Path folder;

  /** A rank file of all bytes and a few pairs of letters. */
  private static byte[] ranks(String... more) {
    StringBuilder lines = new StringBuilder();
    Base64.Encoder base64 = Base64.getEncoder();
    for (int i = 0; i < 256; i++) {
      lines.append(base64.encodeToString(new byte[] {(byte) i})).append(' ').append(i).append('\n');
    }
    for (int i = 0; i < more.length; i++) {
      String token = base64.encodeToString(more[i].getBytes(StandardCharsets.UTF_8));
      lines.append(token).append(' ').append(256 + i).append('\n');
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  private Path vocabulary(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  private static String setting(Path file) {
    return "{ file = \"" + file + "\", pattern = llama3 }";
  }

  @Test
  void theFileIsPartOfWhatTheShardsAreMadeFrom() throws Exception {
    byte[] bytes = ranks("th", "the", " the", "in", "er");
    SmallPipeline pipeline =
        new SmallPipeline(folder).tokenizer(setting(vocabulary("a/my.tiktoken", bytes)));
    pipeline.write("in/a.jsonl", 0, 5);
    pipeline.runs();
    TokenizerFile expected =
        new TokenizerFile(new ModelFile("my.tiktoken", bytes), "llama3", "", "text");
    pipeline.sql(
        spark -> {
          List<Row> rows =
              spark
                  .sql(
                      "SELECT d.text, t.tokens FROM "
                          + pipeline.table("documents")
                          + " d JOIN "
                          + pipeline.table("tokens")
                          + " t USING (id)")
                  .collectAsList();
          assertEquals(5, rows.size());
          for (Row row : rows) {
            int[] text = expected.encode(Text.of(row.getString(0)));
            int[] tokens = Arrays.copyOf(text, text.length + 1);
            tokens[text.length] = expected.endOfDocument();
            assertArrayEquals(tokens, Rows.ints(row.getAs(1)));
          }
        });
    JsonNode manifest = manifest(pipeline);
    assertEquals("my.tiktoken", manifest.path("tokenizer").asText());
    assertEquals(expected.model().sha256(), manifest.path("tokenizer_sha256").asText());
    Path copy = pipeline.root().resolve("shards").resolve(manifest.path("tokenizer_file").asText());
    assertArrayEquals(bytes, Files.readAllBytes(copy));

    pipeline.tokenizer(setting(vocabulary("b/my.tiktoken", bytes)));
    assertTrue(pipeline.runs().err().contains("everything is up to date"), "only its place is new");
    pipeline.tokenizer(setting(vocabulary("b/my.tiktoken", ranks("an", "in"))));
    String again = pipeline.runs().err();
    assertTrue(again.contains("tokens: 1 of 1 batches made"), again);
    assertTrue(again.contains("tokenizer.model"), again);
  }

  private static JsonNode manifest(SmallPipeline pipeline) throws IOException {
    String generation = Fixtures.generations(pipeline.root()).get(0);
    return new ObjectMapper()
        .readTree(pipeline.root().resolve("shards/" + generation + "/manifest.json").toFile());
  }

  @Test
  void mistakesAreFoundBeforeAnythingRuns() throws IOException {
    Path file = vocabulary("my.tiktoken", ranks());
    Path broken = vocabulary("broken.json", "{\"model\": {".getBytes(StandardCharsets.UTF_8));
    String[][] cases = {
      {"nowhere.model", "nowhere.model cannot be read"},
      {"\"" + file + "\"", "pattern must be one of"},
      {"{ file = \"" + file + "\", pattern = llama3, endToken = \"<none>\" }", "endToken"},
      {"{ file = \"" + file + "\", pattrn = llama3 }", "pattrn"},
      {"{ pattern = llama3 }", "file"},
      {"{ name = o200k_base, control = [\"<|im|>\"] }", "control"},
      {"\"" + broken + "\"", "broken.json"},
    };
    for (String[] each : cases) {
      SmallPipeline pipeline = new SmallPipeline(folder).tokenizer(each[0]);
      Fixtures.Printed check = Fixtures.gristmill("check", pipeline.conf().toString());
      assertEquals(Exit.MISTAKE, check.code(), each[0] + ": " + check.err());
      assertTrue(check.err().contains(each[1]), check.err());
      assertTrue(check.err().contains("small.conf:8"), check.err());
    }
  }

  @Test
  void idsGoBackToText() throws IOException {
    Path vocabulary = vocabulary("my.tiktoken", ranks("th", "ab"));
    String[] options = {"tokens", "--tokenizer", vocabulary.toString(), "--pattern", "llama3"};
    Path texts = folder.resolve("texts.jsonl");
    Fixtures.write(texts, "{\"text\": \"the abbot, 修道院\"}\n{\"text\": \"x\"}\n");
    String ids = Fixtures.gristmill(with(options, texts.toString())).out();
    Path tokens = folder.resolve("tokens.jsonl");
    Fixtures.write(tokens, ids + "{\"tokens\": [1.5]}\n{\"tokens\": [99999]}\nnothing\n");
    Fixtures.Printed back = Fixtures.gristmill(with(options, "--decode", tokens.toString()));
    List<String> lines = back.out().lines().toList();
    assertEquals(2, lines.size(), back.err());
    assertTrue(lines.get(0).contains("\"text\":\"the abbot, 修道院\""), lines.get(0));
    assertTrue(back.err().endsWith("2 documents, 3 broken lines\n"), back.err());
  }

  @Test
  void aReportSaysWhatATokenizerIsWorth() throws IOException {
    Path vocabulary = vocabulary("my.tiktoken", ranks("th", "the", " the", "ab"));
    Path texts = folder.resolve("texts.jsonl");
    Fixtures.write(
        texts,
        "{\"text\": \"the theory of the earth, and then of all the others in the world\"}\n"
            + "{\"text\": \"修道院在河边，人们在这里生活了很多年。\"}\n");
    Fixtures.Printed printed =
        Fixtures.gristmill(
            "tokenizer",
            "--tokenizer",
            vocabulary.toString(),
            "--pattern",
            "llama3",
            "--on",
            texts.toString());
    assertEquals(Exit.DONE, printed.code(), printed.err());
    assertTrue(printed.out().lines().anyMatch(l -> l.matches("en +jsonl? .*")), printed.out());
    assertTrue(printed.out().lines().anyMatch(l -> l.matches("zh .* 57 +57 +1\\.000 +1\\.00")));
    assertTrue(printed.out().contains("\" the\""), printed.out());
    assertTrue(printed.out().contains(" ids never used: 0 1 2"), printed.out());
  }

  private static String[] with(String[] options, String... more) {
    String[] all = Arrays.copyOf(options, options.length + more.length);
    System.arraycopy(more, 0, all, options.length, more.length);
    return all;
  }
}
