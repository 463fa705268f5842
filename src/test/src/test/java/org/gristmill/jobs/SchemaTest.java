package org.gristmill.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.gristmill.jobs.cli.Exit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A table that a release with other columns left behind. */
@ExtendWith(OneSpark.class)
class SchemaTest {
  private static final String RETYPED = "* EXCEPT (measured), cast(measured AS string) AS measured";

  @TempDir Path folder;
  private SmallPipeline pipeline;

  @BeforeEach
  void aDelivery() throws IOException {
    pipeline = new SmallPipeline(folder);
    pipeline.write("in/a.jsonl", 0, 8);
    pipeline.runs();
  }

  /** Rewrites the judgements with these columns. */
  private void leave(String columns) {
    pipeline.sql(
        spark ->
            spark
                .sql("SELECT " + columns + " FROM " + pipeline.table("judged"))
                .write()
                .format("delta")
                .mode("overwrite")
                .option("overwriteSchema", "true")
                .partitionBy("batch", "made")
                .save(pipeline.root() + "/tables/judged"));
  }

  private List<Row> judged(String query) {
    List<Row> rows = new ArrayList<>();
    pipeline.sql(
        spark ->
            rows.addAll(
                spark.sql(query.replace("judged", pipeline.table("judged"))).collectAsList()));
    return rows;
  }

  private List<String> columns() {
    return judged("DESCRIBE judged").stream()
        .map(row -> row.getString(0) + " " + row.getString(1))
        .toList();
  }

  @Test
  void aNewColumnIsAddedAndEmptyInTheBatchesThatStay() throws IOException {
    TreeSet<String> declared = new TreeSet<>(columns());
    leave("* EXCEPT (numbers)");
    pipeline.write("in/b.jsonl", 100, 8);
    Fixtures.Printed run = pipeline.runs();
    assertTrue(run.err().contains("judged: 1 of 2 batches made"), run.err());
    assertEquals(16, SmallPipeline.count(run, "tokenized"));
    assertEquals(declared, new TreeSet<>(columns()));
    assertEquals(
        List.of("8 8", "8 0"),
        judged("SELECT count(*), count(numbers) FROM judged GROUP BY batch ORDER BY 2 DESC")
            .stream()
            .map(row -> row.getLong(0) + " " + row.getLong(1))
            .toList());
  }

  @Test
  void whereEveryBatchIsMadeAgainTheColumnsAreTheNewOnes() throws IOException {
    pipeline.write("in/b.jsonl", 100, 8);
    pipeline.with("commitBytes = 1").runs();
    List<String> declared = columns();
    SortedMap<String, String> shards = Fixtures.shards(pipeline.root());
    leave(RETYPED.replace("measured)", "measured, made)") + ", 1 AS more, 'older' AS made");
    Fixtures.Printed run = pipeline.runs();
    assertTrue(run.err().contains("judged: 2 of 2 batches made"), run.err());
    assertEquals(declared, columns());
    assertEquals(shards, Fixtures.shards(pipeline.root()));
  }

  @Test
  void whereABatchWouldStayBehindNothingIsWritten() throws IOException {
    String latest = pipeline.latest();
    String stays = judged("SELECT DISTINCT batch FROM judged").get(0).getString(0);
    pipeline.write("in/b.jsonl", 100, 8);
    for (String columns :
        List.of("*, 1 AS more", RETYPED.replace("measured)", "measured, more)"))) {
      leave(columns);
      int commits = judged("DESCRIBE HISTORY judged").size();
      Fixtures.Printed run = pipeline.run();
      assertEquals(Exit.MISTAKE, run.code(), run.err());
      assertTrue(
          run.err()
              .contains(
                  "the columns of table judged have changed since it was made, and these batches"
                      + " cannot be made again: "
                      + stays),
          run.err());
      assertEquals(commits, judged("DESCRIBE HISTORY judged").size());
      assertEquals(latest, pipeline.latest());
    }
    Files.move(pipeline.root().resolve("tables/judged"), folder.resolve("away"));
    assertEquals(16, SmallPipeline.count(pipeline.runs(), "tokenized"));
  }
}
