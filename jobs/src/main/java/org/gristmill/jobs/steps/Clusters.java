package org.gristmill.jobs.steps;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.row_number;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.gristmill.dedup.Components;
import org.gristmill.dedup.Stars;
import org.gristmill.jobs.table.Tables;

/**
 * Which of the documents that are similar stay: in this process where there are few pairs, on the
 * cluster where there are many; both decide the same.
 *
 * <p>The pairs have columns a, b (of a type that has an order; a comes before b) and similarity.
 * The answer has columns id (a {@code b} that is dropped), keeper (an {@code a} that stays) and
 * similarity.
 *
 * @param tables for what is written on the way
 * @param few most pairs that are decided in this process, with about a kilobyte each
 */
record Clusters(Tables tables, int few) {
  private static final int FEW = 1 << 17;

  private static final String NUMBERED =
      "component binary, document int, keeper int, similarity double";

  Clusters(Tables tables) {
    this(tables, FEW);
  }

  /**
   * Stars: whoever is dropped is itself similar to the one that stays. See {@link Stars}.
   *
   * @param documents about so many are decided: where they may have many pairs, these are computed
   *     once and written, and not first to see whether there are
   */
  Dataset<Row> stars(Dataset<Row> pairs, long documents) {
    boolean many = documents > few;
    Dataset<Row> once = many ? tables.materialized("pairs", pairs) : pairs;
    // All of them, or more than are used here: which ones does not matter then.
    List<Row> here = once.limit(few + 1).collectAsList();
    return here.size() > few
        ? distributedStars(many ? once : tables.materialized("pairs", pairs))
        : tables
            .spark()
            .createDataFrame(
                stars(here),
                new StructType()
                    .add("id", pairs.schema().apply("b").dataType())
                    .add("keeper", pairs.schema().apply("a").dataType())
                    .add("similarity", DataTypes.DoubleType));
  }

  private static List<Row> stars(List<Row> pairs) {
    TreeMap<Row, Integer> numbers = new TreeMap<>(ClusterJob.RANKS);
    for (Row pair : pairs) {
      numbers.put(pair.getAs("a"), 0);
      numbers.put(pair.getAs("b"), 0);
    }
    List<Row> ranks = new ArrayList<>(numbers.keySet());
    for (int i = 0; i < ranks.size(); i++) {
      numbers.put(ranks.get(i), i);
    }
    List<Row> sorted = new ArrayList<>(pairs);
    sorted.sort(
        (x, y) -> Integer.compare(numbers.get(x.<Row>getAs("b")), numbers.get(y.<Row>getAs("b"))));
    List<Row> dropped = new ArrayList<>();
    Stars.Decision out =
        (document, keeper, similarity) ->
            dropped.add(RowFactory.create(ranks.get(document), ranks.get(keeper), similarity));
    Stars stars = new Stars();
    for (Row pair : sorted) {
      stars.pair(
          numbers.get(pair.<Row>getAs("b")),
          numbers.get(pair.<Row>getAs("a")),
          pair.getAs("similarity"),
          out);
    }
    stars.finish(out);
    return dropped;
  }

  /** Components know nothing of each other; within one, a task passes over the sorted pairs. */
  private Dataset<Row> distributedStars(Dataset<Row> pairs) {
    Dataset<Row> numbers =
        tables.materialized(
            "numbers",
            members(pairs)
                .withColumn(
                    "number",
                    row_number()
                        .over(Window.partitionBy("component").orderBy("rank"))
                        .minus(lit(1))));
    Dataset<Row> numbered =
        pairs
            .select(id("a").as("a"), id("b").as("b"), col("similarity"))
            .join(numbers.select(col("id").as("a"), col("number").as("keeper")), "a")
            .join(
                numbers.select(col("id").as("b"), col("component"), col("number").as("document")),
                "b")
            .select("component", "document", "keeper", "similarity");
    MapPartitionsFunction<Row, Row> decide = Clusters::decide;
    Dataset<Row> dropped =
        numbered
            .repartition(col("component"))
            .sortWithinPartitions("component", "document")
            .mapPartitions(decide, Encoders.row(StructType.fromDDL(NUMBERED)));
    return dropped
        .join(
            numbers.select(col("component"), col("number").as("document"), col("rank").as("id")),
            ClusterJob.columns("component", "document"))
        .join(
            numbers.select(col("component"), col("number").as("keeper"), col("rank").as("stays")),
            ClusterJob.columns("component", "keeper"))
        .select(col("id"), col("stays").as("keeper"), col("similarity"));
  }

