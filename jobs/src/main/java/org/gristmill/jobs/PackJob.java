package org.gristmill.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.gristmill.core.Hash;
import org.gristmill.tokenize.Packer;
import org.gristmill.tokenize.Sequence;
import org.gristmill.tokenize.ShardFormats;
import org.gristmill.tokenize.Tokenizer;
import org.gristmill.tokenize.Tokenizers;

/**
 * Tokens to shards, and to the table {@code shards} that lists them: a file that is not listed does
 * not exist.
 *
 * <p>The number of shards depends on the number of tokens alone. A document's shard, and its place
 * before packing, follow from the hash of (seed, id): every shard is a random sample of the whole
 * corpus, and the same tokens give the same bytes on any cluster. One task packs one shard, with
 * all its tokens in memory (4 bytes each, about three times over).
 *
 * @param tokenizer whose ids these are; set by the pipeline's tokenize step
 * @param sequenceTokens length of every sequence, at least 2
 * @param shardTokens about so many tokens in a shard, at least {@code sequenceTokens}
 * @param formats names in {@link ShardFormats#BY_NAME}
 * @param seed of the shuffle
 */
record PackJob(
    String tokenizer, int sequenceTokens, long shardTokens, List<String> formats, long seed)
    implements Job {
  static final PackJob DEFAULTS =
      new PackJob(TokenizeJob.DEFAULTS.tokenizer(), 2048, 16L << 20, List.of("arrow"), 1);

  PackJob {
    if (sequenceTokens < 2) {
      throw new IllegalArgumentException(
          "sequenceTokens is " + sequenceTokens + ", must be at least 2");
    }
    if (shardTokens < sequenceTokens || shardTokens > 1L << 29) {
      throw new IllegalArgumentException(
          "shardTokens is " + shardTokens + ", must be between sequenceTokens and 2^29");
    }
    formats = List.copyOf(formats);
    if (formats.isEmpty() || !ShardFormats.BY_NAME.keySet().containsAll(formats)) {
      throw new IllegalArgumentException(
          "formats is "
              + formats
              + ", must be one or more of "
              + String.join(", ", ShardFormats.BY_NAME.keySet()));
    }
  }

  @Override
  public String name() {
    return "pack";
  }

  @Override
  public String to() {
    return "shards";
  }

  @Override
  public String schema() {
    return "run string, shard int, format string, path string, sha256 string, bytes long,"
        + " sequences long, tokens long, padding long, documents long,"
        + " sources array<struct<source:string,documents:long,tokens:long,sequences:long>>";
  }

  @Override
  public SortedMap<String, String> inputs(Tables tables) {
    SortedMap<String, String> all = new TreeMap<>();
    all.put(Tables.ALL, Hash.sha256Hex(tables.state("tokens").toString()));
    return all;
  }

  @Override
  public Dataset<Row> plan(Tables tables, SortedMap<String, String> changed) {
    Dataset<Row> tokens = tables.read("tokens");
    Row sum = tokens.selectExpr("coalesce(sum(length), 0)").head();
    int shards = Math.toIntExact(Math.max(1, (sum.getLong(0) + shardTokens - 1) / shardTokens));
    long shuffle = seed;
    UDF1<String, Long> place = id -> Hash.xx64(shuffle, id) ^ Long.MIN_VALUE; // unsigned order
    UDF1<Long, Integer> shard = p -> Hash.range(p ^ Long.MIN_VALUE, shards);
    Write write =
        new Write(
            this,
            shards,
            changed.get(Tables.ALL).substring(0, 16),
            tables.shards(),
            new SerializableConfiguration(tables.hadoop()));
    MapPartitionsFunction<Row, Row> pack = rows -> new ShardIterator(rows, write);
    return tokens
        .select("source", "id", "tokens")
        .withColumn("place", udf(place, DataTypes.LongType).apply(col("id")))
        .withColumn("shard", udf(shard, DataTypes.IntegerType).apply(col("place")))
        .repartition(shards, col("shard"))
        .sortWithinPartitions("shard", "place", "id")
        .mapPartitions(pack, Encoders.row(StructType.fromDDL(schema())));
  }

  @Override
  public void publish(Tables tables) {
    new Manifest(tables).publish(this);
  }

  /** What a task needs to write shards. */
  private record Write(
      PackJob job, int shards, String run, String folder, SerializableConfiguration hadoop)
      implements java.io.Serializable {}

  /** Cuts sorted rows at shard boundaries and packs one shard at a time. */
  private static final class ShardIterator implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final Write write;
    private final List<Row> ready = new ArrayList<>();
    private Row pending;

    ShardIterator(Iterator<Row> rows, Write write) {
      this.rows = rows;
      this.write = write;
    }

    @Override
    public boolean hasNext() {
      while (ready.isEmpty() && (pending != null || rows.hasNext())) {
        ready.addAll(next(pending != null ? pending : rows.next()));
      }
      return !ready.isEmpty();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new java.util.NoSuchElementException();
      }
      return ready.remove(0);
    }

    private List<Row> next(Row first) {
      int shard = first.getInt(4);
      List<Packer.Tokens> documents = new ArrayList<>();
      Map<String, String> sources = new HashMap<>();
      pending = first;
      while (pending != null && pending.getInt(4) == shard) {
        documents.add(new Packer.Tokens(pending.getString(1), Rows.ints(pending.getAs(2))));
        sources.put(pending.getString(1), pending.getString(0));
        pending = rows.hasNext() ? rows.next() : null;
      }
      try {
        return write(write, shard, documents, sources);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Packs and writes one shard in every format; a row for every file. */
  private static List<Row> write(
      Write write, int shard, List<Packer.Tokens> documents, Map<String, String> sources)
      throws IOException {
    PackJob job = write.job();
    Tokenizer tokenizer = Tokenizers.BY_NAME.get(job.tokenizer());
    List<Sequence> sequences =
        new Packer(job.sequenceTokens(), tokenizer.endOfDocument(), job.seed()).pack(documents);
    Counts counts = Counts.of(documents, sequences, sources);
    String name = String.format(Locale.ROOT, "shard-%05d-of-%05d", shard, write.shards());
    List<Row> rows = new ArrayList<>();
    for (String format : job.formats()) {
      Path local = Files.createTempDirectory("gristmill-shard");
      try {
        for (String file :
            ShardFormats.BY_NAME.get(format).write(local, name, tokenizer, sequences)) {
          String path = format + "/" + file;
          upload(write, local.resolve(file), path);
          rows.add(
              RowFactory.create(
                  write.run(),
                  shard,
                  format,
                  path,
                  sha256(local.resolve(file)),
                  Files.size(local.resolve(file)),
                  (long) sequences.size(),
                  counts.tokens(),
                  (long) sequences.size() * job.sequenceTokens() - counts.tokens(),
                  (long) documents.size(),
                  counts.rows()));
        }
      } finally {
        delete(local);
      }
    }
    return rows;
  }

  /** Under a name of this attempt's own first, then renamed: a reader never sees half a shard. */
  private static void upload(Write write, Path local, String path) throws IOException {
    org.apache.hadoop.fs.Path target =
        new org.apache.hadoop.fs.Path(write.folder() + "/" + write.run() + "/" + path);
    FileSystem files = target.getFileSystem(write.hadoop().value());
    org.apache.hadoop.fs.Path attempt =
        new org.apache.hadoop.fs.Path(
            target.getParent(),
            "_attempt-" + TaskContext.get().taskAttemptId() + "-" + target.getName());
    files.copyFromLocalFile(false, true, new org.apache.hadoop.fs.Path(local.toUri()), attempt);
    files.delete(target, false);
    if (!files.rename(attempt, target)) {
      throw new IOException("cannot rename " + attempt + " to " + target);
    }
  }

  private static String sha256(Path file) throws IOException {
    MessageDigest digest = Hash.sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /**
   * What is in a shard, by source. A sequence counts for the source with most of its tokens, the
   * first by name among equals, so that the sources' sequences add up to the shard's.
   */
  private record Counts(long tokens, SortedMap<String, long[]> bySource) {
    static Counts of(
        List<Packer.Tokens> documents, List<Sequence> sequences, Map<String, String> sources) {
      SortedMap<String, long[]> counts = new TreeMap<>();
      long tokens = 0;
      for (Packer.Tokens document : documents) {
        long[] count = counts.computeIfAbsent(sources.get(document.id()), s -> new long[3]);
        count[0]++;
        count[1] += document.tokens().length;
        tokens += document.tokens().length;
      }
      for (Sequence sequence : sequences) {
        SortedMap<String, Integer> shares = new TreeMap<>();
        for (Sequence.Piece piece : sequence.pieces()) {
          shares.merge(sources.get(piece.id()), piece.length(), Integer::sum);
        }
        String most = shares.firstKey();
        for (Map.Entry<String, Integer> share : shares.entrySet()) {
          most = share.getValue() > shares.get(most) ? share.getKey() : most;
        }
        counts.get(most)[2]++;
      }
      return new Counts(tokens, counts);
    }

    scala.collection.immutable.Seq<Row> rows() {
      return Rows.seq(
          bySource.entrySet().stream()
              .map(
                  e ->
                      RowFactory.create(
                          e.getKey(), e.getValue()[0], e.getValue()[1], e.getValue()[2]))
              .toList());
    }
  }
}
