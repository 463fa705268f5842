package org.gristmill.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.SortedMap;
import org.gristmill.jobs.cli.Exit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of documents when input files come, go, move and change. */
@ExtendWith(OneSpark.class)
class InputFilesTest {
  @TempDir Path folder;
  private SmallPipeline pipeline;

  @BeforeEach
  void oneDelivery() throws IOException {
    pipeline = new SmallPipeline(folder).from("day1/*");
    pipeline.write("day1/part-0.jsonl", 0, 10);
    pipeline.runs();
  }

  @Test
  void aKnownNameInAnotherFolderIsANewFile() throws IOException {
    pipeline.write("day3/part-0.jsonl", 100, 10);
    pipeline.from("day3/*.jsonl");
    Fixtures.Printed run = pipeline.runs();
    assertEquals(20, SmallPipeline.count(run, "documents"));
    assertEquals(20, SmallPipeline.count(run, "tokenized"));
    assertTrue(run.err().contains("input files are gone, their documents stay"), run.err());
    assertTrue(run.err().contains("day1/part-0.jsonl"), run.err());
    pipeline.write("day4/part-0.jsonl", 100, 10); // day 3's content once more, which is still there
    pipeline.steps("{ job = ingest, source = jsonl, from = \"" + folder + "/day*/part-0.jsonl\" }");
    assertEquals(30, SmallPipeline.count(pipeline.runs(), "documents"));
    assertEquals(30, SmallPipeline.count(pipeline.recounted(), "tokenized"));
  }

  @Test
  void aMovedFolderIsReadAgainAndNothingBehindItIsMadeAgain() throws IOException {
    SortedMap<String, String> shards = Fixtures.shards(pipeline.root());
    Files.move(pipeline.in("day1"), pipeline.in("elsewhere"));
    Files.setLastModifiedTime(
        pipeline.in("elsewhere/part-0.jsonl"),
        FileTime.from(Instant.parse("2001-02-03T04:05:06Z")));
    pipeline.from("elsewhere/*");
    Fixtures.Printed run = pipeline.runs();
    assertTrue(run.err().contains("moved to"), run.err());
    assertTrue(run.err().contains("filter    up to date"), run.err());
    assertEquals(10, SmallPipeline.count(run, "documents"));
    assertEquals(shards, Fixtures.shards(pipeline.root()));
    assertTrue(pipeline.runs().err().contains("everything is up to date"));
  }

  @Test
  void aFileChangedInPlaceIsReadAgain() throws IOException {
    pipeline.write("day1/part-0.jsonl", 50, 12);
    Fixtures.Printed run = pipeline.runs();
    assertTrue(run.err().contains("changed or moved, read again"), run.err());
    assertEquals(12, SmallPipeline.count(run, "documents"));
    assertEquals(12, SmallPipeline.count(run, "tokenized"));
  }

  @Test
  void aFileTouchedButNotChangedMakesNothingElseAgain() throws IOException {
    Files.setLastModifiedTime(
        pipeline.in("day1/part-0.jsonl"), FileTime.from(Instant.parse("2001-02-03T04:05:06Z")));
    Fixtures.Printed run = pipeline.runs();
    assertTrue(run.err().contains("filter    up to date"), run.err());
    assertTrue(run.err().contains("pack      up to date"), run.err());
  }

  @Test
  void documentsOfARemovedStepGoOnlyWhenAllowed() throws IOException {
    pipeline.write("other/x.jsonl", 200, 5);
    String other =
        "{ job = ingest, source = jsonl, name = renamed, from = \"" + folder + "/other\" }";
    pipeline.steps(other);
    String latest = pipeline.latest();
    Fixtures.Printed refused = pipeline.run();
    assertEquals(Exit.MISTAKE, refused.code(), refused.err());
    assertTrue(refused.err().contains("--drop-source jsonl"), refused.err());
    assertEquals(latest, pipeline.latest());
    Fixtures.Printed allowed = pipeline.runs("--drop-source", "jsonl");
    assertTrue(allowed.err().contains("source jsonl: is not in the pipeline"), allowed.err());
    assertEquals(5, SmallPipeline.count(allowed, "documents"));
  }

  @Test
  void aFileThatMayStillBeGrowingWaits() throws IOException {
    pipeline.write("day1/part-1.jsonl", 300, 7);
    pipeline.from("day1/*", ", minAge = 1h");
    Fixtures.Printed run = pipeline.runs();
    assertTrue(run.err().contains("part-1.jsonl is younger than minAge"), run.err());
    assertEquals(10, SmallPipeline.count(run, "documents"));
    Files.setLastModifiedTime(
        pipeline.in("day1/part-1.jsonl"), FileTime.from(Instant.parse("2001-02-03T04:05:06Z")));
    assertEquals(17, SmallPipeline.count(pipeline.runs(), "documents"));
  }

  @Test
  void aDryRunSaysWhatWouldBeMadeAndWhyAndWritesNothing() throws IOException {
    var before = Fixtures.stamps(pipeline.root());
    pipeline.write("day1/part-1.jsonl", 300, 7);
    Fixtures.Printed dry = pipeline.runs("--dry");
    assertTrue(dry.out().contains("documents: 1 of 2 batches to make"), dry.out());
    assertTrue(dry.out().contains("judged: 1 of 2 batches to make"), dry.out());
    assertTrue(dry.out().contains("shards: 1 of 2 batches to make"), dry.out());
    assertEquals(before, Fixtures.stamps(pipeline.root()));
  }

  @Test
  void aRunThatFailsItsOwnCheckPublishesNothing() throws IOException {
    String latest = pipeline.latest();
    SortedMap<String, String> shards = Fixtures.shards(pipeline.root());
    Fixtures.warc(pipeline.in("day1/pages.warc.gz"), 0, 5);
    Fixtures.Printed run = pipeline.run();
    assertEquals(Exit.TOO_MUCH_BROKEN, run.code(), run.err());
    assertEquals(latest, pipeline.latest());
    assertEquals(shards, Fixtures.shards(pipeline.root()));
    assertTrue(run.err().contains("nothing was published"), run.err());
    assertTrue(run.err().contains("source = web"), run.err());
  }
}
