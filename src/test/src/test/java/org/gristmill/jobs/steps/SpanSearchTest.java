package org.gristmill.jobs.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.gristmill.core.Hash;
import org.gristmill.dedup.spans.Keep;
import org.gristmill.dedup.spans.RepeatedSpans;
import org.gristmill.dedup.spans.Span;
import org.gristmill.dedup.spans.Spans;
import org.gristmill.dedup.spans.Symbols;
import org.gristmill.jobs.OneSpark;
import org.gristmill.jobs.table.Tables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Spans that stand elsewhere, found in memory and by what passes over them. */
@ExtendWith(OneSpark.class)
class SpanSearchTest {
  private static final RepeatedSpans WHAT = new RepeatedSpans(12, 4);

  @TempDir Path folder;

  /**
   * Few letters, so that windows are equal by chance, in documents and across them, and overlap.
   */
  private static String text(int document) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      int chance = Hash.range(Hash.xx64(document, "part " + i), 6);
      text.append(
          switch (chance) {
            case 0 -> "abababababababababab";
            case 1 -> "the mill grinds what comes to it";
            case 2 -> "mill grinds what comes";
            case 3 -> "aaaaaaaaaaaaaaaaaaa" + document;
            default -> Long.toString(Hash.xx64(i, "text " + document), 36);
          });
    }
    return text.toString();
  }

  private TreeMap<Integer, List<Span>> found(SparkSession spark, int few, Keep keep) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      byte[] id = ByteBuffer.allocate(16).putInt(i).array();
      rows.add(RowFactory.create(RowFactory.create(1, 0, 0, id), id, text(i)));
    }
    StructType schema =
        StructType.fromDDL(
            "rank struct<fresh: int, preference: int, length: int, id: binary>, id binary, text"
                + " string");
    SpansJob of = SpansJob.DEFAULTS;
    SpansJob job =
        new SpansJob(of.from(), of.documents(), "", of.to(), WHAT, keep, 0, List.of(), true);
    Tables tables =
        new Tables(
            () -> spark, spark.sparkContext().hadoopConfiguration(), folder.toString(), () -> {});
    TreeMap<Integer, List<Span>> found = new TreeMap<>();
    new SpanSearch(tables, job, few)
        .found(spark.createDataFrame(rows, schema), List.of())
        .collectAsList()
        .forEach(
            row ->
                found
                    .computeIfAbsent(
                        ByteBuffer.wrap(row.<byte[]>getAs(0)).getInt(), d -> new ArrayList<>())
                    .add(new Span(row.getInt(1), row.getInt(2))));
    found.replaceAll((document, spans) -> Spans.union(spans));
    return found;
  }

  @Test
  void keysOfManySegmentsAreDecidedAsThoseOfFew() {
    SparkSession spark = SparkSession.getDefaultSession().get();
    List<Symbols> texts = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      texts.add(Symbols.of(text(i).getBytes(StandardCharsets.UTF_8)));
    }
    for (Keep keep : Keep.values()) {
      TreeMap<Integer, List<Span>> expected = new TreeMap<>();
      List<List<Span>> all = WHAT.find(texts, keep);
      for (int i = 0; i < all.size(); i++) {
        if (!all.get(i).isEmpty()) {
          expected.put(i, all.get(i));
        }
      }
      assertTrue(expected.size() > 30);
      assertEquals(expected, found(spark, 4096, keep), "in memory, " + keep);
      assertEquals(expected, found(spark, 2, keep), "passing over, " + keep);
    }
  }
}
