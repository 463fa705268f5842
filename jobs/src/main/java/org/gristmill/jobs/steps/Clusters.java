package org.gristmill.jobs.steps;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.unhex;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.gristmill.dedup.Components;
import org.gristmill.jobs.table.Tables;

/**
 * The connected components of similar documents: in this process where there are few edges, by
 * {@link StarComponents} where there are many; both find the same.
 *
 * @param edges a, b (16 bytes each) and similarity, computed once
 * @param labels id and component, of every document that has an edge
 */
record Clusters(Dataset<Row> edges, Dataset<Row> labels) {
  /** So many edges fit into this process, with some 500 bytes each. */
  private static final int FEW = 1 << 18;

  static Clusters of(Tables tables, Dataset<Row> edges) {
    // All of them, or more than are used here: which ones does not matter then.
    List<Row> few = edges.limit(FEW + 1).collectAsList();
    if (few.size() > FEW) {
      Dataset<Row> written = tables.materialized("edges", edges);
      return new Clusters(
          written,
          new StarComponents(tables)
              .label(written.select("a", "b"))
              .withColumnRenamed("cluster", "component"));
    }
    Components components = new Components();
    for (Row edge : few) {
      components.join(text(edge.getAs("a")), text(edge.getAs("b")));
    }
    List<Row> labels = new ArrayList<>();
    components.labels().forEach((id, label) -> labels.add(RowFactory.create(id, label)));
    return new Clusters(
        tables.spark().createDataFrame(few, edges.schema()),
        tables
            .spark()
            .createDataFrame(labels, StructType.fromDDL("id string, component string"))
            .withColumn("id", unhex(col("id"))));
  }

  private static String text(byte[] id) {
    return java.util.HexFormat.of().formatHex(id);
  }
}
