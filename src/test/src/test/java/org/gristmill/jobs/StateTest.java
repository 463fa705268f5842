package org.gristmill.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.apache.spark.sql.delta.DeltaLog;
import org.gristmill.jobs.cli.Exit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What others do to the tables between two runs doubles nothing and loses nothing. */
@ExtendWith(OneSpark.class)
class StateTest {
  @TempDir Path folder;
  @TempDir static Path made;

  private SmallPipeline pipeline;

  /** Made once; every test works on a copy of the tables and shards. */
  @BeforeAll
  static void twoDeliveries() throws IOException {
    SmallPipeline pipeline = new SmallPipeline(made);
    pipeline.write("in/a.jsonl", 0, 8);
    pipeline.runs();
    pipeline.write("in/b.jsonl", 100, 8);
    pipeline.runs();
  }

  @BeforeEach
  void copied() throws IOException {
    pipeline = new SmallPipeline(folder).from(made.resolve("in").toString());
    Path root = made.resolve("root");
    try (Stream<Path> walk = Files.walk(root)) {
      for (Path file : walk.toList()) {
        Files.copy(file, pipeline.root().resolve(root.relativize(file).toString()));
      }
    }
  }

  private void upToDate() throws IOException {
    Fixtures.Printed again = pipeline.runs();
    assertTrue(again.err().contains("everything is up to date"), again.err());
    Fixtures.Printed recounted = pipeline.recounted();
    assertEquals(16, SmallPipeline.count(recounted, "documents"));
    assertEquals(16, SmallPipeline.count(recounted, "tokenized"));
    assertEquals(again.out(), recounted.out());
  }

  @Test
  void checkpointsAndTheCleanUpOfTheLogKeepTheState() throws IOException {
    pipeline.sql(
        spark -> {
          for (String table : SmallPipeline.TABLES) {
            String name = pipeline.table(table);
            spark.sql("ALTER TABLE " + name + " SET TBLPROPERTIES ('somebody' = 'else')");
            spark.sql(
                "ALTER TABLE " + name + " SET TBLPROPERTIES ('delta.checkpointInterval' = '1')");
            spark.sql("ALTER TABLE " + name + " SET TBLPROPERTIES ('another' = 'commit')");
          }
        });
    int removed = 0;
    for (String table : SmallPipeline.TABLES) {
      removed += cleanUp(pipeline.root().resolve("tables").resolve(table).resolve("_delta_log"));
    }
    assertTrue(removed > SmallPipeline.TABLES.size(), removed + " files of the logs removed");
    upToDate();
  }

  /** Removes what stands before the last checkpoint, as Delta does after some weeks. */
  private static int cleanUp(Path log) throws IOException {
    List<Path> files;
    try (Stream<Path> list = Files.list(log)) {
      files = list.sorted().toList();
    }
    String last =
        files.stream()
            .map(f -> f.getFileName().toString())
            .filter(n -> n.matches("[0-9]{20}\\.checkpoint.*parquet"))
            .map(n -> n.substring(0, 20))
            .max(String::compareTo)
            .orElseThrow();
    int removed = 0;
    for (Path file : files) {
      String name = file.getFileName().toString().replaceFirst("^\\.", "");
      if (name.matches("[0-9]{20}\\..*") && name.substring(0, 20).compareTo(last) < 0) {
        Files.delete(file);
        removed++;
      }
    }
    return removed;
  }

  @Test
  void optimizeAndVacuumKeepTheState() throws IOException {
    pipeline.sql(
        spark -> {
          for (String table : SmallPipeline.TABLES) {
            spark.sql("OPTIMIZE " + pipeline.table(table));
            spark.sql("VACUUM " + pipeline.table(table) + " RETAIN 0 HOURS");
          }
        });
    upToDate();
  }

  @Test
  void whatWasRestoredIsMadeAgain() throws IOException {
    SortedMap<String, String> shards = Fixtures.shards(pipeline.root());
    pipeline.sql(
        spark -> {
          spark.sql("RESTORE TABLE " + pipeline.table("judged") + " TO VERSION AS OF 0");
          spark.sql("RESTORE TABLE " + pipeline.table("batches") + " TO VERSION AS OF 1");
        });
    pipeline.runs();
    assertEquals(shards, Fixtures.shards(pipeline.root()));
    upToDate();
  }

  @Test
  void shallowAndDeepCopiesHaveTheState() throws IOException {
    Path original = pipeline.root();
    Path moved = folder.resolve("moved");
    Files.move(original, moved);
    pipeline.sql(
        spark -> {
          for (String table : SmallPipeline.TABLES) {
            spark.sql(
                "CREATE TABLE "
                    + pipeline.table(table)
                    + " SHALLOW CLONE delta.`"
                    + moved.resolve("tables").resolve(table)
                    + "`");
          }
        });
    upToDate();
  }

