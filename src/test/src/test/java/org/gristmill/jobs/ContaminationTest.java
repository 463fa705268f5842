package org.gristmill.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.gristmill.jobs.cli.Exit;
import org.gristmill.testing.Sentences;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline that keeps benchmarks out. */
@ExtendWith(OneSpark.class)
class ContaminationTest {
  private static final String QUESTION =
      "A miller grinds nine sacks of wheat before noon and four sacks after; how many sacks does he"
          + " grind in three days?";

  @TempDir Path folder;
  private Path benchmark;

  @BeforeEach
  void write() throws IOException {
    benchmark = folder.resolve("riddles.jsonl");
    Fixtures.write(
        benchmark,
        "{\"question\": \""
            + QUESTION
            + "\", \"answer\": 39}\n\n"
            + "{\"question\": \"What is it?\", \"options\": [\"A stone\", \"A wheel\"]}\n");
    StringBuilder lines = new StringBuilder();
    line(lines, "planted", before() + QUESTION.toUpperCase(java.util.Locale.ROOT) + after());
    line(lines, "short", "They asked: " + QUESTION);
    line(lines, "clean", before() + after());
    Fixtures.write(folder.resolve("in/a.jsonl"), lines.toString());
  }

  private static String before() {
    return Sentences.english(1, 8);
  }

  private static String after() {
    return Sentences.english(2, 8);
  }

  private static void line(StringBuilder lines, String url, String text) {
    lines.append("{\"url\": \"").append(url).append("\", \"text\": \"");
    lines.append(text.replace("\n", " ")).append("\"}\n");
  }

  private Path conf(String settings) throws IOException {
    Path conf = folder.resolve("small.conf");
    Fixtures.write(
        conf,
        """
        name = small
        root = "%s"
        steps = [
          { job = ingest, source = jsonl, from = "%s/in" }
          { job = filter, filters = [ { name = contamination, %s } ] }
          { job = tokenize, tokenizer = r50k_base, keepDuplicates = true }
          { job = pack, sequenceTokens = 128 }
        ]
        """
            .formatted(folder.resolve("root"), folder, settings));
    return conf;
  }

  @Test
  void benchmarksAreCutOut() throws IOException {
    Fixtures.Printed run =
        Fixtures.gristmill("run", conf("benchmarks = [\"" + benchmark + "\"]").toString());
    assertEquals(Exit.DONE, run.code(), run.err());
    List<String> found = new ArrayList<>();
    new SmallPipeline(folder)
        .sql(
            spark -> {
              for (Row row :
                  spark
                      .read()
                      .format("delta")
                      .load(folder.resolve("root/tables/judged").toString())
                      .orderBy("url")
                      .collectAsList()) {
                found.add(row.getAs("url") + " " + row.getAs("kept") + " " + row.getAs("rule"));
                String text = row.getAs("text");
                if (row.getAs("url").equals("planted")) {
                  assertFalse(text.toLowerCase(java.util.Locale.ROOT).contains("nine sacks"), text);
                  assertTrue(text.startsWith(before().substring(0, 100).replace("\n", " ")), text);
                  assertTrue(text.contains("\n\n"), text);
                } else {
                  assertEquals(null, text);
                }
              }
            });
    assertEquals(
        List.of("clean true ", "planted true ", "short false contamination.nothing-left"), found);
    Path elsewhere = folder.resolve("other/riddles.jsonl");
    Fixtures.write(elsewhere, java.nio.file.Files.readString(benchmark));
    run = Fixtures.gristmill("run", conf("benchmarks = \"" + elsewhere + "\"").toString());
    assertTrue(run.err().contains("everything is up to date"), run.err());
    Fixtures.write(elsewhere, "{\"question\": \"" + QUESTION + " Why?\"}\n");
    run = Fixtures.gristmill("run", conf("benchmarks = \"" + elsewhere + "\"").toString());
    assertTrue(run.err().contains("contamination.benchmarks"), run.err());
  }

  /** By fingerprints and by all texts: the same documents, rows of shards and shares. */
  @Test
  void aNewBenchmarkIsAskedForLater() throws IOException {
    List<List<String>> answers = new ArrayList<>();
    for (String fingerprints : List.of("true", "false")) {
      SmallPipeline pipeline =
          new SmallPipeline(folder).with("").deduplicating(", fingerprints = " + fingerprints);
      pipeline.runs();
      Fixtures.Printed said =
          Fixtures.gristmill("contaminated", pipeline.conf().toString(), benchmark.toString());
      assertEquals(Exit.DONE, said.code(), said.err());
      assertTrue(said.err().contains(fingerprints.equals("true") ? "asking" : "reading all"));
      assertTrue(said.err().contains("1 fields of items found in 2 documents"), said.err());
      boolean warned = said.err().contains("fields have fewer than 13 words");
      assertEquals(fingerprints.equals("true"), warned, said.err());
      answers.add(said.out().lines().toList());
    }
    assertEquals(answers.get(0), answers.get(1));
    String first = answers.get(0).get(0);
    assertTrue(first.startsWith("riddles.jsonl:1 question: 100.0 % of its n-grams in one"), first);
    assertTrue(answers.get(0).stream().filter(l -> l.contains("row ")).count() >= 2);
    Fixtures.Printed none =
        Fixtures.gristmill(
            "contaminated",
            folder.resolve("small.conf").toString(),
            "--fields",
            "options",
            benchmark.toString());
    assertTrue(none.err().contains("0 fields of items found in 0 documents"), none.err());
  }

  @Test
  void mistakesAreFoundBeforeAnythingRuns() throws IOException {
    Path broken = folder.resolve("broken.jsonl");
    Fixtures.write(broken, "{\"question\": \"x\"}\nquestion\n");
    String good = "benchmarks = \"" + benchmark + "\"";
    String[][] cases = {
      {"benchmarks = \"" + folder.resolve("none.jsonl") + "\"", "which cannot be read"},
      {"benchmarks = \"" + broken + "\"", "broken.jsonl, line 2"},
      {good + ", fields = [solution]", "no line of riddles.jsonl has one of [solution]"},
      {good + ", grams = { words = 0 }", "words: must be"},
      {good + ", remedy = { action = burn }", "must be one of drop, cut, mark"},
      {"", "benchmarks: missing"},
    };
    for (String[] each : cases) {
      Fixtures.Printed check = Fixtures.gristmill("check", conf(each[0]).toString());
      assertEquals(Exit.MISTAKE, check.code(), each[0] + ": " + check.err());
      assertTrue(check.err().contains(each[1]), check.err());
    }
  }
}
