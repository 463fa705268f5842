package org.gristmill.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.gristmill.jobs.cli.Exit;
import org.gristmill.jobs.conf.Pipeline;
import org.gristmill.jobs.conf.PipelineReader;
import org.gristmill.jobs.run.Progress;
import org.gristmill.jobs.run.Runner;
import org.gristmill.jobs.run.Session;
import org.gristmill.jobs.table.Tables;
import org.gristmill.testing.Sentences;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A corpus that grows: what was decided stays, and what is new costs what is new. */
@ExtendWith(OneSpark.class)
class GrowthTest {
  @TempDir Path folder;

  private SmallPipeline pipeline(String name) {
    return new SmallPipeline(folder.resolve(name)).indexing();
  }

  /** Deliveries that overlap: exact copies, near ones, and a longer twin of an old document. */
  private static void deliver(SmallPipeline pipeline, int delivery) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      line(lines, Sentences.english(100 * delivery + i, 12));
    }
    if (delivery > 0) {
      line(lines, Sentences.english(100 * (delivery - 1), 12)); // as it came before
      line(lines, Sentences.english(100 * (delivery - 1) + 1, 12) + " And one more word, longer.");
    }
    line(lines, Sentences.english(100 * delivery, 12) + " With an end of its own.");
    Fixtures.write(pipeline.in("in/" + delivery + ".jsonl"), lines.toString());
  }

  private static void line(StringBuilder lines, String text) {
    lines.append("{\"text\": \"").append(text.replace("\n", " ")).append("\"}\n");
  }

  @Test
  void whatWasDecidedStaysAndRegeneratingForgetsHowItCame() throws IOException {
    SmallPipeline grown = pipeline("grown");
    SortedMap<String, String> shards = new java.util.TreeMap<>();
    for (int delivery = 0; delivery < 3; delivery++) {
      deliver(grown, delivery);
      List<String> old = delivery == 0 ? List.of() : Fixtures.stamps(shardFolder(grown));
      Fixtures.Printed run = grown.runs();
      if (delivery > 0) {
        for (String table : List.of("documents", "judged", "signatures", "clusters", "tokens")) {
          String made = table + ": 1 of " + (delivery + 1) + " batches made";
          assertTrue(run.err().contains(made), made + " in " + run.err());
        }
        List<String> now = Fixtures.stamps(shardFolder(grown));
        old.removeIf(line -> line.contains("latest.json"));
        assertTrue(now.containsAll(old), "old shards are as they were");
      }
      SortedMap<String, String> all = Fixtures.shards(grown.root());
      assertTrue(all.entrySet().containsAll(shards.entrySet()), "old shards are in the corpus");
      shards = all;
      assertEquals(delivery + 1, Fixtures.generations(grown.root()).size());
      // of each delivery one near copy within, of the later ones two of the delivery before
      assertEquals(delivery == 0 ? 1 : 1 + 3L * delivery, SmallPipeline.count(run, "duplicates"));
    }
    assertTrue(grown.runs().err().contains("everything is up to date"));
    Fixtures.Printed anew = grown.runs("--regenerate");
    assertEquals(1, Fixtures.generations(grown.root()).size(), anew.err());

    SmallPipeline whole = pipeline("whole");
    for (int delivery = 0; delivery < 3; delivery++) {
      deliver(whole, delivery);
    }
    whole.runs();
    assertEquals(Fixtures.shards(whole.root()), Fixtures.shards(grown.root()));
    assertEquals(whole.latest(), grown.latest());
    String generation = Fixtures.generations(whole.root()).get(0) + "/manifest.json";
    assertEquals(
        Files.readString(shardFolder(whole).resolve(generation)),
        Files.readString(shardFolder(grown).resolve(generation)));
    theOldShardsGoWhenTold(grown);
  }

  private static void theOldShardsGoWhenTold(SmallPipeline pipeline) throws IOException {
    SortedMap<String, String> shards = Fixtures.shards(pipeline.root());
    List<String> before = Fixtures.stamps(pipeline.root());
    String conf = pipeline.conf().toString();
    Fixtures.Printed recent = Fixtures.gristmill("gc", conf);
    assertEquals(Exit.DONE, recent.code(), recent.err());
    assertEquals(0, count(recent, "shards/"), "corpora of the last days stay: " + recent.out());
    assertEquals(3, count(recent, "near_index/"), recent.out());
    Fixtures.Printed all = Fixtures.gristmill("gc", "--keep-days", "0", conf);
    assertEquals(6, count(all, "shards/"), "three corpora, three generations: " + all.out());
    assertEquals(before, Fixtures.stamps(pipeline.root()), "nothing happens unless told");
    Fixtures.Printed done = Fixtures.gristmill("gc", "--delete", "--keep-days", "0", conf);
    assertEquals(Exit.DONE, done.code(), done.err());
    try (var left = Files.list(shardFolder(pipeline))) {
      long seen = left.filter(f -> !f.getFileName().toString().startsWith(".")).count();
      assertEquals(3, seen, "corpora, latest.json and one generation");
    }
    assertEquals(shards, Fixtures.shards(pipeline.root()));
    assertTrue(pipeline.runs().err().contains("everything is up to date"));
  }

  private static long count(Fixtures.Printed gc, String folder) {
    return gc.out().lines().filter(line -> line.contains("/root/" + folder)).count();
  }

  @Test
  void theIndexFindsWhatTheTablesHold() throws IOException {
    SmallPipeline indexed = pipeline("indexed");
    SmallPipeline plain = pipeline("plain").deduplicating();
    for (int delivery = 0; delivery < 2; delivery++) {
      deliver(indexed, delivery);
      deliver(plain, delivery);
      if (delivery > 0) {
        aPlanSaysWhatIsNewAndAboutHowMuch(indexed);
      }
      Fixtures.Printed run = indexed.runs();
      assertTrue(run.err().contains("bytes read to find") == delivery > 0, run.err());
      plain.runs();
    }
    assertEquals(Fixtures.shards(plain.root()), Fixtures.shards(indexed.root()));
    assertEquals(plain.latest(), indexed.latest());
    withoutItsTableOfBatchesTheyAreCountedAgain(indexed);
  }

  private static void aPlanSaysWhatIsNewAndAboutHowMuch(SmallPipeline pipeline) throws IOException {
    List<String> before = Fixtures.stamps(pipeline.root());
    Fixtures.Printed plan = Fixtures.gristmill("plan", pipeline.conf().toString());
    assertEquals(Exit.DONE, plan.code(), plan.err());
    String size =
        "reads (rows|[0-9]+ rows) of [0-9.]+ k?B, writes about [0-9]+ rows of [0-9.]+ k?B";
    for (String table : List.of("documents", "judged", "signatures", "tokens", "shards")) {
      assertTrue(
          plan.out().lines().anyMatch(l -> l.matches(".* " + table + ": 1 of 2 .*" + size + ".*")),
          table + " in " + plan.out());
    }
    assertEquals(before, Fixtures.stamps(pipeline.root()));
  }

  private static void withoutItsTableOfBatchesTheyAreCountedAgain(SmallPipeline pipeline)
      throws IOException {
    String latest = pipeline.latest();
    delete(pipeline.root().resolve("tables/batches"));
    Fixtures.Printed again = pipeline.runs();
    assertTrue(again.err().contains("everything is up to date"), again.err());
    assertTrue(again.err().contains("table batches was missing"), again.err());
    assertEquals(latest, pipeline.latest());
    delete(pipeline.root().resolve("tables/batches"));
    deliver(pipeline, 2); // copies of documents that came before
    assertEquals(7, SmallPipeline.count(pipeline.runs(), "duplicates"));
  }

  private static Path shardFolder(SmallPipeline pipeline) {
    return pipeline.root().resolve("shards");
  }

  @Test
  void killedBeforeAnyWriteARunGoesOnWhereItStood() throws IOException {
    SmallPipeline calm = pipeline("calm").with("commitBytes = 1");
    SmallPipeline killed = pipeline("killed").with("commitBytes = 1");
    int writes = 0;
    for (int delivery = 0; delivery < 2; delivery++) {
      for (SmallPipeline each : List.of(calm, killed)) {
        each.from("in", ", batchBytes = 1");
        deliver(each, delivery);
        Fixtures.write(each.in("in/more-" + delivery + ".jsonl"), "{\"text\": \"a short one\"}\n");
      }
      calm.runs();
      int done = 0;
      for (int allowed = 3 + 5 * delivery; ; allowed += 13) { // again and again, a little later
        int[] left = {allowed};
        try {
          runner(killed, left);
          break;
        } catch (Killed e) {
          done++;
        }
      }
      writes += done;
      killed.runs();
      assertEquals(Fixtures.shards(calm.root()), Fixtures.shards(killed.root()));
      assertEquals(calm.latest(), killed.latest());
    }
    assertTrue(writes > 2, "killed " + writes + " times");
    Fixtures.Printed ledger = Fixtures.gristmill("ledger", "--recount", killed.conf().toString());
    assertEquals(Exit.DONE, ledger.code(), ledger.out());
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Brings the tables up to date, and dies before the write that is not allowed any more. */
  private static void runner(SmallPipeline pipeline, int[] left) throws IOException {
    Pipeline read = PipelineReader.read(pipeline.conf());
    Runnable guard =
        () -> {
          if (left[0]-- == 0) {
            throw new Killed();
          }
        };
    try (Session session = new Session(read, started -> {})) {
      Tables tables = new Tables(session, session.hadoop(), read.root(), guard);
      PrintStream nowhere = new PrintStream(java.io.OutputStream.nullOutputStream());
      new Runner(tables, read.commitBytes(), new Progress(nowhere), line -> {}).run(read.jobs());
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    try (var walk = Files.walk(folder)) {
      walk.sorted(java.util.Comparator.reverseOrder()).forEach(files::add);
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
