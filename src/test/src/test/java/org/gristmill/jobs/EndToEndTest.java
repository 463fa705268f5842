package org.gristmill.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;
import org.gristmill.core.Hash;
import org.gristmill.jobs.cli.Exit;
import org.gristmill.jobs.run.RunLease;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The whole mill on a small corpus of all five kinds, in embedded Spark. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EndToEndTest {
  @TempDir static Path folder;

  private static Path input;
  private static Path root;
  private static Path conf;
  private static Fixtures.Printed first;

  @BeforeAll
  static void run() throws Exception {
    input = folder.resolve("input");
    root = folder.resolve("root");
    Fixtures.corpus(input);
    conf = Fixtures.conf(folder, input, root, "");
    first = Fixtures.gristmill("run", conf.toString());
    assertEquals(Exit.DONE, first.code(), first.err());
  }

  private static JsonNode ledger() throws Exception {
    Fixtures.Printed printed = Fixtures.gristmill("ledger", conf.toString(), "--json");
    assertEquals(Exit.DONE, printed.code(), printed.err());
    return new ObjectMapper().readTree(printed.out());
  }

  private static long sum(JsonNode counts) {
    long sum = 0;
    for (JsonNode count : counts) {
      sum += count.asLong();
    }
    return sum;
  }

  @Test
  @Order(1)
  void everyRecordIsAccountedFor() throws Exception {
    JsonNode ledger = ledger();
    assertTrue(ledger.path("unaccounted").isEmpty(), ledger.toString());
    assertEquals(5, ledger.path("sources").size());
    ledger
        .path("sources")
        .forEach(
            source -> {
              long documents = source.path("documents").asLong();
              assertEquals(
                  source.path("records").asLong(), documents + sum(source.path("quarantined")));
              assertEquals(documents, source.path("kept").asLong() + sum(source.path("dropped")));
              assertEquals(
                  source.path("kept").asLong(),
                  source.path("tokenized").asLong() + sum(source.path("duplicates")));
            });
    JsonNode web = ledger.path("sources").path("web");
    assertEquals(100, web.path("records").asLong());
    assertTrue(web.path("duplicates").path("exact").asLong() >= 8, web.toString());
    assertTrue(web.path("duplicates").path("near").asLong() >= 10, web.toString());
    assertEquals(30, ledger.path("sources").path("code").path("documents").asLong());
    assertEquals(
        1, ledger.path("sources").path("code").path("quarantined").path("not-text").asLong());
    assertEquals(
        1, ledger.path("sources").path("dialogue").path("quarantined").path("bad-json").asLong());
    assertEquals(8, ledger.path("sources").path("book").path("documents").asLong());
    assertEquals(20, ledger.path("sources").path("wiki").path("documents").asLong());
  }

  @Test
  @Order(2)
  void shardsAreAsTheManifestSays() throws Exception {
    JsonNode ledger = ledger();
    assertEquals(1, Fixtures.generations(root).size());
    Path shards =
        Path.of(ledger.path("shards").asText()).resolve(Fixtures.generations(root).get(0));
    String text = Files.readString(shards.resolve("manifest.json"));
    JsonNode manifest = new ObjectMapper().readTree(text);
    assertTrue(manifest.path("shards").size() > 2);
    for (JsonNode shard : manifest.path("shards")) {
      byte[] bytes = Files.readAllBytes(shards.resolve(shard.path("path").asText()));
      assertEquals(shard.path("bytes").asLong(), bytes.length);
      assertEquals(shard.path("sha256").asText(), Hash.sha256Hex(bytes));
    }
    long tokens = 0;
    for (JsonNode source : ledger.path("sources")) {
      tokens += source.path("tokens").asLong();
    }
    assertEquals(tokens, manifest.path("tokens").asLong());
    assertEquals(
        256 * manifest.path("sequences").asLong(), tokens + manifest.path("padding").asLong());
    String latest = Files.readString(root.resolve("shards/latest.json"));
    assertEquals(latest, Files.readString(Path.of(ledger.path("corpus").asText())));
    JsonNode corpus = new ObjectMapper().readTree(latest);
    assertEquals(
        latest,
        Files.readString(
            root.resolve("shards/corpora/" + corpus.path("corpus").asText() + ".json")));
    JsonNode generation = corpus.path("generations").path(0);
    assertEquals(Hash.sha256Hex(text), generation.path("manifest_sha256").asText());
    assertEquals(tokens, generation.path("tokens").asLong());
  }

  @Test
  @Order(3)
  void aSecondRunWritesNothing() throws Exception {
    List<String> before = Fixtures.stamps(root);
    Fixtures.Printed again = Fixtures.gristmill("run", conf.toString());
    assertEquals(Exit.DONE, again.code(), again.err());
    assertEquals(before, Fixtures.stamps(root));
    assertEquals(6, again.err().lines().filter(l -> l.contains("up to date (")).count());
    assertEquals(first.out(), again.out());
  }

  @Test
  @Order(4)
  void theSameInputGivesTheSameBytesElsewhereAndInOtherPartitions() throws Exception {
    SortedMap<String, String> expected = Fixtures.shards(root);
    assertTrue(expected.size() > 2);
    Path moved = folder.resolve("moved");
    Fixtures.corpus(moved);
    String[] settings = {
      "master = \"local[1]\", sql.shuffle.partitions = 1, sql.adaptive.enabled = false",
      "master = \"local[3]\", sql.shuffle.partitions = 7, sql.files.maxPartitionBytes = 20000"
    };
    for (int i = 0; i < settings.length; i++) {
      Path other = folder.resolve("other-" + i);
      Path its = Fixtures.conf(folder, moved, other, settings[i]);
      Fixtures.Printed printed = Fixtures.gristmill("run", its.toString());
      assertEquals(Exit.DONE, printed.code(), printed.err());
      assertEquals(expected, Fixtures.shards(other));
    }
  }

  @Test
  @Order(5)
  void aSecondRunAtTheSameTimeStops() throws Exception {
    List<String> before = Fixtures.stamps(root);
    try (RunLease held = RunLease.take(root.toString(), new Configuration())) {
      assertFalse(held.toString().isEmpty());
      Fixtures.Printed second = Fixtures.gristmill("run", conf.toString());
      assertEquals(Exit.HELD, second.code());
      assertTrue(second.err().contains("process " + ProcessHandle.current().pid()), second.err());
    }
    assertEquals(before, Fixtures.stamps(root));
  }

  @Test
  @Order(6)
  void oneMoreFileMakesOnlyWhatDependsOnIt() throws Exception {
    SortedMap<String, String> before = Fixtures.shards(root);
    JsonNode old = ledger();
    Fixtures.warc(input.resolve("web/c.warc.gz"), 500, 10);
    Fixtures.Printed printed = Fixtures.gristmill("run", conf.toString());
    assertEquals(Exit.DONE, printed.code(), printed.err());
    for (String job : List.of("ingest", "filter", "sign", "tokenize")) {
      assertTrue(
          printed.err().lines().anyMatch(l -> l.contains(job) && l.contains(": 1 of 6 batches")),
          printed.err());
    }
    JsonNode now = ledger();
    assertEquals(
        old.path("sources").path("web").path("records").asLong() + 10,
        now.path("sources").path("web").path("records").asLong());
    for (String source : List.of("book", "code", "wiki", "dialogue")) {
      assertEquals(
          old.path("sources").path(source).path("tokens"),
          now.path("sources").path(source).path("tokens"));
    }
    assertFalse(before.equals(Fixtures.shards(root)));
  }

  @Test
  @Order(7)
  void documentsOfVanishedFilesStayUnlessToldOtherwise() throws Exception {
    Files.delete(input.resolve("web/c.warc.gz"));
    Fixtures.Printed kept = Fixtures.gristmill("run", conf.toString());
    assertEquals(Exit.DONE, kept.code(), kept.err());
    assertEquals(6, kept.err().lines().filter(l -> l.contains("up to date (")).count());
    assertTrue(kept.err().contains("gone, their documents stay"), kept.err());
    assertTrue(kept.err().contains("c.warc.gz"), kept.err());
    Files.writeString(
        conf, Files.readString(conf).replace("source = web,", "source = web, vanished = drop,"));
    Fixtures.Printed dropped = Fixtures.gristmill("run", conf.toString());
    assertEquals(Exit.DONE, dropped.code(), dropped.err());
    assertTrue(dropped.err().contains("stays dropped until run --regenerate"), dropped.err());
    assertEquals(100, ledger().path("sources").path("web").path("records").asLong());
    SortedMap<String, String> shards = Fixtures.shards(root);
    assertTrue(shards.size() > 2);
  }

  @Test
  @Order(8)
  void tooMuchBrokenInputIsSaid() throws Exception {
    Path bad = folder.resolve("bad");
    Fixtures.write(bad.resolve("a.jsonl"), "{\"text\": \"sound\"}\n{\"text\": \n[1\n");
    Path its = folder.resolve("bad.conf");
    Fixtures.write(
        its,
        "name = bad\nroot = \""
            + folder.resolve("bad-root")
            + "\"\nsteps = [ { job = ingest, source = jsonl, from = \""
            + bad
            + "\" } ]\n");
    Fixtures.Printed printed = Fixtures.gristmill("run", its.toString());
    assertEquals(Exit.TOO_MUCH_BROKEN, printed.code(), printed.err());
    assertTrue(printed.out().contains("bad-json 2"), printed.out());
    assertTrue(printed.err().contains("nothing was published"), printed.err());
  }
}
