package org.gristmill.jobs.steps;

import static org.apache.spark.sql.functions.array_append;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.hex;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.unhex;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.gristmill.core.Block;
import org.gristmill.core.Setting;
import org.gristmill.core.SettingError;
import org.gristmill.dedup.ShingleSet;
import org.gristmill.jobs.steps.Generations.Generation;
import org.gristmill.jobs.table.Count;
import org.gristmill.jobs.table.Grain;
import org.gristmill.jobs.table.Job;
import org.gristmill.jobs.table.Made;
import org.gristmill.jobs.table.Rows;
import org.gristmill.jobs.table.Tables;

/**
 * Signatures to the table {@code clusters}: every document that is dropped as a duplicate, and
 * which one stays in its place.
 *
 * <p>A delivery is decided once, against itself and against what is in the corpus: what stayed
 * before stays, whatever comes. Equal content hashes are exact duplicates. Of each group of those,
 * one goes into the near-duplicate search, so that a million copies of one page cost no more than
 * one.
 *
 * <p>Documents that share a band are candidates: all pairs of a bucket of up to 32 documents; in a
 * larger one each with the first, and with a few before it ({@link Buckets}). A pair counts when
 * the Jaccard similarity of its shingles ({@link ShingleSet}) is at least {@code minSimilarity}. In
 * the order given below, a document is dropped if it is similar to one that stays: <b>whoever is
 * dropped is similar to its keeper</b>. With {@code transitive}, of every connected component only
 * the first stays, however little the others are like it.
 *
 * <p>The order is: in the corpus already, position of its source in {@code prefer} (sources not
 * named come last), length (longest first), id.
 *
 * @param from table of signatures
 * @param to table to make
 * @param minSimilarity least Jaccard similarity of a pair, above 0 and at most 1
 * @param transitive whether what is similar to something dropped is dropped too
 * @param prefer sources from the most to the least wanted
 */
@Block(
    does = "Finds exact and near duplicates in a delivery and the corpus, decides which one stays.",
    version = 4)
