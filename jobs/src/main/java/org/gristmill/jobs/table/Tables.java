package org.gristmill.jobs.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.gristmill.core.UserError;

/**
 * The Delta tables of one pipeline, as one run sees them, under {@code ROOT/tables}.
 *
 * <p>What a batch was made from is a partition value of its rows (the column {@code made}), so that
 * data and state are one: a commit changes both, and whatever keeps or brings back the rows (a
 * checkpoint, {@code OPTIMIZE}, {@code RESTORE}, a clone) does so with their state. The table
 * {@code batches} holds what can be counted again at any time.
 */
public final class Tables {
  /** The one batch of a table that is always made as a whole. */
  public static final String ALL = "all";

  /**
   * A batch as it lies in a table.
   *
   * @param made id of what it was made from; {@code mixed} if its rows do not agree
   * @param rows number of rows, -1 if the table's files do not say
   * @param bytes of its files
   */
  public record Present(String made, long rows, long bytes) {
    Present and(Present other) {
      return new Present(
          made.equals(other.made) ? made : "mixed",
          rows < 0 || other.rows < 0 ? -1 : rows + other.rows,
          bytes + other.bytes);
    }
  }

  private final SparkSession spark;
  private final String root;
  private final Runnable guard;
  private final Records records;
  private final Set<String> notes = new LinkedHashSet<>();
  private final Map<String, SortedMap<String, Present>> present = new HashMap<>();
  private final Map<String, Object> once = new HashMap<>();
  private final Map<String, SortedMap<String, String>> pretended = new HashMap<>();

  /**
   * @param guard called before every commit; throws if this run may not write any more
   */
  public Tables(SparkSession spark, String root, Runnable guard) {
    this.spark = spark;
    this.root = root;
    this.guard = guard;
    this.records = new Records(this);
  }

  public SparkSession spark() {
    return spark;
  }

