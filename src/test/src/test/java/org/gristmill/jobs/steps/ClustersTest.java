package org.gristmill.jobs.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.gristmill.core.Hash;
import org.gristmill.jobs.OneSpark;
import org.gristmill.jobs.table.Tables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is decided in the driver and what is decided on the cluster. */
@ExtendWith(OneSpark.class)
class ClustersTest {
  private static final String RANK =
      "struct<fresh: int, preference: int, length: bigint, id: binary, contentHash: string>";

  @TempDir Path folder;

  /** A document of a random place in the order; every fifth is in the corpus already. */
  private static Row rank(int document) {
    long chance = Hash.mix(document + 1);
    byte[] id = ByteBuffer.allocate(16).putLong(chance).putLong(document).array();
    return RowFactory.create(
        document % 5 == 0 ? 0 : 1,
        document % 3,
        -Long.remainderUnsigned(chance >>> 8, 4),
        id,
        "hash " + document);
  }

  private static List<Row> pairs(int documents, int pairs) {
    List<Row> rows = new ArrayList<>();
    List<Row> ranks = new ArrayList<>();
    for (int i = 0; i < documents; i++) {
      ranks.add(rank(i));
    }
    for (int i = 0; i < pairs; i++) {
      int a = Hash.range(Hash.xx64(1, "a" + i), documents);
      int b = Hash.range(Hash.xx64(1, "b" + i), documents);
      int order = compare(ranks.get(a), ranks.get(b));
      Row first = order < 0 ? ranks.get(a) : ranks.get(b);
      Row second = order < 0 ? ranks.get(b) : ranks.get(a);
      if (order != 0 && second.getInt(0) == 1) {
        rows.add(RowFactory.create(first, second, 0.7 + i % 7 / 100.0));
      }
    }
    return rows;
  }

  private static int compare(Row a, Row b) {
    for (int field = 0; field < 2; field++) {
      int order = Integer.compare(a.getInt(field), b.getInt(field));
      if (order != 0) {
        return order;
      }
    }
    int order = Long.compare(a.getLong(2), b.getLong(2));
    return order != 0 ? order : java.util.Arrays.compareUnsigned(a.getAs(3), b.<byte[]>getAs(3));
  }

  private static List<String> sorted(Dataset<Row> decided) {
    return decided
        .selectExpr("hex(id.id) AS id", "hex(keeper.id) AS keeper", "similarity")
        .sort("id")
        .collectAsList()
        .stream()
        .map(Row::toString)
        .toList();
  }

  @Test
  void bothDecideTheSame() {
    SparkSession spark = SparkSession.getDefaultSession().get();
    Tables tables =
        new Tables(
            () -> spark, spark.sparkContext().hadoopConfiguration(), folder.toString(), () -> {});
    StructType schema = StructType.fromDDL("a " + RANK + ", b " + RANK + ", similarity double");
    for (int pairs : new int[] {150, 500}) {
      Dataset<Row> given = spark.createDataFrame(pairs(200, pairs), schema);
      Clusters here = new Clusters(tables, Integer.MAX_VALUE - 1);
      Clusters there = new Clusters(tables, 0);
      List<String> stars = sorted(here.stars(given, 0));
      assertTrue(stars.size() > 30, "dropped: " + stars.size());
      assertEquals(stars, sorted(there.stars(given, 0)));
      List<String> components = sorted(here.components(given));
      assertTrue(components.size() > stars.size());
      assertEquals(components, sorted(there.components(given)));
    }
  }
}
