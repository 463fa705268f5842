package org.gristmill.jobs.steps;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.gristmill.dedup.index.KeyFileReader;
import org.gristmill.dedup.index.RandomAccess;
import org.gristmill.dedup.index.RecordFileReader;
import org.gristmill.jobs.table.Tables;

/**
 * Documents of an index that have some keys. Tasks follow from the keys' leading bits: each passes
 * once over the keys of its buckets, and then others read the records of the ids that were found.
 *
 * @param tables as this run sees them
 * @param job that makes the index
 * @param generations to look in
 */
record IndexLookup(Tables tables, IndexJob job, Set<String> generations) {
  private static final String FOUND =
      "id binary, contentHash string, bytes long, source string, bands array<long>,"
          + " shingles binary";

  /** Files of a kind of one generation, by bucket; null where there is none. */
  private record Files(String generation, String[] paths) implements Serializable {
    String at(int bucket, int buckets) {
      return paths[bucket / (buckets / paths.length)];
    }
  }

  /**
   * Looks keys up.
   *
   * @param wanted column key, each once
   * @return columns key, id, contentHash, bytes, source and shingles of every document that has the
   *     key
   */
  Dataset<Row> find(Dataset<Row> wanted) {
    List<Row> listed =
        tables
            .read(job.to(), generations)
            .select("batch", "kind", "bucket", "buckets", "path", "bytes")
            .collectAsList();
    LongAccumulator read = tables.spark().sparkContext().longAccumulator("bytes of the index read");
    Dataset<Row> hits =
        tables.materialized("index-hits", hits(wanted, files(listed, IndexJob.KEYS), read));
    Dataset<Row> records =
        tables.materialized("index-records", records(hits, files(listed, IndexJob.RECORDS), read));
    long bytes = listed.stream().mapToLong(row -> row.<Long>getAs("bytes")).sum();
    tables.note(
        String.format(
            Locale.ROOT,
            "%s: %,d of %,d bytes read to find what was there before",
            job.to(),
            read.value(),
            bytes));
    return hits.select("key", "id")
        .join(records, "id")
        .withColumn("keys", ClusterJob.keys())
        .where(array_contains(col("keys"), col("key")))
        .select("key", "id", "contentHash", "bytes", "source", "shingles");
  }

  private List<Files> files(List<Row> listed, String kind) {
    Map<String, Files> files = new HashMap<>();
    for (Row row : listed) {
      if (row.getAs("kind").equals(kind)) {
        String generation = row.getAs("batch");
        files.computeIfAbsent(
                    generation, g -> new Files(g, new String[row.<Integer>getAs("buckets")]))
                .paths[row.<Integer>getAs("bucket")] =
            job.folder(tables) + "/" + row.getAs("path");
      }
    }
    List<Files> sorted = new ArrayList<>(files.values());
    sorted.sort(java.util.Comparator.comparing(Files::generation));
    return sorted;
  }

  private Dataset<Row> hits(Dataset<Row> wanted, List<Files> files, LongAccumulator read) {
    int buckets = files.stream().mapToInt(f -> f.paths().length).max().orElse(1);
    UDF1<Long, Integer> task = key -> IndexJob.bucket(key, buckets);
    SerializableConfiguration hadoop = new SerializableConfiguration(tables.hadoop());
    MapPartitionsFunction<Row, Row> look = rows -> hits(rows, files, buckets, hadoop, read);
    Dataset<Row> placed =
        wanted.select(col("key"), udf(task, DataTypes.IntegerType).apply(col("key")).as("task"));
    return PartitionKeys.apart(placed, buckets, "task")
        .mapPartitions(
            look, Encoders.row(StructType.fromDDL("key long, id binary, generation string")));
  }

  private static Iterator<Row> hits(
      Iterator<Row> rows,
      List<Files> files,
      int buckets,
      SerializableConfiguration hadoop,
      LongAccumulator read) {
    long[] keys = unsigned(rows);
    List<Row> found = new ArrayList<>();
    if (keys.length == 0) {
      return found.iterator();
    }
    int bucket = IndexJob.bucket(keys[0], buckets);
    for (Files generation : files) {
      String path = generation.at(bucket, buckets);
      if (path == null) {
        continue;
      }
      try (Opened file = Opened.of(path, hadoop)) {
        KeyFileReader reader = new KeyFileReader(file);
        reader.lookup(
            Arrays.stream(keys).iterator(),
            (key, id) -> found.add(RowFactory.create(key, id, generation.generation())));
        read.add(reader.bytesRead());
      } catch (IOException e) {
        throw new UncheckedIOException(path, e);
      }
    }
    return found.iterator();
  }