public record ClusterJob(
    @Setting(does = "table of signatures") String from,
    @Setting(does = "table to make") String to,
    @Setting(
            does = "least Jaccard similarity of a pair of near duplicates",
            min = Double.MIN_VALUE,
            max = 1)
        double minSimilarity,
    @Setting(
            does =
                "whether what is similar to something dropped is dropped too, and so on, as datatrove does")
        boolean transitive,
    @Setting(does = "sources from the most to the least wanted, when one of several copies stays")
        List<String> prefer)
    implements Job {
  public static final ClusterJob DEFAULTS =
      new ClusterJob("signatures", "clusters", 0.7, false, List.of());

  /** Measured with 14 bands: see docs/scale.md. */
  private static final int SHUFFLED_BYTES = 2200;

  private static final String ACCEPTED =
      "key long, id binary, contentHash string, bytes long, source string, shingles binary";

  /** The order in which documents are decided, of the columns that {@link #rank} makes. */
  static final Comparator<Row> RANKS =
      Comparator.<Row>comparingInt(row -> row.<Integer>getAs("fresh"))
          .thenComparingInt(row -> row.<Integer>getAs("preference"))
          .thenComparingLong(row -> row.<Long>getAs("length"))
          .thenComparing(row -> row.<byte[]>getAs("id"), Arrays::compareUnsigned);

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
    return Grain.DELIVERY;
  }

  @Override
  public String schema() {
    return "batch string COMMENT 'batch of the document',"
        + " source string COMMENT 'name of the ingest step',"
        + " id string COMMENT 'id of a document that is dropped',"
        + " keeper string COMMENT 'id of the document that stays in its place',"
        + " kind string COMMENT 'exact if its text equals the one that stays, else near',"
        + " similarity double COMMENT 'Jaccard similarity to the one that stays; if transitive, to"
        + " the most similar that it was compared with'";
  }

  /** Says so when documents are gone in whose place others were dropped. */
  @Override
  public SortedMap<String, Made> made(Tables tables) {
    SortedMap<String, Made> made = Job.super.made(tables);
    Decided.note(tables, this, made, "what was dropped elsewhere as a copy of them stays dropped");
    return made;
  }

  @Override
  public boolean anew(Tables tables) {
    return tables.regenerating();
  }

  @Override
  public List<Count> counts() {
    return List.of(Count.by("duplicates", "true", "kind"));
  }

  /** Every key of a document with its rank, twice: by content, and by key. */
  @Override
  public double shuffled(double rows, double bytes) {
    return rows * SHUFFLED_BYTES;
  }

  /** Count and sum of the dropped documents: whoever reads them need not look here. */
  @Override
  public Optional<Dataset<Row>> digests(Dataset<Row> rows) {
    return Optional.of(
        rows.groupBy("batch")
            .agg(expr(Digest.of("id, keeper")).as("digest"))
            .selectExpr("batch", "'duplicates' AS name", "digest"));
  }

  /** What is remembered of the duplicates in a batch. */
  static String digest(Tables tables, String clusters, String batch) {
    return tables
        .pending(clusters, batch)
        .orElse(tables.digests(clusters, batch).getOrDefault("duplicates", "none"));
  }

  @Override
  public Dataset<Row> plan(Tables tables, Collection<String> batches) {
    Dataset<Row> fresh = tables.read(from, batches).withColumn("id", unhex(col("id")));
    // Aggregated where they lie, before they meet: ten million equal texts are one row a task.
    Dataset<Row> firsts =
        fresh
            .groupBy("contentHash")
            .agg(
                min(struct(rank(1).as("rank"), keys().as("keys"))).as("first"),
                count(lit(1)).as("n"));
    Dataset<Row> alone =
        firsts.select(col("first.rank.id").as("id"), col("first.keys"), col("first.rank"));
    Dataset<Row> copies =
        fresh
            .select("id", "contentHash")
            .join(
                firsts.where("n > 1").select(col("contentHash"), col("first.rank.id").as("first")),
                "contentHash")
            .where("id <> first")
            .select("id", "first");
    Dataset<Row> found = accepted(tables, batches, alone);
    Dataset<Row> old = found.select(col("key"), col("id"), rank(0).as("rank"));
    Dataset<Row> known =
        fresh
            .select(rank(1).as("rank"), col("shingles"))
            .union(found.select(rank(0).as("rank"), col("shingles")).distinct());
    Buckets buckets =
        new Buckets(
            tables.spark().sparkContext().longAccumulator("large buckets"),
            tables.spark().sparkContext().longAccumulator("pairs not compared"));
    Dataset<Row> similar = similar(pairs(buckets, alone, old), known);
    Clusters clusters = new Clusters(tables);
    Dataset<Row> dropped =
        transitive
            ? clusters.components(similar)
            : clusters.stars(similar, coming(tables, batches));
    note(tables, buckets);
    return rows(fresh, copies, dropped);
  }

  /** How many documents come. */
  private long coming(Tables tables, Collection<String> batches) {
    return batches.stream()
        .map(tables.present(from)::get)
        .filter(java.util.Objects::nonNull)
        .mapToLong(there -> there.rows() < 0 ? Integer.MAX_VALUE : there.rows())
        .sum();
  }

  private void note(Tables tables, Buckets buckets) {
    if (buckets.left().value() > 0) {
      tables.note(
          String.format(
              Locale.ROOT,
              "%s: %,d buckets have more than %d documents; %,d pairs in them were not compared, for"
                  + " each is compared with the first and some before it",
              to,
              buckets.large().value(),
              Buckets.ALL_PAIRS,
              buckets.left().value()));
    }
  }

  /** Under these, documents meet: their bands, and a hash of their whole content. */
  static Column keys() {
    return array_distinct(array_append(col("bands"), xxhash64(col("contentHash"))));
  }

  /**
   * What decides which of several stays: the least.
   *
   * @param fresh 0 for what is in the corpus already, 1 for what comes
   */
  private Column rank(int fresh) {
    return struct(
        lit(fresh).as("fresh"),
        preference(prefer).as("preference"),
        col("bytes").multiply(-1L).as("length"),
        col("id"),
        col("contentHash"));
  }

  /** The place of a document's source among those that are preferred. */
  static Column preference(List<String> prefer) {
    Column preference = lit(prefer.size());
    for (int i = prefer.size() - 1; i >= 0; i--) {
      preference = when(col("source").equalTo(prefer.get(i)), i).otherwise(preference);
    }
    return preference;
  }

  /**
   * Documents of the corpus that stayed and share a key with some that come: from the index what is
   * in it, the others from the tables.
   */
  private Dataset<Row> accepted(Tables tables, Collection<String> batches, Dataset<Row> alone) {
    TreeSet<String> decided = Decided.before(tables, this, from, batches);
    Dataset<Row> found = tables.empty(ACCEPTED);
    if (decided.isEmpty()) {
      return found;
    }
    Dataset<Row> wanted = alone.select(explode(col("keys")).as("key")).distinct();
    for (Job job : tables.jobs()) {
      if (job instanceof IndexJob index
          && index.from().equals(from)
          && index.clusters().equals(to)
          && tables.exists(index.to())) {
        SortedMap<String, Generation> sound = index.generations(tables).sound();
        sound.values().removeIf(g -> !decided.containsAll(g.batches().keySet()));
        if (!sound.isEmpty()) {
          found = found.union(new IndexLookup(tables, index, sound.keySet()).find(wanted));
        }
        decided.removeAll(Generations.batches(sound.values()));
      }
    }
    return decided.isEmpty()
        ? found
        : found.union(tables.materialized("accepted", inTables(tables, decided, wanted)));
  }

  private Dataset<Row> inTables(Tables tables, TreeSet<String> decided, Dataset<Row> wanted) {
    Dataset<Row> dropped = tables.read(to, decided).select(unhex(col("id")).as("id"));
    return tables
        .read(from, decided)
        .withColumn("id", unhex(col("id")))
        .select(
            explode(keys()).as("key"),
            col("id"),
            col("contentHash"),
            col("bytes"),
            col("source"),
            col("shingles"))
        .join(wanted, columns("key"), "left_semi")
        .join(dropped, columns("id"), "left_anti")
        .select("key", "id", "contentHash", "bytes", "source", "shingles");
  }

  /** Columns by which tables are joined. */
  static scala.collection.immutable.Seq<String> columns(String... names) {
    return Rows.seq(List.of(names));
  }

  /** Candidates: b comes, a ranks before it. */
  private static Dataset<Row> pairs(Buckets buckets, Dataset<Row> alone, Dataset<Row> old) {
    return alone
        .select(explode(col("keys")).as("key"), col("id"), col("rank"))
        .union(old)
        .repartition(col("key"))
        .sortWithinPartitions("key", "rank")
        .select("key", "rank.fresh", "id")
        .mapPartitions(buckets, Encoders.row(StructType.fromDDL(Buckets.PAIRS)))
        .distinct();
  }

  /** The candidates that are similar enough: the ranks a and b, and the similarity. */
  private Dataset<Row> similar(Dataset<Row> pairs, Dataset<Row> known) {
    UDF2<byte[], byte[], Double> jaccard = ShingleSet::similarity;
    Column similarity =
        udf(jaccard, DataTypes.DoubleType).apply(col("left.shingles"), col("right.shingles"));
    Dataset<Row> left = known.select(col("rank.id").as("a"), struct("rank", "shingles").as("left"));
    Dataset<Row> right =
        known.select(col("rank.id").as("b"), struct("rank", "shingles").as("right"));
    return pairs
        .join(left, "a")
        .join(right, "b")
        .select(
            col("left.rank").as("a"),
            col("right.rank").as("b"),
            when(col("left.rank.contentHash").equalTo(col("right.rank.contentHash")), 1.0)
                .otherwise(similarity)
                .as("similarity"))
        .where(col("similarity").geq(minSimilarity));
  }

  /** A row for every dropped document; copies follow the one that stood for them. */
  private static Dataset<Row> rows(Dataset<Row> fresh, Dataset<Row> copies, Dataset<Row> dropped) {
    Dataset<Row> itself =
        dropped.select(
            col("id.id").as("id"),
            col("keeper.id").as("keeper"),
            col("keeper.contentHash").as("hash"),
            col("similarity"));
    Dataset<Row> followers =
        copies
            .join(
                dropped.select(col("id.id").as("first"), col("keeper"), col("similarity")),
                columns("first"),
                "left")
            .select(
                col("id"),
                coalesce(col("keeper.id"), col("first")).as("keeper"),
                col("keeper.contentHash").as("hash"),
                coalesce(col("similarity"), lit(1.0)).as("similarity"));
    return fresh
        .select("batch", "source", "id", "contentHash")
        .join(itself.union(followers), "id")
        .select(
            col("batch"),
            col("source"),
            lower(hex(col("id"))).as("id"),
            lower(hex(col("keeper"))).as("keeper"),
            when(coalesce(col("hash"), col("contentHash")).equalTo(col("contentHash")), "exact")
                .otherwise("near")
                .as("kind"),
            col("similarity"));
  }
}
