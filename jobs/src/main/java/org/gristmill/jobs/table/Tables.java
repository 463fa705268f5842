package org.gristmill.jobs.table;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
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
  /** The column that says what a row's batch was made from. */
  static final String MADE = "made";

  /**
   * A batch as it lies in a table.
   *
   * @param made id of what it was made from; {@code mixed} if its rows do not agree
   * @param rows number of rows, -1 if the table's files do not say
   * @param bytes of its files
   * @param files their number
   */
  public record Present(String made, long rows, long bytes, int files) {
    Present and(Present other) {
      return new Present(
          made.equals(other.made) ? made : "mixed",
          rows < 0 || other.rows < 0 ? -1 : rows + other.rows,
          bytes + other.bytes,
          files + other.files);
    }
  }

  private final Supplier<SparkSession> spark;
  private final Configuration hadoop;
  private final String root;
  private final Runnable guard;
  private final Records records;
  private final long begun = System.currentTimeMillis();
  private boolean regenerating;
  private List<Job> jobs = List.of();
  private final Set<String> notes = new LinkedHashSet<>();
  private final Map<String, TableState> logs = new HashMap<>();
  private final Map<String, SortedMap<String, Present>> present = new HashMap<>();
  private final Map<String, SortedMap<String, SortedMap<String, String>>> remembered =
      new HashMap<>();
  private final Map<String, Object> once = new HashMap<>();
  private final Map<String, SortedMap<String, String>> pretended = new HashMap<>();

  /**
   * @param spark starts Spark when it is first asked for: a run with nothing to do needs none
   * @param hadoop settings of the file systems
   * @param root folder of the pipeline
   * @param guard called before every commit; throws if this run may not write any more
   */
  public Tables(Supplier<SparkSession> spark, Configuration hadoop, String root, Runnable guard) {
    this.spark = spark;
    this.hadoop = hadoop;
    this.root = root;
    this.guard = guard;
    this.records = new Records(this);
  }

  public SparkSession spark() {
    return spark.get();
  }

  public Configuration hadoop() {
    return hadoop;
  }

  /** When this run began, in milliseconds since 1970. */
  public long begun() {
    return begun;
  }

  /** From now on decides everything anew that was decided when it came. */
  public void regenerate() {
    regenerating = true;
  }

  /** Whether what was decided when it came is to be decided anew, over the whole corpus. */
  public boolean regenerating() {
    return regenerating;
  }

  /** Folder of a table. */
  public String path(String table) {
    return root + "/tables/" + table;
  }

  /** A folder beside the tables and the shards. */
  public String beside(String name) {
    return root + "/" + name;
  }

  /** The jobs of the pipeline that this run is about. */
  public List<Job> jobs() {
    return jobs;
  }

  /** Says which jobs the pipeline has. */
  public void jobs(List<Job> all) {
    jobs = List.copyOf(all);
  }

  /** Folder of the shards. */
  public String shards() {
    return beside("shards");
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
    return log(table).exists();
  }

  private TableState log(String table) {
    return logs.computeIfAbsent(
        table,
        t -> TableLog.usable() ? new TableLog(hadoop, path(t)) : new SparkLog(spark(), path(t)));
  }

  /** All rows of a table as last committed. */
  public Dataset<Row> read(String table) {
    return read(table, batch -> true);
  }

  /** The rows of some batches of a table. */
  public Dataset<Row> read(String table, Collection<String> batches) {
    return read(table, Set.copyOf(batches)::contains).where(col("batch").isin(batches.toArray()));
  }

  /** By its list of files: Delta itself asks for that list with a query for each scan. */
  private Dataset<Row> read(String table, Predicate<String> batches) {
    TableState log = log(table);
    if (log.plainSchema().isEmpty()) {
      return delta(table);
    }
    List<TableState.DataFile> files =
        log.files().stream().filter(f -> batches.test(f.partition().get("batch"))).toList();
    return TableFiles.read(spark(), schema(table), files);
  }

  private Dataset<Row> delta(String table) {
    return spark().read().format("delta").load(path(table));
  }

  /** The columns of a table. */
  StructType schema(String table) {
    Optional<String> plain = log(table).plainSchema();
    return plain.isPresent() ? (StructType) DataType.fromJson(plain.get()) : delta(table).schema();
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
    SortedMap<String, Present> found = new TreeMap<>();
    TableState log = log(table);
    if (log.exists() && !log.columns().contains(MADE)) {
      throw new UserError(
          path(table)
              + " holds a table without a readable state (no column "
              + MADE
              + "): another program or another release made it. Nothing was appended; move it away"
              + " to have it made anew, or give the pipeline another root");
    }
    for (TableState.DataFile file : log.files()) {
      String made = file.partition().get(MADE);
      found.merge(
          String.valueOf(file.partition().get("batch")),
          new Present(made == null ? "" : made, file.rows(), file.bytes(), 1),
          Present::and);
    }
    return found;
  }

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

  /** What a table remembers of the rows of a batch: see {@link Job#digests}. */
  public SortedMap<String, String> digests(String table, String batch) {
    BatchRecord record = records(table).get(batch);
    return record == null ? new TreeMap<>() : record.digests();
  }

  /** How the output of a batch begins that a dry run would make. */
  public static final String PENDING = "to be made: ";

  /**
   * The same for every batch that is in a job's table: as written down, or where that does not fit
   * the table, from the rows.
   */
  public SortedMap<String, SortedMap<String, String>> remembered(Job job) {
    return remembered.computeIfAbsent(
        job.to(),
        table -> {
          SortedMap<String, SortedMap<String, String>> all = new TreeMap<>();
          Set<String> uncounted = new TreeSet<>();
          present(table)
              .forEach(
                  (batch, there) -> {
                    BatchRecord record = records(table).get(batch);
                    if (record != null && record.made().id().equals(there.made())) {
                      all.put(batch, record.digests());
                    } else {
                      uncounted.add(batch);
                    }
                  });
          if (!uncounted.isEmpty()) {
            all.putAll(records.digests(job, uncounted));
          }
          return all;
        });
  }

  /** From now on answers as if a table's batches had these outputs; writes nothing. */
  public void pretend(String table, SortedMap<String, String> outputs) {
    pretended.put(table, new TreeMap<>(outputs));
  }

  /** What will become of a batch that a dry run would make; empty for one that stays. */
  public Optional<String> pending(String table, String batch) {
    return Optional.ofNullable(pretended.getOrDefault(table, new TreeMap<>()).get(batch))
        .filter(output -> output.startsWith(PENDING));
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
    new TableWriter(this).replace(job, rows, changed, removed);
    forget(job.to());
    record(job, changed, removed);
  }

  /**
   * Whether a table of a job has columns that the job does not declare, or not so: then no batch of
   * it can stay beside new ones.
   */
  public boolean hasOtherColumns(Job job) {
    return !present(job.to()).isEmpty() && new TableWriter(this).hasOtherColumns(job);
  }

  /** From now on looks again at what lies in a table. */
  private void forget(String table) {
    logs.remove(table);
    present.remove(table);
    remembered.remove(table);
  }

  /** Counts everything in a job's table anew; writes nothing. */
  public List<BatchRecord.Counted> recount(Job job) {
    return records.recount(job);
  }

  /** Counts batches whose rows are committed, and writes that down. */
  public void record(Job job, SortedMap<String, Made> batches, Collection<String> removed) {
    guard.run();
    records.write(job, batches, removed);
    remembered.remove(job.to());
  }

  /**
   * Puts the files of some batches together and removes the files that no version of the last week
   * needs (Delta's own retention); rows and state stay as they are.
   */
  public void compact(String table, Collection<String> batches) {
    new TableWriter(this).compact(table, batches);
    forget(table);
  }

  /** The folder for intermediate rows, below the root so that every executor reaches it. */
  public String scratch() {
    return beside("scratch");
  }

  /**
   * Writes intermediate rows below the root and reads them back, so that they are computed once and
   * survive the loss of an executor.
   */
  public Dataset<Row> materialized(String name, Dataset<Row> rows) {
    String path = scratch() + "/" + name;
    guard.run();
    rows.write().mode("overwrite").parquet(path);
    return spark().read().schema(rows.schema()).parquet(path);
  }

  /** Removes what {@link #materialized} wrote. */
  public void clearScratch() {
    guard.run();
    try {
      if (fileSystem().exists(new Path(scratch()))) {
        fileSystem().delete(new Path(scratch()), true);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** No rows. */
  public Dataset<Row> empty(String ddl) {
    return spark().createDataFrame(List.of(), StructType.fromDDL(ddl));
  }

  public FileSystem fileSystem() {
    try {
      return new Path(root).getFileSystem(hadoop());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