  @Test
  void rowsThatAnotherProgramAppendedOrDeletedAreNoticed() throws IOException {
    SortedMap<String, String> shards = Fixtures.shards(pipeline.root());
    pipeline.sql(
        spark -> {
          spark
              .read()
              .format("delta")
              .load(pipeline.root() + "/tables/documents")
              .write()
              .format("delta")
              .mode("append")
              .save(pipeline.root() + "/tables/documents");
          spark.sql("DELETE FROM " + pipeline.table("tokens") + " WHERE length > 80");
        });
    Fixtures.Printed run = pipeline.runs();
    assertTrue(run.err().contains("has 18 rows where 9 were recorded"), run.err());
    assertEquals(shards, Fixtures.shards(pipeline.root()));
    upToDate();
  }

  @Test
  void aTableOfAnotherProgramIsRefusedAndNotAppendedTo() throws IOException {
    pipeline.sql(
        spark ->
            spark
                .sql("SELECT 'x' AS batch, 'y' AS text")
                .write()
                .format("delta")
                .mode("overwrite")
                .option("overwriteSchema", "true")
                .save(pipeline.root() + "/tables/judged"));
    Fixtures.Printed run = pipeline.run();
    assertEquals(Exit.MISTAKE, run.code(), run.err());
    assertTrue(
        run.err().contains("tables/judged holds a table without a readable state"), run.err());
    pipeline.sql(
        spark ->
            assertEquals(
                1, spark.read().format("delta").load(pipeline.root() + "/tables/judged").count()));
  }

  @Test
  void lostRecordsAreCountedAgain() throws IOException {
    try (Stream<Path> walk = Files.walk(pipeline.root().resolve("tables/batches"))) {
      for (Path file : walk.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    upToDate();
  }

  private Fixtures.Printed filtered(Path root, int minWords, int minChars) throws IOException {
    Path conf = folder.resolve("filtered.conf");
    Fixtures.write(
        conf,
        """
        name = filtered
        root = "%s"
        steps = [
          { job = ingest, source = jsonl, from = "%s" }
          { job = filter, filters = [
              { name = language, minScore = 0 }
              { name = pii, kinds = [email], action = mask }
              { name = gopher-quality, minAlphabeticWords = 0.5, minWords = %d }
              { name = length, minChars = %d } ] }
        ]
        """
            .formatted(root, folder.resolve("texts"), minWords, minChars));
    DeltaLog.clearCache();
    Fixtures.Printed printed = Fixtures.gristmill("run", conf.toString());
    assertEquals(Exit.DONE, printed.code(), printed.err());
    return printed;
  }

  private List<String> judged(Path root) {
    List<String> rows = new ArrayList<>();
    pipeline.sql(
        spark ->
            spark
                .read()
                .format("delta")
                .load(root + "/tables/judged")
                .orderBy("id")
                .collectAsList()
                .forEach(row -> rows.add(row.toString())));
    return rows;
  }

  private static long kept(List<String> rows) {
    return rows.stream().filter(row -> row.contains(",true,")).count();
  }

  /** A document in thirteen has no language: only its text tells how it is judged. */
  @Test
  void otherLimitsDecideAgainAsTheyWouldHave() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 39; i++) {
      String text = "The miller of the river has to be there with the corn that we have. ";
      text = text.repeat(i % 7) + i + " sacks went to mill@river.com.";
      lines.append("{\"text\": \"").append(i % 13 == 5 ? "12 + " + i : text).append("\"}\n");
    }
    Fixtures.write(folder.resolve("texts/a.jsonl"), lines.toString());
    Path root = folder.resolve("one");
    filtered(root, 20, 50);
    List<String> before = judged(root);
    String again = filtered(root, 40, 2).err();
    assertTrue(again.contains("gopher-quality.minWords 20 -> 40, length.minChars 50 -> 2"), again);
    assertTrue(again.contains(", decided again from their numbers"), again);
    assertTrue(again.contains("the numbers of 3 of 39 documents do not tell"), again);
    Path fresh = folder.resolve("two");
    assertFalse(filtered(fresh, 40, 2).err().contains("decided again"));
    assertEquals(judged(fresh), judged(root));
    assertNotEquals(kept(before), kept(judged(root)));
    assertTrue(kept(before) > 5 && kept(judged(root)) > 5, before.toString());
    pipeline.sql(
        spark -> spark.sql("DELETE FROM delta.`" + root + "/tables/judged` WHERE offset = 0"));
    again = filtered(root, 20, 50).err();
    assertTrue(again.contains("gopher-quality.minWords 40 -> 20"), again);
    assertFalse(again.contains("decided again"), again);
    assertEquals(before, judged(root));
  }
}
