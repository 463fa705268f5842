package org.gristmill.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.gristmill.jobs.cli.Exit;
import org.gristmill.testing.Sentences;

/** A short pipeline over JSON lines, for tests that run it many times in {@link OneSpark}. */
final class SmallPipeline {
  private final Path folder;
  private String ingest;
  private String deduplicate = "";
  private String more = "";
  private String tokenizer = "r50k_base";

  SmallPipeline(Path folder) {
    this.folder = folder;
    from("in");
  }

  Path root() {
    return folder.resolve("root");
  }

  Path in(String name) {
    return folder.resolve(name);
  }

  /** Reads from this folder below the test's from now on, with further settings of the step. */
  SmallPipeline from(String from, String... settings) {
    return steps(
        "{ job = ingest, source = jsonl, from = \""
            + folder.resolve(from)
            + "\" "
            + String.join(" ", settings)
            + " }");
  }

  /** Takes these ingest steps from now on. */
  SmallPipeline steps(String steps) {
    ingest = steps;
    return this;
  }

  /** Takes duplicates out from now on. */
  SmallPipeline deduplicating(String... settings) {
    deduplicate = "{ job = sign " + String.join(" ", settings) + " }\n{ job = cluster }";
    return this;
  }

  /** The same, and keeps an index of what stays. */
  SmallPipeline indexing() {
    deduplicating();
    deduplicate += "\n{ job = index }";
    return this;
  }

  /** Takes a tokenizer, as a pipeline says it, from now on. */
  SmallPipeline tokenizer(String tokenizer) {
    this.tokenizer = tokenizer;
    return this;
  }

  /** Gives the pipeline further settings from now on. */
  SmallPipeline with(String... settings) {
    more = String.join("\n", settings);
    return this;
  }

  /** Writes a file of documents; the same numbers give the same documents. */
  void write(String file, int first, int documents) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = first; i < first + documents; i++) {
      lines.append("{\"text\": \"");
      lines.append(Sentences.english(i, 6).replace("\n", " ")).append("\"}\n");
    }
    Fixtures.write(folder.resolve(file), lines.toString());
  }

  Path conf() throws IOException {
    Path conf = folder.resolve("small.conf");
    Fixtures.write(
        conf,
        """
        name = small
        root = "%s"
        %s
        steps = [
          %s
          { job = filter, filters = [ { name = length, minChars = 10 } ] }
          %s
          { job = tokenize, tokenizer = %s, keepDuplicates = %s }
          { job = pack, sequenceTokens = 128, shardTokens = 2048 }
        ]
        """
            .formatted(root(), more, ingest, deduplicate, tokenizer, deduplicate.isEmpty()));
    return conf;
  }

  /** Runs as a new process would: what Spark remembers of the tables is forgotten. */
  Fixtures.Printed run(String... flags) throws IOException {
    DeltaLog.clearCache();
    String[] arguments = new String[flags.length + 2];
    arguments[0] = "run";
    System.arraycopy(flags, 0, arguments, 1, flags.length);
    arguments[arguments.length - 1] = conf().toString();
    return Fixtures.gristmill(arguments);
  }

  /** Runs, and expects it to end well. */
  Fixtures.Printed runs(String... flags) throws IOException {
    Fixtures.Printed printed = run(flags);
    assertEquals(Exit.DONE, printed.code(), printed.err());
    return printed;
  }

  /** A number of all sources in the ledger that a run printed. */
  static long count(Fixtures.Printed run, String name) {
    List<String> head = List.of(run.out().lines().findFirst().orElseThrow().split(" +"));
    String all = run.out().lines().filter(l -> l.startsWith("all ")).findFirst().orElseThrow();
    return Long.parseLong(all.split(" +")[head.indexOf(name)].replace(",", ""));
  }

  /** The ledger, counted anew from every row. */
  Fixtures.Printed recounted() throws IOException {
    Fixtures.Printed printed = Fixtures.gristmill("ledger", "--recount", conf().toString());
    assertEquals(Exit.DONE, printed.code(), printed.out());
    return printed;
  }

  /** Works on the tables with Spark SQL. */
  void sql(Consumer<SparkSession> work) {
    DeltaLog.clearCache();
    work.accept(SparkSession.getDefaultSession().get());
  }

  String table(String name) {
    return "delta.`" + root().resolve("tables").resolve(name) + "`";
  }

  static final List<String> TABLES = List.of("batches", "documents", "judged", "tokens", "shards");

  String latest() throws IOException {
    return Files.readString(root().resolve("shards/latest.json"));
  }
}
