package org.gristmill.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gristmill.core.Problem;
import org.gristmill.core.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineReaderTest {
  @TempDir Path folder;

  private Pipeline read(String conf) throws IOException {
    Path file = folder.resolve("p.conf");
    Files.writeString(file, conf);
    return PipelineReader.read(file);
  }

  private List<Problem> mistakes(String conf) {
    return assertThrows(UserError.class, () -> read(conf)).problems();
  }

  private void mistake(List<Problem> found, int line, String key, String... words) {
    String where = folder.resolve("p.conf") + ":" + line;
    assertTrue(
        found.stream()
            .anyMatch(
                p ->
                    p.where().equals(where)
                        && p.key().equals(key)
                        && List.of(words).stream().allMatch(p.message()::contains)),
        () -> "no problem at " + where + " for " + key + " in " + found);
  }

  private static final String SOUND =
      """
      name = sound
      vars { base = "/data" }
      root = ${vars.base}"/root/"
      spark { sql.shuffle.partitions = 8 }
      steps = [
        { job = ingest, source = web, name = crawl-1, from = ["a/*.gz", ${vars.base}/b] }
        { job = ingest, source = jsonl, text = body, from = c }
        { job = filter, filters = [ { name = language, keep = [en, no] }, { name = length } ] }
        { job = sign, minhash { bands = 20, rows = 13 } }
        { job = cluster, minSimilarity = 0.8 }
        { job = tokenize, tokenizer = gpt2 }
        { job = pack, sequenceTokens = 4096, shardTokens = 8 MiB, formats = [megatron] }
      ]
      """;

  @Test
  void readsAPipeline() throws IOException {
    Pipeline pipeline = read(SOUND);
    assertEquals("sound", pipeline.name());
    assertEquals("/data/root", pipeline.root());
    assertEquals("8", pipeline.spark().get("spark.sql.shuffle.partitions"));
    assertEquals(0.005, pipeline.maxBroken());
    assertEquals(
        List.of("ingest", "filter", "sign", "cluster", "tokenize", "pack"),
        pipeline.jobs().stream().map(Job::name).toList());
    IngestJob ingest = (IngestJob) pipeline.jobs().get(0);
    assertEquals("crawl-1", ingest.steps().get(0).name());
    assertEquals(List.of("a/*.gz", "/data/b"), ingest.steps().get(0).from());
    assertEquals("jsonl", ingest.steps().get(1).name());
    assertTrue(pipeline.jobs().get(1).settings().contains("keep=[en, no]"));
    SignJob sign = (SignJob) pipeline.jobs().get(2);
    assertEquals(20, sign.minhash().bands());
    assertEquals(SignJob.DEFAULTS.minhash().shingleWords(), sign.minhash().shingleWords());
    PackJob pack = (PackJob) pipeline.jobs().get(5);
    assertEquals("gpt2", pack.tokenizer());
    assertEquals(8 << 20, pack.shardTokens());
  }

  @Test
  void fileSystemSettingsHoldBeforeSparkStarts() throws IOException {
    Pipeline pipeline =
        read(SOUND.replace("sql.shuffle.partitions = 8", "hadoop.fs.s3a.endpoint = there"));
    assertEquals("there", Sessions.hadoop(pipeline).get("fs.s3a.endpoint"));
  }

  @Test
  void findsAllMistakesAtOnceWithTheirLines() {
    List<Problem> found =
        mistakes(
            """
            name = 7
            colour = blue
            steps = [
              { job = ingest, source = wob, from = a }
              { job = ingest, source = web }
              { job = filter, filters = [
                  { name = langauge, keep = [en] }
                  { name = language, keeps = [en] }
                  { name = language, minScore = high }
                  { name = language, minScore = 7 } ] }
              { job = sing }
              { job = tokenize, tokenizer = gpt9 }
              { job = cluster, minSimilarity = 0 }
              { job = pack, sequenceTokens = 2.5, formats = arrow }
            ]
            """);
    mistake(found, 1, "name", "string");
    mistake(found, 2, "colour", "known", "steps");
    mistake(found, 4, "source", "unknown source wob", "did you mean web", "wiki");
    mistake(found, 5, "from", "missing");
    mistake(found, 7, "name", "did you mean language", "gopher-quality");
    mistake(found, 8, "keeps", "did you mean keep", "minScore");
    mistake(found, 9, "minScore", "number");
    mistake(found, 10, "", "minScore");
    mistake(found, 11, "job", "did you mean sign");
    mistake(found, 12, "", "tokenizer", "gpt9", "o200k_base");
    mistake(found, 13, "", "minSimilarity");
    mistake(found, 13, "job", "must come before tokenize");
    mistake(found, 14, "sequenceTokens", "whole number");
    mistake(found, 14, "formats", "list");
    assertTrue(found.stream().anyMatch(p -> p.key().equals("root")), found.toString());
  }

  @Test
  void aSyntaxErrorHasItsLine() {
    List<Problem> found = mistakes("name = a\nroot = b\nsteps = [ { job = ingest \n");
    assertEquals(1, found.size());
    assertTrue(found.get(0).where().matches(".*p\\.conf:[34]"), found.toString());
  }

  @Test
  void anUndefinedVariableHasItsLine() {
    List<Problem> found = mistakes("name = a\nroot = ${nowhere}/b\nsteps = []\n");
    assertTrue(found.get(0).where().endsWith("p.conf:2"), found.toString());
  }

  @Test
  void aJobNeedsTheOnesBefore() {
    List<Problem> found =
        mistakes(
            "name = a\nroot = b\nsteps = [\n"
                + "{ job = ingest, source = web, from = a }\n"
                + "{ job = filter, filters = [] }\n{ job = tokenize }\n]\n");
    assertTrue(found.stream().anyMatch(p -> p.message().contains("keepDuplicates")), found + "");
    List<Problem> more =
        mistakes(
            "name = a\nroot = b\nsteps = [\n"
                + "{ job = ingest, source = web, from = a }\n{ job = pack }\n]\n");
    assertTrue(more.stream().anyMatch(p -> p.message().contains("pack needs")), more + "");
  }

  @Test
  void twoSourcesOfOneNameAreAMistake() {
    List<Problem> found =
        mistakes(
            "name = a\nroot = b\nsteps = [\n{ job = ingest, source = web, from = a }\n"
                + "{ job = ingest, source = web, from = b }\n]\n");
    mistake(found, 5, "name", "called web");
  }
}
