package org.gristmill.jobs;

import static org.junit.Assert.assertEquals;

import com.holdenkarau.spark.testing.JavaDatasetSuiteBase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.gristmill.core.Hash;
import org.gristmill.jobs.steps.StarComponents;
import org.gristmill.jobs.table.Tables;
import org.junit.Test;

/** Distributed connected components against a union-find. */
public class ComponentsTest extends JavaDatasetSuiteBase {
  @Override
  public boolean enableHiveSupport() {
    return false;
  }

  @Test
  public void agreesWithUnionFindOnRandomGraphs() throws Exception {
    for (int graph = 0; graph < 3; graph++) {
      List<String[]> edges = new ArrayList<>();
      int nodes = 300;
      for (int i = 0; i < 100 + 120 * graph; i++) {
        edges.add(
            new String[] {
              node(Hash.range(Hash.xx64(graph, "a" + i), nodes)),
              node(Hash.range(Hash.xx64(graph, "b" + i), nodes))
            });
      }
      check(edges);
    }
  }

  @Test
  public void findsALongChainAndAStar() throws Exception {
    List<String[]> edges = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      edges.add(new String[] {"chain" + shuffled(i), "chain" + shuffled(i + 1)});
      edges.add(new String[] {"star", "leaf" + i});
    }
    check(edges);
  }

  private static String shuffled(int i) {
    return Long.toHexString(Hash.xx64(7, "n" + i));
  }

  private static String node(int i) {
    return String.format(java.util.Locale.ROOT, "%05d", i);
  }

  private void check(List<String[]> edges) throws Exception {
    sqlContext().setConf("spark.sql.shuffle.partitions", "3");
    sqlContext().setConf("spark.sql.codegen.wholeStage", "false");
    Path root = Files.createTempDirectory("components");
    List<Row> rows = edges.stream().map(e -> RowFactory.create(e[0], e[1])).toList();
    Dataset<Row> given =
        sqlContext().createDataFrame(rows, StructType.fromDDL("a string, b string"));
    Map<String, String> found = new TreeMap<>();
    new StarComponents(
            new Tables(
                () -> sqlContext().sparkSession(),
                sqlContext().sparkContext().hadoopConfiguration(),
                root.toString(),
                () -> {}))
        .label(given)
        .collectAsList()
        .forEach(row -> assertEquals(null, found.put(row.getString(0), row.getString(1))));
    assertEquals(expected(edges), found);
  }

  /** By union-find in memory; loops are no edges. */
  private static Map<String, String> expected(List<String[]> edges) {
    org.gristmill.dedup.Components components = new org.gristmill.dedup.Components();
    for (String[] edge : edges) {
      if (!edge[0].equals(edge[1])) {
        components.join(edge[0], edge[1]);
      }
    }
    return components.labels();
  }
}
