package org.gristmill.jobs.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.gristmill.core.Block;
import org.gristmill.core.UserError;
import org.gristmill.jobs.ingest.Deliveries.Delivery;
import org.gristmill.jobs.ingest.Deliveries.Known;
import org.gristmill.jobs.table.BatchRecord;
import org.gristmill.jobs.table.Count;
import org.gristmill.jobs.table.Even;
import org.gristmill.jobs.table.Grain;
import org.gristmill.jobs.table.Job;
import org.gristmill.jobs.table.Made;
import org.gristmill.jobs.table.Tables;
import org.gristmill.sources.ContentHash;

/**
 * Raw files to a table of documents: a row for every document, for every quarantined record, and
 * for every file read.
 *
 * <p>A large file is read in parts of {@link ContentHash#BLOCK_BYTES}, where its source can do
 * that; each part then has a row as a file has, and what is found does not depend on it.
 *
 * <p>The files that are new since the last run form a batch, named after the source and a hash of
 * their names; {@link Deliveries} says how a file is known again. What a batch says to the tables
 * made from it follows from the names and the contents of its files, not from where they lie.
 *
 * @param to table to make
 * @param steps the sources
 * @param dropped names of sources that are in the table, but not in the pipeline any more, and
 *     whose documents may go
 */
@Block(
    does = "Reads raw files into documents; broken records stay as rows with the reason.",
    version = 2)
public record IngestJob(String to, List<IngestStep> steps, Set<String> dropped) implements Job {
  /** The table's usual name. */
  public static final String DOCUMENTS = "documents";

  private static final long MIN_TASK_BYTES = 1L << 20;

  public IngestJob {
    steps = List.copyOf(steps);
    dropped = Set.copyOf(dropped);
  }

  /** The same, allowed to drop the documents of some sources that the pipeline has no more. */
  public IngestJob dropping(Set<String> sources) {
    return new IngestJob(to, steps, sources);
  }

  @Override
  public List<String> reads() {
    return List.of();
  }

  @Override
  public Grain grain() {
    return Grain.BATCH;
  }

  @Override
  public String schema() {
    return "batch string COMMENT 'files that came together',"
        + " source string COMMENT 'name of the ingest step',"
        + " kind string COMMENT 'kind of source',"
        + " status string COMMENT 'document, quarantined (a record that is none) or file (a file"
        + " that was read, or a part of a large one)',"
        + " id string COMMENT 'id of a document, 32 hex digits',"
        + " file string COMMENT 'URI of the input file',"
        + " offset long COMMENT 'where the record starts in the file, in bytes as stored, or its"
        + " ordinal; of a file, or a part of a large one, its length',"
        + " url string COMMENT 'address of the record; of a file its name',"
        + " text string COMMENT 'text of a document as extracted',"
        + " meta map<string,string> COMMENT 'further facts about the record',"
        + " reason string COMMENT 'why a record is quarantined',"
        + " detail string COMMENT 'a line about that for a person'";
  }

  @Override
  public SortedMap<String, Made> made(Tables tables) {
    SortedMap<String, Made> made = new TreeMap<>();
    deliveries(tables)
        .forEach(
            (batch, delivery) ->
                made.put(
                    batch,
                    delivery.frozen()
                        ? Deliveries.frozen(delivery, tables.present(to).get(batch).made())
                        : Deliveries.made(delivery)));
    return made;
  }

  /** Names and contents of the files, whatever their place and times. */
  @Override
  public String output(String batch, Made made, SortedMap<String, String> digests) {
    SortedMap<String, String> facts = new TreeMap<>();
    steps.stream().filter(s -> of(s, batch)).forEach(s -> facts.putAll(s.facts()));
    return Made.of(facts, digests).id();
  }

  /** The content of every file, by its name. */
  @Override
  public Optional<Dataset<Row>> digests(Dataset<Row> rows) {
    List<Row> digests = new ArrayList<>();
    Deliveries.known(rows.where("status = 'file'"))
        .forEach(
            (batch, files) ->
                files
                    .values()
                    .forEach(
                        known ->
                            digests.add(
                                RowFactory.create(batch, known.file().name(), known.sha256()))));
    return Optional.of(
        rows.sparkSession()
            .createDataFrame(
                digests, StructType.fromDDL("batch string, name string, digest string")));
  }

  @Override
  public long bytes(Tables tables, String batch) {
    return deliveries(tables).get(batch).files().stream().mapToLong(InputFile::length).sum();
  }

  private static boolean of(IngestStep step, String batch) {
    return batch.matches(Pattern.quote(step.name()) + "-[0-9a-f]{12}");
  }

  /** Decided once a run: what arrives meanwhile is for the next. */
  private SortedMap<String, Delivery> deliveries(Tables tables) {
    return new TreeMap<>(tables.once("deliveries to " + to, () -> listed(tables)));
  }

