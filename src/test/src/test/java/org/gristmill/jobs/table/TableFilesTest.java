package org.gristmill.jobs.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.gristmill.jobs.OneSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A table's own files give the rows that Delta gives, and where they would not, Delta is asked. */
@ExtendWith(OneSpark.class)
class TableFilesTest {
  private static final List<String> BATCHES = List.of("a", "ü b%/=", "磨坊", "c'\"d");

  @TempDir Path folder;

  private String path() {
    return folder.resolve("tables/odd").toString();
  }

  private Tables tables(SparkSession spark) {
    return new Tables(
        () -> spark, spark.sessionState().newHadoopConf(), folder.toString(), () -> {});
  }

  private static void write(SparkSession spark, String path, int batch, String columns) {
    spark
        .range(10 * batch, 10 * batch + 10)
        .selectExpr(
            "'" + BATCHES.get(batch).replace("'", "\\'") + "' AS batch",
            "concat('made ', id % 2) AS made",
            columns)
        .write()
        .format("delta")
        .option("mergeSchema", "true")
        .partitionBy("batch", "made")
        .mode("append")
        .save(path);
  }

  private static List<String> lines(Dataset<Row> rows) {
    return rows.toJSON().collectAsList().stream().sorted().toList();
  }

  private void same(SparkSession spark, boolean plain, String... filters) {
    Tables tables = tables(spark);
    assertEquals(plain, new TableLog(tables.hadoop(), path()).plainSchema().isPresent());
    Dataset<Row> delta = spark.read().format("delta").load(path());
    Dataset<Row> ours = tables.read("odd");
    assertEquals(List.of(delta.columns()), List.of(ours.columns()));
    assertFalse(lines(delta).isEmpty());
    assertEquals(lines(delta), lines(ours));
    for (String filter : filters) {
      assertEquals(lines(delta.where(filter)), lines(ours.where(filter)), filter);
    }
    for (String batch : BATCHES) {
      assertEquals(
          lines(delta.where(delta.col("batch").equalTo(batch))),
          lines(tables.read("odd", List.of(batch, "none"))),
          batch);
    }
    assertEquals(List.of(), lines(tables.read("odd", List.of())));
  }

  @Test
  void theRowsAreThoseOfDelta() {
    SparkSession spark = SparkSession.active();
    write(spark, path(), 0, "named_struct('n', id, 'list', array(id)) AS value");
    write(spark, path(), 1, "named_struct('n', id, 'list', array(id)) AS value");
    spark.sql("ALTER TABLE delta.`" + path() + "` ADD COLUMNS (later STRING COMMENT 'new')");
    spark
        .read()
        .format("delta")
        .load(path())
        .where("batch = 'a'")
        .selectExpr("'" + BATCHES.get(2) + "' AS batch", "made", "value", "'x' AS later")
        .write()
        .format("delta")
        .mode("append")
        .save(path());
    String[] filters = {
      "batch = 'a' OR made = 'made 1' AND later IS NULL",
      "batch > 'b' AND value.n > 3",
      "made IN ('made 0') AND later = 'x'",
      "batch LIKE '%b%' OR later IS NOT NULL",
      "concat(batch, made) = 'amade 0'",
      "batch IS NULL"
    };
    same(spark, true, filters);
    // rows that an older version has are not in this one
    spark.sql("DELETE FROM delta.`" + path() + "` WHERE value.n % 3 = 0 AND batch = 'a'");
    spark.sql("DELETE FROM delta.`" + path() + "` WHERE batch = '" + BATCHES.get(2) + "'");
    same(spark, true, filters);

    String name = "ALTER TABLE delta.`" + path() + "` ";
    spark.sql(name + "SET TBLPROPERTIES ('delta.enableDeletionVectors' = 'true')");
    spark.sql("DELETE FROM delta.`" + path() + "` WHERE value.n % 5 = 1");
    same(spark, false, filters);
  }

  @Test
  void renamedColumnsAreDeltas() {
    SparkSession spark = SparkSession.active();
    write(spark, path(), 3, "id AS value");
    write(spark, path(), 0, "id AS value");
    same(spark, true, "value > 4");
    String name = "ALTER TABLE delta.`" + path() + "` ";
    spark.sql(name + "SET TBLPROPERTIES ('delta.columnMapping.mode' = 'name')");
    spark.sql(name + "RENAME COLUMN value TO other");
    same(spark, false, "other > 4");
    assertTrue(List.of(tables(spark).read("odd").columns()).contains("other"));
  }

  @Test
  void aTableInNoFoldersIsDeltas() {
    SparkSession spark = SparkSession.active();
    spark.sql("SELECT 'a' AS batch, 'm' AS made, 1 AS value").write().format("delta").save(path());
    same(spark, false, "value = 1");
  }
}
