package org.gristmill.jobs.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gristmill.core.Problem;
import org.gristmill.core.UserError;
import org.gristmill.jobs.ingest.IngestJob;
import org.gristmill.jobs.run.Sessions;
import org.gristmill.jobs.steps.PackJob;
import org.gristmill.jobs.steps.SignJob;
import org.gristmill.jobs.table.Job;
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
    assertEquals("[en, no]", pipeline.jobs().get(1).facts().get("language.keep"));
    SignJob sign = (SignJob) pipeline.jobs().get(2);
    assertEquals(20, sign.minhash().bands());
    assertEquals(SignJob.DEFAULTS.minhash().shingleWords(), sign.minhash().shingleWords());
    PackJob pack = (PackJob) pipeline.jobs().get(5);
    assertEquals("r50k_base", pack.tokenizer().name());
    assertEquals(8 << 20, pack.shardTokens());
  }

  @Test
  void formatsMustHoldTheVocabulary() throws IOException {
    String pipeline = SOUND.replace("[megatron]", "[megatron, nanogpt]");
    assertEquals(
        List.of("megatron", "nanogpt"), ((PackJob) read(pipeline).jobs().get(5)).formats());
    mistake(mistakes(pipeline.replace("gpt2", "cl100k_base")), 12, "formats", "nanogpt", "100277");
  }

  private static final String FIM =
      SOUND
          .replace("gpt2 }", "cl100k_base, objectives = [ { name = fim, sources = jsonl } ] }")
          .replace("[megatron]", "[arrow]");

  @Test
  void objectivesAreBlocksForSomeSources() throws IOException {
    Pipeline pipeline = read(FIM);
    PackJob pack = (PackJob) pipeline.jobs().get(5);
    assertEquals("fim", pack.objectives().of("jsonl").name());
    assertEquals("causal", pack.objectives().of("crawl-1").name());
    assertEquals("fim 1", pack.facts().get("objectives.steps[0].objective@version"));
    assertEquals("0.5", pipeline.jobs().get(4).facts().get("objectives.steps[0].objective.rate"));
    Pipeline causal = read(SOUND);
    causal.jobs().forEach(j -> assertFalse(j.facts().toString().contains("objective")));
  }

  @Test
  void objectivesMustGoWithTokenizerSequencesAndFormats() {
    mistake(mistakes(FIM.replace("cl100k_base", "gpt2")), 11, "objectives", "<|fim_prefix|>");
    mistake(mistakes(FIM.replace("name = fim", "name = fin")), 11, "name", "fim");
    mistake(mistakes(FIM.replace("sources = jsonl", "sources = json")), 11, "sources", "jsonl");
    mistake(
        mistakes(FIM.replace("sequenceTokens = 4096", "sequenceTokens = 1024")),
        12,
        "sequenceTokens",
        "fim (2048)");
    mistake(
        mistakes(
            FIM.replace("name = fim", "name = chat, template = custom, turn = \"{content}\"")
                .replace("[arrow]", "[arrow, llmc]")),
        12,
        "formats",
        "llmc",
        "LOSS_MASK");
    mistake(
        mistakes(SOUND.replace("formats = [megatron]", "objectives = []")),
        12,
        "objectives",
        "tokenize");
  }

  @Test
  void listsAreReadWithThePipelineAndKnownByTheirContents(@TempDir Path folder) throws IOException {
    Path words = folder.resolve("words.txt");
    Files.writeString(words, "# a list\ngrist\n");
    String filter = "{ name = bad-words, list = \"" + words + "\" }";
    String pipeline = SOUND.replace("{ name = length }", filter);
    String list = read(pipeline).jobs().get(1).facts().get("bad-words.list");
    assertTrue(list.startsWith("sha256:"), list);
    Files.writeString(words, "# a list\nmill\n");
    assertNotEquals(list, read(pipeline).jobs().get(1).facts().get("bad-words.list"));
    Files.delete(words);
    mistake(mistakes(pipeline), 8, "list", "words.txt", "cannot be read", "lists of words");
  }

  @Test
  void fileSystemSettingsHoldBeforeSparkStarts() throws IOException {
    Pipeline pipeline =
        read(SOUND.replace("sql.shuffle.partitions = 8", "hadoop.fs.s3a.endpoint = there"));
    assertEquals("there", Sessions.hadoop(pipeline.spark()).get("fs.s3a.endpoint"));
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
    mistake(found, 10, "minScore", "7");
    mistake(found, 11, "job", "did you mean sign");
    mistake(found, 12, "tokenizer", "gpt9", "o200k_base");
    mistake(found, 13, "minSimilarity", "above 0");
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

  private static final String WEB = "{ job = ingest, source = web, from = a }\n";

  private List<Problem> ofSteps(String steps) {
    return mistakes("name = a\nroot = b\nsteps = [\n" + WEB + steps + "]\n");
  }

  @Test
  void aJobNeedsTheTablesItReads() {
    mistake(
        ofSteps("{ job = filter, filters = [] }\n{ job = tokenize }\n"),
        6,
        "job",
        "clusters",
        "job = cluster",
        "keepDuplicates");
    mistake(ofSteps("{ job = pack }\n"), 5, "job", "tokens", "job = tokenize");
    mistake(ofSteps("{ job = sign, from = elsewhere }\n"), 5, "job", "elsewhere", "no step makes");
    mistake(
        ofSteps(
            "{ job = filter, from = a, to = b, filters = [] }\n"
                + "{ job = filter, from = b, to = a, filters = [] }\n"),
        5,
        "job",
        "cannot be made before");
  }

  @Test
  void stepsRunInTheOrderOfTheirTablesAndMayStandTwice() throws IOException {
    Pipeline pipeline =
        read(
            "name = a\nroot = b\nsteps = [\n{ job = tokenize, from = strict, keepDuplicates ="
                + " true }\n{ job = filter, from = judged_once, to = strict, filters = [] }\n"
                + "{ job = filter, to = judged_once, filters = [] }\n"
                + WEB
                + "]\n");
    assertEquals(
        List.of("documents", "judged_once", "strict", "tokens"),
        pipeline.jobs().stream().map(Job::to).toList());
    mistake(
        ofSteps("{ job = filter, filters = [] }\n{ job = filter, filters = [] }\n"),
        6,
        "job",
        "another step makes");
    mistake(ofSteps("{ job = filter, to = batches, filters = [] }\n"), 5, "to", "batches");
  }

  @Test
  void unknownNamesAreMistakesWhereverTheyStand() {
    List<Problem> found =
        ofSteps(
            "{ job = filter, filters = [\n{ name = length, sources = [wob] }\n"
                + "{ name = length, languages = [english] } ] }\n{ job = sign }\n"
                + "{ job = cluster, prefer = [book] }\n");
    mistake(found, 6, "sources", "unknown source wob", "known: web");
    mistake(found, 7, "languages", "unknown language english");
    mistake(found, 9, "prefer", "unknown source book");
  }

  @Test
  void sparkMustBeAnObjectAndABatchMustHoldSomething() {
    List<Problem> found =
        mistakes(
            "name = a\nroot = b\nspark = 3\nsteps = [\n{ job = ingest, source = web, from = a,"
                + " batchBytes = 0 }\n]\n");
    mistake(found, 3, "spark", "{ ... }");
    mistake(found, 5, "batchBytes", "at least 1");
  }

  @Test
  void aForgottenCommaBetweenObjectsIsAMistake() throws IOException {
    mistake(
        ofSteps(
            "{ job = filter, filters = [\n{ name = gopher-repetition } { name = length } ] }\n"),
        6,
        "",
        "comma");
    read(
        "name = a # } {\nvars { x = \"} {\", y = ${vars.x} }\nroot = b\nsteps = [\n"
            + WEB
            + "{ job = filter, filters = [ { name = length }\n{ name = gopher-quality } ] }\n]\n");
  }

  @Test
  void filtersMustBeGiven() {
    mistake(ofSteps("{ job = filter }\n"), 5, "filters", "missing");
  }

  @Test
  void aRelativeRootIsCalledByItsFullName() throws IOException {
    Pipeline pipeline = read("name = a\nroot = b/c/\nsteps = [\n" + WEB + "]\n");
    assertEquals(Path.of("b/c").toAbsolutePath().toString(), pipeline.root());
    assertEquals(
        "s3a://bucket/x",
        read("name = a\nroot = \"s3a://bucket/x\"\nsteps = [\n" + WEB + "]\n").root());
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
