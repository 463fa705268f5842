package org.gristmill.jobs.steps;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;
import org.gristmill.core.Block;
import org.gristmill.core.Setting;
import org.gristmill.core.SettingError;
import org.gristmill.dedup.MinHash;
import org.gristmill.jobs.table.Count;
import org.gristmill.jobs.table.Grain;
import org.gristmill.jobs.table.Job;
import org.gristmill.jobs.table.Rows;
import org.gristmill.jobs.table.Tables;

/**
 * All signatures to the table {@code clusters}: the members of every group of two or more
 * duplicates, and which one stays.
 *
 * <p>Equal content hashes are exact duplicates. Of each group of those, one goes into the
 * near-duplicate search, so that a million copies of one page cost no more than one: documents that
 * share a band are candidates (each with the smallest and with the next smaller id of its bucket,
 * never all pairs), and a candidate pair counts when the signatures agree in at least {@code
 * minSimilarity} of their slots, an estimate of the Jaccard similarity with a standard error of at
 * most {@code 0.5 / sqrt(bands * rows)}. Clusters are the connected components.
 *
 * <p>The one that stays is the first by: position of its source in {@code prefer} (sources not
 * named come last), length (longest first), id.
 *
 * @param from table of signatures
 * @param to table to make
 * @param minSimilarity least estimated Jaccard similarity of a pair, above 0 and at most 1
 * @param prefer sources from the most to the least wanted
 */
@Block(does = "Finds exact and near duplicates among all documents and decides which one stays.")
public record ClusterJob(
    @Setting(does = "table of signatures") String from,
    @Setting(does = "table to make") String to,
    @Setting(
            does = "least estimated Jaccard similarity of a pair of near duplicates",
            min = Double.MIN_VALUE,
            max = 1)
        double minSimilarity,
    @Setting(does = "sources from the most to the least wanted, when one of several copies stays")
        List<String> prefer)
    implements Job {
  public static final ClusterJob DEFAULTS =
      new ClusterJob("signatures", "clusters", 0.7, List.of());

  public ClusterJob {
    if (!(minSimilarity > 0 && minSimilarity <= 1)) {
      throw new SettingError("minSimilarity", "must be above 0 and at most 1, is " + minSimilarity);
    }
    prefer = List.copyOf(prefer);
  }

  @Override
  public List<String> reads() {
    return List.of(from);
  }

  @Override
  public Grain grain() {
    return Grain.WHOLE;
  }

  @Override
  public String schema() {
    return "batch string COMMENT 'batch of the document',"
        + " source string COMMENT 'name of the ingest step',"
        + " id string COMMENT 'id of the document',"
        + " cluster string COMMENT 'least id of its cluster',"
        + " size long COMMENT 'documents in the cluster',"
        + " keep boolean COMMENT 'whether it is the one that stays',"
        + " kind string COMMENT 'exact if its text equals the one that stays, else near',"
        + " match string COMMENT 'id of the most similar document it was compared with',"
        + " similarity double COMMENT 'estimated Jaccard similarity to that one'";
  }

  @Override
  public Dataset<Row> plan(Tables tables, Collection<String> batches) {
    Dataset<Row> all = tables.read(from);
    WindowSpec sameText = Window.partitionBy("contentHash");
    Dataset<Row> grouped =
        all.select("id", "contentHash").withColumn("first", min("id").over(sameText));
    Dataset<Row> copies =
        grouped
            .where("id <> first")
            .select(col("first").as("a"), col("id").as("b"), lit(1.0).as("similarity"));
    Dataset<Row> alone = all.join(copies.select(col("b").as("id")), idColumn(), "left_anti");
    Dataset<Row> edges = tables.materialized("edges", copies.union(near(alone)));
    Dataset<Row> labels = new StarComponents(tables).label(edges.select("a", "b"));
    return members(all, edges, labels);
  }

  @Override
  public List<Count> counts() {
    return List.of(Count.by("duplicates", "NOT keep", "kind"));
  }

  @Override
  public Dataset<Row> digests(Dataset<Row> rows) {
    return rows.where("NOT keep")
        .groupBy("batch")
        .agg(
            org.apache
                .spark
                .sql
                .functions
                .expr("concat(count(1), '/', sum(cast(xxhash64(id) AS decimal(38, 0))))")
                .as("digest"));
  }

  private static scala.collection.immutable.Seq<String> idColumn() {
    return Rows.seq(List.of("id"));
  }

  /** Verified pairs of near duplicates, the smaller id first. */
  private Dataset<Row> near(Dataset<Row> signatures) {
    WindowSpec bucket = Window.partitionBy("band");
    Dataset<Row> buckets = signatures.select(col("id"), explode(col("bands")).as("band"));
    Dataset<Row> linked =
        buckets
            .withColumn("least", min("id").over(bucket))
            .withColumn("previous", lag("id", 1).over(bucket.orderBy("id")))
            .where("id <> least");
    Dataset<Row> pairs =
        linked
            .select(col("least").as("a"), col("id").as("b"))
            .union(linked.select(col("previous").as("a"), col("id").as("b")))
            .distinct();
    UDF2<byte[], byte[], Double> estimate =
        (x, y) -> MinHash.similarity(Rows.ints(x), Rows.ints(y));
    UserDefinedFunction similarity = udf(estimate, DataTypes.DoubleType);
    Dataset<Row> left = signatures.select(col("id").as("a"), col("signature").as("left"));
    Dataset<Row> right = signatures.select(col("id").as("b"), col("signature").as("right"));
    return pairs
        .join(left, "a")
        .join(right, "b")
        .select(col("a"), col("b"), similarity.apply(col("left"), col("right")).as("similarity"))
        .where(col("similarity").geq(minSimilarity));
  }

  private Dataset<Row> members(Dataset<Row> signatures, Dataset<Row> edges, Dataset<Row> labels) {
    Column rank = struct(preference(), col("bytes").multiply(-1L), col("id"), col("contentHash"));
    WindowSpec cluster = Window.partitionBy("cluster");
    return signatures
        .select("batch", "source", "id", "contentHash", "bytes")
        .join(labels, "id")
        .withColumn("keeper", min(rank).over(cluster))
        .withColumn("size", count(lit(1)).over(cluster))
        .join(nearest(edges), "id")
        .select(
            col("batch"),
            col("source"),
            col("id"),
            col("cluster"),
            col("size"),
            col("id").equalTo(col("keeper.id")).as("keep"),
            when(col("contentHash").equalTo(col("keeper.contentHash")), "exact")
                .otherwise("near")
                .as("kind"),
            col("match"),
            col("similarity"));
  }

  /** Position of a document's source among the preferred ones; of others, behind them all. */
  private Column preference() {
    Column preference = lit(prefer.size());
    for (int i = prefer.size() - 1; i >= 0; i--) {
      preference = when(col("source").equalTo(prefer.get(i)), i).otherwise(preference);
    }
    return preference;
  }

  /** Of every member, the most similar document it was compared with. */
  private static Dataset<Row> nearest(Dataset<Row> edges) {
    return edges
        .union(edges.select(col("b").as("a"), col("a").as("b"), col("similarity")))
        .groupBy(col("a").as("id"))
        .agg(max(struct(col("similarity"), col("b"))).as("best"))
        .select(col("id"), col("best.b").as("match"), col("best.similarity").as("similarity"));
  }
}
