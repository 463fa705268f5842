package org.gristmill.jobs.steps;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.unhex;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.gristmill.core.Block;
import org.gristmill.core.Setting;
import org.gristmill.dedup.MinHash;
import org.gristmill.dedup.index.KeyFile;
import org.gristmill.jobs.steps.Generations.Generation;
import org.gristmill.jobs.table.Count;
import org.gristmill.jobs.table.Even;
import org.gristmill.jobs.table.Grain;
import org.gristmill.jobs.table.Job;
import org.gristmill.jobs.table.Made;
import org.gristmill.jobs.table.Rows;
import org.gristmill.jobs.table.Tables;

/**
 * What stayed of a delivery to files in which the next deliveries look for their duplicates, and to
 * the table {@code near_index} that lists them.
 *
 * <p>A generation has files of keys (the bands of every document, and a hash of its content: which
 * ids have them) and files of records (by id: length, content hash, bands, shingles), both cut into
 * buckets by their leading bits. A lookup passes over 1.6 bytes for every key there is, and reads
 * the rest of those that were found. {@link ClusterJob} reads the tables themselves where there is
 * no index, and finds the same.
 *
 * @param from table of signatures
 * @param clusters table of clusters that says which documents did not stay
 * @param to table to make
 * @param minhash the signature; set by the step that signs
 */
@Block(
    does = "Lays out what stayed of a delivery, so that the next ones find their duplicates.",
    version = 2)