  private SortedMap<String, Delivery> listed(Tables tables) {
    SortedMap<String, Map<String, Known>> known = known(tables);
    allNamed(tables, known.keySet());
    SortedMap<String, Delivery> deliveries = new TreeMap<>();
    for (IngestStep step : steps) {
      SortedMap<String, Map<String, Known>> its = new TreeMap<>(known);
      its.keySet().removeIf(batch -> !of(step, batch));
      try {
        deliveries.putAll(
            new Deliveries(tables, step, step.files(tables.hadoop()), its, tables.begun()).all());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return deliveries;
  }

  /** Refuses to lose the documents of a source that the pipeline does not name any more. */
  private void allNamed(Tables tables, Set<String> batches) {
    Set<String> lost = new java.util.TreeSet<>();
    for (String batch : batches) {
      if (steps.stream().noneMatch(s -> of(s, batch))) {
        lost.add(batch.replaceFirst("-[0-9a-f]{12}$", ""));
      }
    }
    for (String source : lost) {
      if (dropped.contains(source)) {
        tables.note("source " + source + ": is not in the pipeline, its documents were dropped");
      }
    }
    lost.removeAll(dropped);
    if (!lost.isEmpty()) {
      throw new UserError(
          "table "
              + to
              + " has documents of "
              + String.join(", ", lost)
              + ", and the pipeline has no ingest step of that name. Give the step its old name"
              + " back, or allow the documents to go with --drop-source "
              + String.join(" --drop-source ", lost));
    }
  }

  /** The files of every batch in the table, by address. */
  private SortedMap<String, Map<String, Known>> known(Tables tables) {
    SortedMap<String, Map<String, Known>> known = new TreeMap<>();
    List<String> uncounted = new ArrayList<>();
    tables
        .present(to)
        .forEach(
            (batch, there) -> {
              BatchRecord record = tables.records(to).get(batch);
              if (record == null
                  || !record.made().id().equals(there.made())
                  || record.made().inputs().isEmpty()
                  || !record.digests().keySet().containsAll(record.made().inputs().keySet())) {
                uncounted.add(batch);
                return;
              }
              Map<String, Known> files = new TreeMap<>();
              record
                  .made()
                  .inputs()
                  .forEach(
                      (name, seen) -> {
                        InputFile file = InputFile.seen(name, seen);
                        files.put(file.uri(), new Known(file, record.digests().get(name)));
                      });
              known.put(batch, files);
            });
    if (!uncounted.isEmpty()) {
      known.putAll(Deliveries.known(tables.read(to, uncounted).where("status = 'file'")));
    }
    return known;
  }

  @Override
  public Dataset<Row> plan(Tables tables, Collection<String> batches) {
    SortedMap<String, Delivery> deliveries = deliveries(tables);
    deliveries.keySet().retainAll(new HashSet<>(batches));
    long partBytes = InputFile.partBytes(tables.hadoop());
    long taskBytes = taskBytes(tables, deliveries.values());
    List<List<Work>> tasks = new ArrayList<>();
    deliveries.forEach(
        (batch, delivery) ->
            tasks.addAll(
                Deliveries.cut(Work.of(batch, delivery, partBytes), Work::bytes, taskBytes)));
    // What takes longest comes first, so that no core waits for it in the end.
    tasks.sort(
        Comparator.comparing((List<Work> work) -> -work.stream().mapToLong(Work::bytes).sum()));
    SerializableConfiguration hadoop = new SerializableConfiguration(tables.hadoop());
    StructType schema = StructType.fromDDL(schema());
    FlatMapFunction<List<Work>, Row> read = work -> Work.rows(work, hadoop, partBytes);
    return tables
        .spark()
        .createDataFrame(
            JavaSparkContext.fromSparkContext(tables.spark().sparkContext())
                .parallelize(tasks, Math.max(1, tasks.size()))
                .flatMap(read),
            schema);
  }

  /** Bytes of input for one task: enough tasks to keep every core busy, and not too many. */
  private static long taskBytes(Tables tables, Collection<Delivery> deliveries) {
    long total =
        deliveries.stream().flatMap(d -> d.files().stream()).mapToLong(InputFile::length).sum();
    long share = total / (4L * tables.spark().sparkContext().defaultParallelism());
    return Math.max(MIN_TASK_BYTES, Math.min(ContentHash.BLOCK_BYTES, share));
  }

  @Override
  public List<Count> counts() {
    return List.of(
        Count.rows("files", "status = 'file' AND coalesce(meta['start'], '0') = '0'"),
        Count.rows("records", "status <> 'file'"),
        Count.by("quarantined", "status = 'quarantined'", "reason"),
        Count.rows("documents", "status = 'document'"),
        Count.sum("read", "status = 'file'", "meta['documents']"),
        Count.sum("broken", "status = 'file'", "meta['quarantined']"),
        Count.EACH_ID_ONCE);
  }

  @Override
  public List<Even> sums() {
    return List.of(
        new Even("documents read and stored", List.of(to + ".read"), List.of(to + ".documents")),
        new Even(
            "records quarantined and stored",
            List.of(to + ".broken"),
            List.of(to + ".quarantined")));
  }
}