  /** Of pairs sorted by component and document, the decisions. */
  private static Iterator<Row> decide(Iterator<Row> pairs) {
    return new Iterator<>() {
      private final ArrayDeque<Row> decided = new ArrayDeque<>();
      private byte[] component = {};
      private Stars stars = new Stars();

      private void out(int document, int keeper, double similarity) {
        decided.add(RowFactory.create(component, document, keeper, similarity));
      }

      @Override
      public boolean hasNext() {
        while (decided.isEmpty() && pairs.hasNext()) {
          Row pair = pairs.next();
          byte[] its = pair.getAs("component");
          if (!Arrays.equals(component, its)) {
            stars.finish(this::out);
            component = its;
            stars = new Stars();
          }
          stars.pair(
              pair.<Integer>getAs("document"),
              pair.<Integer>getAs("keeper"),
              pair.<Double>getAs("similarity"),
              this::out);
        }
        if (decided.isEmpty()) {
          stars.finish(this::out);
        }
        return !decided.isEmpty();
      }

      @Override
      public Row next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return decided.remove();
      }
    };
  }

  /** Everything is as similar as the pairs that link it, and the first of all stays. */
  Dataset<Row> components(Dataset<Row> pairs) {
    Dataset<Row> written = tables.materialized("pairs", pairs);
    Dataset<Row> both =
        written
            .select(col("a").as("rank"), col("similarity"))
            .union(written.select(col("b").as("rank"), col("similarity")));
    Dataset<Row> nearest =
        both.groupBy(col("rank.id").as("id")).agg(max("similarity").as("similarity"));
    return members(written)
        .withColumn("keeper", min("rank").over(Window.partitionBy("component")))
        .where("rank.fresh = 1 AND rank.id <> keeper.id")
        .join(nearest, "id")
        .select(col("rank").as("id"), col("keeper"), col("similarity"));
  }

  /** Columns id, rank and component of every document that has a pair. */
  private Dataset<Row> members(Dataset<Row> pairs) {
    Dataset<Row> ranks =
        pairs
            .select(col("a").as("rank"))
            .union(pairs.select(col("b").as("rank")))
            .select(id("rank").as("id"), col("rank"))
            .distinct();
    return labels(pairs.select(id("a").as("a"), id("b").as("b"))).join(ranks, "id");
  }

  /** Columns id and component of every id in some pairs. */
  Dataset<Row> labels(Dataset<Row> pairs) {
    List<Row> here = pairs.limit(few + 1).collectAsList();
    if (here.size() > few) {
      return new StarComponents(tables).label(pairs).withColumnRenamed("cluster", "component");
    }
    Components components = new Components();
    for (Row pair : here) {
      components.join(text(pair.getAs("a")), text(pair.getAs("b")));
    }
    List<Row> labels = new ArrayList<>();
    components
        .labels()
        .forEach((id, label) -> labels.add(RowFactory.create(bytes(id), bytes(label))));
    return tables
        .spark()
        .createDataFrame(labels, StructType.fromDDL("id binary, component binary"));
  }

  private static String text(byte[] id) {
    return HexFormat.of().formatHex(id);
  }

  private static byte[] bytes(String id) {
    return HexFormat.of().parseHex(id);
  }

  private static Column id(String rank) {
    return col(rank + ".id");
  }
}