public record IndexJob(
    @Setting(does = "table of signatures") String from,
    @Setting(does = "table of clusters that says which documents did not stay") String clusters,
    @Setting(does = "table that lists the files of the index") String to,
    @Setting(does = "shape of the signature; given by the sign step, not here") MinHash minhash)
    implements Job {
  public static final IndexJob DEFAULTS =
      new IndexJob("signatures", "clusters", "near_index", MinHash.DEFAULT);

  /** Kind of a file that tells which ids have a key. */
  static final String KEYS = "keys";

  /** Kind of a file that tells what belongs to an id. */
  static final String RECORDS = "records";

  /** Most records in a bucket: one to two gigabytes. */
  private static final long BUCKET_RECORDS = 1L << 20;

  @Override
  public List<String> reads() {
    return List.of(from, clusters);
  }

  @Override
  public IndexJob linked(Map<String, Job> jobs) {
    return jobs.get(from) instanceof SignJob sign
        ? new IndexJob(from, clusters, to, sign.minhash())
        : this;
  }

  @Override
  public Grain grain() {
    return Grain.DELIVERY;
  }

  @Override
  public SortedMap<String, String> facts() {
    SortedMap<String, String> facts = Job.super.facts();
    facts.remove("clusters");
    return facts;
  }

  @Override
  public String schema() {
    return "batch string COMMENT 'generation: the documents of one delivery that stayed',"
        + " kind string COMMENT 'keys (which ids have a key) or records (what belongs to an id)',"
        + " bucket int COMMENT 'number of the file, from 0: the leading bits of what is in it',"
        + " buckets int COMMENT 'files of the kind in the generation, a power of two',"
        + " sources map<string,long> COMMENT 'records in it, by source',"
        + " path string COMMENT 'the file, below the folder of the index',"
        + " sha256 string COMMENT 'of the file',"
        + " bytes long COMMENT 'length of the file',"
        + " entries long COMMENT 'keys or records in it',"
        + Generations.COLUMNS;
  }

  @Override
  public SortedMap<String, Made> made(Tables tables) {
    return generations(tables).mades();
  }

  /** Batches are as they were if their signatures and what stayed of them are. */
  Generations generations(Tables tables) {
    SortedMap<String, String> batches = new TreeMap<>();
    tables
        .outputs(from)
        .forEach(
            (batch, output) -> {
              if (tables.records(clusters).containsKey(batch)) {
                batches.put(batch, output + " " + ClusterJob.digest(tables, clusters, batch));
              }
            });
    return new Generations(this, tables, batches, its -> Made.of(facts(), its));
  }

  @Override
  public Set<String> inputs(Tables tables, String batch) {
    return generations(tables).wanted().get(batch).batches().keySet();
  }

  @Override
  public long bytes(Tables tables, String batch) {
    return inputs(tables, batch).stream()
        .map(tables.present(from)::get)
        .filter(java.util.Objects::nonNull)
        .mapToLong(Tables.Present::bytes)
        .sum();
  }

  /** Every key and every record once. */
  @Override
  public double shuffled(double rows, double bytes) {
    return bytes + rows * (minhash.bands() + 1) * (Long.BYTES + KeyFile.ID_BYTES);
  }

  @Override
  public Optional<Dataset<Row>> digests(Dataset<Row> rows) {
    return Generations.digests(rows);
  }

  @Override
  public Dataset<Row> counted(Dataset<Row> rows) {
    return rows.selectExpr("batch", "explode(sources) AS (source, documents)");
  }

  @Override
  public List<Count> counts() {
    return List.of(Count.sum("indexed", "true", "documents"));
  }

  @Override
  public List<Even> sums() {
    return List.of(
        new Even(
            "signed - duplicates, and documents in the index",
            List.of(from + ".signed", "-" + clusters + ".duplicates"),
            List.of(to + ".indexed")));
  }

  /** Folder of the index. */
  String folder(Tables tables) {
    return tables.beside(to);
  }

  @Override
  public Dataset<Row> plan(Tables tables, Collection<String> batches) {
    SortedMap<String, Generation> generations = generations(tables).wanted();
    generations.keySet().retainAll(batches);
    Layout layout = Layout.of(generations, g -> buckets(records(tables, g.batches().keySet())));
    SortedMap<String, Integer> bits = probeBits(tables, generations);
    TreeSet<String> its = Generations.batches(generations.values());
    Dataset<Row> dropped = tables.read(clusters, its).select("id");
    Dataset<Row> kept =
        tables
            .read(from, its)
            .join(dropped, Rows.seq(List.of("id")), "left_anti")
            .withColumn("id", unhex(col("id")));
    UDF1<Row, byte[]> pack = RecordLayout::pack;
    UDF1<byte[], Long> prefix = id -> ByteBuffer.wrap(id).getLong();
    Dataset<Row> records =
        kept.select(
            col("batch"),
            col("id"),
            udf(prefix, DataTypes.LongType).apply(col("id")).as("key"),
            udf(pack, DataTypes.BinaryType).apply(struct(RecordLayout.COLUMNS)).as("payload"),
            lit(RECORDS).as("kind"));
    Dataset<Row> keys =
        kept.select(
            col("batch"),
            col("id"),
            explode(ClusterJob.keys()).as("key"),
            lit(new byte[0]).as("payload"),
            lit(KEYS).as("kind"));
    return written(tables, keys, layout, bits).union(written(tables, records, layout, bits));
  }

  private Dataset<Row> written(
      Tables tables, Dataset<Row> entries, Layout layout, SortedMap<String, Integer> bits) {
    UDF2<String, Long, Integer> task = (batch, key) -> layout.task(batch, key, IndexJob::bucket);
    IndexFiles files =
        new IndexFiles(
            layout, bits, folder(tables), new SerializableConfiguration(tables.hadoop()));
    MapPartitionsFunction<Row, Row> write = rows -> files.write(rows).iterator();
    Dataset<Row> placed =
        entries.withColumn(
            "task", udf(task, DataTypes.IntegerType).apply(col("batch"), col("key")));
    return PartitionKeys.apart(placed, layout.tasks(), "task")
        .withColumn("order", col("key").bitwiseXOR(lit(Long.MIN_VALUE))) // unsigned
        .sortWithinPartitions("order", "id")
        .mapPartitions(write, Encoders.row(StructType.fromDDL(schema())));
  }

  private long records(Tables tables, Collection<String> batches) {
    long records = 0;
    for (String batch : batches) {
      Tables.Present there = tables.present(from).get(batch);
      records += there == null ? 0 : Math.max(0, there.rows());
    }
    return records;
  }

  private static int buckets(long records) {
    int buckets = 1;
    while (buckets < 1 << 14 && records / buckets > BUCKET_RECORDS) {
      buckets *= 2;
    }
    return buckets;
  }

  /**
   * Bits of a probe in the files of each generation: those of its bucket, and what lookups need.
   */
  private SortedMap<String, Integer> probeBits(
      Tables tables, SortedMap<String, Generation> generations) {
    SortedMap<String, Integer> bits = new TreeMap<>();
    generations.forEach(
        (name, generation) -> {
          long records = records(tables, generation.batches().keySet());
          int of = buckets(records);
          int probe = KeyFile.probeBits(records * (minhash.bands() + 1) / of);
          bits.put(name, Math.min(64, probe + Integer.numberOfTrailingZeros(of)));
        });
    return bits;
  }

  /** The bucket of a key: as many leading bits as there are buckets. */
  static int bucket(long key, int buckets) {
    int bits = Integer.numberOfTrailingZeros(buckets);
    return bits == 0 ? 0 : (int) (key >>> (64 - bits));
  }
}