  private static long[] unsigned(Iterator<Row> rows) {
    long[] keys = new long[1 << 10];
    int n = 0;
    int task = 0;
    while (rows.hasNext()) {
      if (n == keys.length) {
        keys = Arrays.copyOf(keys, 2 * n);
      }
      Row row = rows.next();
      int its = row.<Integer>getAs("task");
      task = n == 0 ? its : task;
      PartitionKeys.check(task, its);
      keys[n++] = row.<Long>getAs("key") ^ Long.MIN_VALUE;
    }
    keys = Arrays.copyOf(keys, n);
    Arrays.sort(keys);
    for (int i = 0; i < n; i++) {
      keys[i] ^= Long.MIN_VALUE;
    }
    return keys;
  }

  private Dataset<Row> records(Dataset<Row> hits, List<Files> files, LongAccumulator read) {
    Map<String, Integer> first = new HashMap<>();
    List<String> paths = new ArrayList<>();
    for (Files generation : files) {
      first.put(generation.generation(), paths.size());
      Collections.addAll(paths, generation.paths());
    }
    Map<String, Integer> buckets = new HashMap<>();
    files.forEach(f -> buckets.put(f.generation(), f.paths().length));
    UDF2<String, byte[], Integer> task =
        (generation, id) ->
            first.get(generation)
                + IndexJob.bucket(ByteBuffer.wrap(id).getLong(), buckets.get(generation));
    int tasks = Math.max(1, paths.size());
    SerializableConfiguration hadoop = new SerializableConfiguration(tables.hadoop());
    MapPartitionsFunction<Row, Row> look = rows -> records(rows, paths, hadoop, read);
    Dataset<Row> placed =
        hits.select("generation", "id")
            .distinct()
            .withColumn(
                "task", udf(task, DataTypes.IntegerType).apply(col("generation"), col("id")));
    return PartitionKeys.apart(placed, tasks, "task")
        .sortWithinPartitions("task", "id")
        .mapPartitions(look, Encoders.row(StructType.fromDDL(FOUND)));
  }

  private static Iterator<Row> records(
      Iterator<Row> rows,
      List<String> paths,
      SerializableConfiguration hadoop,
      LongAccumulator read) {
    List<Row> found = new ArrayList<>();
    if (!rows.hasNext()) {
      return found.iterator();
    }
    List<byte[]> ids = new ArrayList<>();
    int task = 0;
    while (rows.hasNext()) {
      Row row = rows.next();
      int its = row.<Integer>getAs("task");
      task = ids.isEmpty() ? its : task;
      PartitionKeys.check(task, its);
      ids.add(row.getAs("id"));
    }
    String path = paths.get(task);
    try (Opened file = Opened.of(path, hadoop)) {
      RecordFileReader reader = new RecordFileReader(file);
      reader.get(
          ids.iterator(),
          (id, payload) -> {
            byte[] its =
                payload.orElseThrow(
                    () ->
                        new IOException(
                            path + " lacks the record of " + HexFormat.of().formatHex(id)));
            RecordLayout.Fields fields = RecordLayout.Fields.of(its);
            found.add(
                RowFactory.create(
                    id,
                    fields.contentHash(),
                    fields.bytes(),
                    fields.source(),
                    fields.bands(),
                    fields.shingles()));
          });
      read.add(reader.bytesRead());
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
    return found.iterator();
  }

  /** A file of the index, open. */
  private record Opened(FSDataInputStream in, long length) implements RandomAccess, AutoCloseable {
    static Opened of(String name, SerializableConfiguration hadoop) throws IOException {
      Path path = new Path(name);
      FileSystem files = path.getFileSystem(hadoop.value());
      return new Opened(files.open(path), files.getFileStatus(path).getLen());
    }

    @Override
    public void read(long position, byte[] target, int offset, int length) throws IOException {
      in.readFully(position, target, offset, length);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