  public Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }

  /** Folder of a table. */
  public String path(String table) {
    return root + "/tables/" + table;
  }

  /** Folder of the shards. */
  public String shards() {
    return root + "/shards";
  }

  /** A value that is the same for the whole run, computed when it is first asked for. */
  @SuppressWarnings("unchecked")
  public <T> T once(String what, Supplier<T> value) {
    Object known = once.get(what);
    if (known == null) {
      known = value.get();
      once.put(what, known);
    }
    return (T) known;
  }

  /** Keeps a line for the end of the run: nothing is wrong, but a person should know. */
  public void note(String line) {
    notes.add(line);
  }

  /** The lines for the end of the run, each once. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /** Throws if this run may not write any more. */
  public void checkGuard() {
    guard.run();
  }

  public boolean exists(String table) {
    return version(table) >= 0;
  }

  /** The table's version; -1 if there is none. */
  public long version(String table) {
    return snapshot(table).version();
  }

  private Snapshot snapshot(String table) {
    return DeltaLog.forTable(spark, path(table)).unsafeVolatileSnapshot();
  }

  /** All rows of a table as last committed. */
  public Dataset<Row> read(String table) {
    return spark.read().format("delta").load(path(table));
  }

  /** The rows of some batches of a table of grain {@link Grain#BATCH}. */
  public Dataset<Row> read(String table, Collection<String> batches) {
    return read(table).where(col("batch").isin(batches.toArray()));
  }

  /**
   * The batches that are in a table, from the list of its files.
   *
   * @throws UserError if what lies there was not made by Gristmill
   */
  public SortedMap<String, Present> present(String table) {
    return present.computeIfAbsent(table, this::list);
  }

  private SortedMap<String, Present> list(String table) {
    DeltaLog.invalidateCache(spark, new Path(path(table)));
    SortedMap<String, Present> found = new TreeMap<>();
    if (!exists(table)) {
      return found;
    }
    Snapshot snapshot = snapshot(table);
    if (!List.of(snapshot.schema().fieldNames()).contains(MADE)) {
      throw new UserError(
          path(table)
              + " holds a table without a readable state (no column "
              + MADE
              + "): another program or another release made it. Nothing was appended; move it away"
              + " to have it made anew, or give the pipeline another root");
    }
    for (Row row :
        snapshot
            .allFiles()
            .selectExpr(
                "coalesce(partitionValues['batch'], '" + ALL + "') AS batch",
                "coalesce(partitionValues['made'], '') AS made",
                "size",
                "cast(get_json_object(stats, '$.numRecords') AS long)"
                    + " - coalesce(deletionVector.cardinality, 0) AS found")
            .collectAsList()) {
      found.merge(
          row.getString(0),
          new Present(row.getString(1), row.isNullAt(3) ? -1 : row.getLong(3), row.getLong(2)),
          Present::and);
    }
    return found;
  }

  private static final String MADE = "made";

  /** What is written down of the batches of a table. */
  public SortedMap<String, BatchRecord> records(String table) {
    return records.of(table);
  }

  /** The outputs of a table's batches: see {@link Job#output}. */
  public SortedMap<String, String> outputs(String table) {
    if (pretended.containsKey(table)) {
      return pretended.get(table);
    }
    SortedMap<String, String> outputs = new TreeMap<>();
    records(table).forEach((batch, record) -> outputs.put(batch, record.output()));
    return outputs;
  }

  /** The digest of every batch of documents that a table keeps: see {@link Job#digests}. */
  public SortedMap<String, String> digests(String table) {
    BatchRecord record = records(table).get(ALL);
    return record == null ? new TreeMap<>() : record.digests();
  }

  /** From now on answers as if a table's batches had these outputs; writes nothing. */
  public void pretend(String table, SortedMap<String, String> outputs) {
    pretended.put(table, new TreeMap<>(outputs));
  }

  /**
   * Replaces some batches of a job's table in one commit, and counts them.
   *
   * @param rows rows of the changed batches only
   * @param changed batches that are made, with what they are made from
   * @param removed batches that go
   */
  public void commit(
      Job job, Dataset<Row> rows, SortedMap<String, Made> changed, Collection<String> removed) {
    Map<String, String> ids = new HashMap<>();
    changed.forEach((batch, made) -> ids.put(batch, made.id()));
    StructType declared = StructType.fromDDL(job.schema());
    List<Column> columns = new ArrayList<>();
    for (StructField field : declared.fields()) {
      columns.add(col(field.name()).as(field.name(), field.metadata()));
    }
    boolean whole = job.grain() == Grain.WHOLE;
    UDF1<String, String> id = ids::get;
    Column made = whole ? lit(ids.get(ALL)) : udf(id, DataTypes.StringType).apply(col("batch"));
    columns.add(made.as(MADE));
    TreeSet<String> touched = new TreeSet<>(changed.keySet());
    touched.addAll(removed);
    DataFrameWriter<Row> writer =
        rows.select(columns.toArray(new Column[0]))
            .write()
            .format("delta")
            .mode("overwrite")
            .partitionBy(whole ? new String[] {MADE} : new String[] {"batch", MADE});
    guard.run();
    scope(job, writer, touched, declared).save(path(job.to()));
    present.remove(job.to());
    record(job, changed, removed);
  }

  /** Counts everything in a job's table anew; writes nothing. */
  public List<BatchRecord.Counted> recount(Job job) {
    return records.recount(job);
  }

  /** Counts batches whose rows are committed, and writes that down. */
  public void record(Job job, SortedMap<String, Made> batches, Collection<String> removed) {
    guard.run();
    records.write(job, batches, removed);
  }

  /** Which rows a write replaces, and what it may change of the table's columns. */
  private DataFrameWriter<Row> scope(
      Job job, DataFrameWriter<Row> writer, Set<String> touched, StructType declared) {
    if (!exists(job.to()) || job.grain() == Grain.WHOLE) {
      return writer.option("overwriteSchema", "true");
    }
    Map<String, String> now = types(declared);
    Map<String, String> then = types(snapshot(job.to()).schema());
    then.remove(MADE);
    if (!now.equals(then)) {
      if (touched.containsAll(present(job.to()).keySet())) {
        return writer.option("overwriteSchema", "true");
      }
      if (!now.entrySet().containsAll(then.entrySet())) {
        TreeSet<String> stay = new TreeSet<>(present(job.to()).keySet());
        stay.removeAll(touched);
        throw new UserError(
            "the columns of table "
                + job.to()
                + " have changed since it was made, and these batches cannot be made again: "
                + String.join(", ", stay));
      }
      writer = writer.option("mergeSchema", "true");
    }
    return writer.option("replaceWhere", "batch IN (" + quoted(touched) + ")");
  }

  static String quoted(Collection<String> names) {
    return names.stream()
        .map(n -> "'" + n.replace("\\", "\\\\").replace("'", "\\'") + "'")
        .collect(Collectors.joining(", "));
  }

  private static Map<String, String> types(StructType schema) {
    Map<String, String> types = new TreeMap<>();
    for (StructField field : schema.fields()) {
      types.put(field.name(), field.dataType().sql());
    }
    return types;
  }

  /** A scratch folder, below the root so that every executor reaches it. */
  private String scratch() {
    return root + "/scratch";
  }

  /**
   * Writes intermediate rows below the root and reads them back, so that they are computed once and
   * survive the loss of an executor.
   */
  public Dataset<Row> materialized(String name, Dataset<Row> rows) {
    String path = scratch() + "/" + name;
    guard.run();
    rows.write().mode("overwrite").parquet(path);
    return spark.read().schema(rows.schema()).parquet(path);
  }

  /** Removes what {@link #materialized} wrote. */
  public void clearScratch() {
    guard.run();
    try {
      fileSystem().delete(new Path(scratch()), true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** No rows. */
  public Dataset<Row> empty(String ddl) {
    return spark.createDataFrame(List.of(), StructType.fromDDL(ddl));
  }

  public FileSystem fileSystem() {
    try {
      return new Path(root).getFileSystem(hadoop());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
