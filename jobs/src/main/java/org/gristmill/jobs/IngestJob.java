package org.gristmill.jobs;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;
import org.gristmill.core.Document;
import org.gristmill.core.Found;
import org.gristmill.core.Hash;
import org.gristmill.core.Quarantined;
import org.gristmill.core.UserError;
import org.gristmill.sources.Source;
import org.gristmill.sources.Tally;
import org.gristmill.sources.registry.Sources;

/**
 * Raw files to the table {@code documents}: a row for every document, for every quarantined record,
 * and for every file read.
 *
 * <p>The files that are new since the last run form a batch, named after the source and a hash of
 * their names. A batch is read again when one of its files has changed.
 */
record IngestJob(List<IngestStep> steps) implements Job {
  /** Status of a row that is a document. */
  static final String DOCUMENT = "document";

  /** Status of a row that is a record in quarantine. */
  static final String QUARANTINED = "quarantined";

  /** Status of a row that is an input file: offset is its length, url its name. */
  static final String FILE = "file";

  private static final long MIN_TASK_BYTES = 1L << 20;
  private static final long MAX_TASK_BYTES = 128L << 20;

  IngestJob {
    steps = List.copyOf(steps);
  }

  @Override
  public String name() {
    return "ingest";
  }

  @Override
  public String to() {
    return "documents";
  }

  @Override
  public String settings() {
    return ""; // a step's settings concern its own batches only: see inputs()
  }

  @Override
  public String schema() {
    return "batch string, source string, kind string, status string, id string, file string,"
        + " offset long, url string, text string, meta map<string,string>, reason string,"
        + " detail string";
  }

  @Override
  public SortedMap<String, String> inputs(Tables tables) {
    SortedMap<String, String> inputs = new TreeMap<>();
    SortedMap<String, String> state = tables.state(to());
    deliveries(tables, state)
        .forEach(
            (batch, delivery) ->
                inputs.put(
                    batch,
                    delivery.frozen()
                        ? Runner.FROZEN + state.get(batch)
                        : delivery.step().settings()
                            + "\n"
                            + delivery.files().stream()
                                .map(InputFile::version)
                                .collect(Collectors.joining("\n"))));
    return inputs;
  }

  /** A batch and its files; frozen if some of them are gone and the rest is as it was. */
  private record Delivery(IngestStep step, List<InputFile> files, boolean frozen) {}

  private SortedMap<String, Delivery> deliveries(Tables tables, SortedMap<String, String> state) {
    SortedMap<String, Delivery> deliveries = new TreeMap<>();
    Map<String, Map<String, InputFile>> known = known(tables, state);
    for (IngestStep step : steps) {
      SortedMap<String, InputFile> fresh = tables.files(step);
      known.forEach(
          (batch, files) -> {
            if (batch.matches(Pattern.quote(step.name()) + "-[0-9a-f]{12}")) {
              Delivery delivery = again(tables, step, batch, files, fresh);
              if (!delivery.files().isEmpty()) {
                deliveries.put(batch, delivery);
              }
              files.keySet().forEach(fresh::remove);
            }
          });
      for (List<InputFile> files : cut(new ArrayList<>(fresh.values()), step.batchBytes())) {
        deliveries.put(batch(step, files), new Delivery(step, files, false));
      }
    }
    return deliveries;
  }

  /** A batch that is in the table already. */
  private static Delivery again(
      Tables tables,
      IngestStep step,
      String batch,
      Map<String, InputFile> files,
      Map<String, InputFile> listed) {
    List<InputFile> present = new ArrayList<>();
    List<String> gone = new ArrayList<>();
    boolean changed = false;
    for (InputFile file : files.values()) {
      InputFile now = listed.get(file.name());
      if (now == null) {
        gone.add(file.name());
      } else {
        present.add(now);
        changed |= !now.version().equals(file.version());
      }
    }
    if (gone.isEmpty() || step.vanished() == IngestStep.Vanished.DROP) {
      return new Delivery(step, present, false);
    }
    if (changed) {
      throw new UserError(
          "batch "
              + batch
              + " must be read again because some of its files have changed, but others are gone: "
              + String.join(", ", gone)
              + "; bring them back, or set vanished = drop in the ingest step to drop their"
              + " documents");
    }
    tables.note(
        "source "
            + step.name()
            + ": input files are gone, their documents stay (vanished = drop would drop them): "
            + String.join(", ", gone.subList(0, Math.min(5, gone.size())))
            + (gone.size() > 5 ? " and " + (gone.size() - 5) + " more" : ""));
    return new Delivery(step, List.copyOf(files.values()), true);
  }

  /** The files of every batch in the table, by name. */
  private Map<String, Map<String, InputFile>> known(
      Tables tables, SortedMap<String, String> state) {
    Map<String, Map<String, InputFile>> known = new TreeMap<>();
    if (state.isEmpty()) {
      return known;
    }
    List<Row> rows =
        tables
            .read(to())
            .where("status = 'file'")
            .selectExpr("batch", "file", "url", "offset", "meta['modified']")
            .collectAsList();
    for (Row row : rows) {
      InputFile file =
          new InputFile(
              row.getString(1), row.getString(2), row.getLong(3), Long.parseLong(row.getString(4)));
      known.computeIfAbsent(row.getString(0), b -> new TreeMap<>()).put(file.name(), file);
    }
    return known;
  }

  /** Cuts files, in the order of their names, into runs of at most some bytes. */
  private static List<List<InputFile>> cut(List<InputFile> files, long bytes) {
    List<List<InputFile>> runs = new ArrayList<>();
    long used = 0;
    for (InputFile file : files) {
      if (runs.isEmpty() || used + file.length() > bytes) {
        runs.add(new ArrayList<>());
        used = 0;
      }
      runs.get(runs.size() - 1).add(file);
      used += file.length();
    }
    return runs;
  }

  private static String batch(IngestStep step, List<InputFile> files) {
    String names = files.stream().map(InputFile::name).collect(Collectors.joining("\n"));
    return step.name() + "-" + Hash.sha256Hex(names).substring(0, 12);
  }

  /** What one task reads. */
  private record Work(String batch, String source, String kind, Source reader, InputFile file)
      implements Serializable {}

  @Override
  public Dataset<Row> plan(Tables tables, SortedMap<String, String> changed) {
    List<List<Work>> tasks = new ArrayList<>();
    SortedMap<String, Delivery> deliveries = deliveries(tables, tables.state(to()));
    long taskBytes = taskBytes(tables, changed.keySet().stream().map(deliveries::get).toList());
    for (String batch : changed.keySet()) {
      Delivery delivery = deliveries.get(batch);
      IngestStep step = delivery.step();
      for (List<InputFile> files : cut(delivery.files(), taskBytes)) {
        tasks.add(
            files.stream()
                .map(f -> new Work(batch, step.name(), step.kind(), step.reader(), f))
                .toList());
      }
    }
    SerializableConfiguration hadoop = new SerializableConfiguration(tables.hadoop());
    StructType schema = StructType.fromDDL(schema());
    FlatMapFunction<List<Work>, Row> read = work -> rows(work, hadoop);
    return tables
        .spark()
        .createDataFrame(
            JavaSparkContext.fromSparkContext(tables.spark().sparkContext())
                .parallelize(tasks, Math.max(1, tasks.size()))
                .flatMap(read),
            schema);
  }

  /** Bytes of input for one task: enough tasks to keep every core busy, and not too many. */
  private static long taskBytes(Tables tables, List<Delivery> deliveries) {
    long total =
        deliveries.stream().flatMap(d -> d.files().stream()).mapToLong(InputFile::length).sum();
    long share = total / (4L * tables.spark().sparkContext().defaultParallelism());
    return Math.max(MIN_TASK_BYTES, Math.min(MAX_TASK_BYTES, share));
  }

  private static Iterator<Row> rows(List<Work> work, SerializableConfiguration hadoop) {
    Handoff<Row> handoff =
        new Handoff<>(
            "ingest",
            out -> {
              for (Work one : work) {
                read(one, hadoop, out);
              }
            });
    TaskCompletionListener stop = context -> handoff.close();
    TaskContext.get().addTaskCompletionListener(stop);
    return handoff;
  }

  private static void read(Work work, SerializableConfiguration hadoop, Consumer<Row> out)
      throws IOException {
    InputFile file = work.file();
    Tally tally =
        Sources.read(
            work.reader(),
            new HadoopInput(work.source(), file.uri(), file.name(), file.length(), hadoop.value()),
            found -> out.accept(row(work, found)));
    Map<String, String> meta = new TreeMap<>();
    meta.put("modified", Long.toString(file.modified()));
    meta.put("documents", Long.toString(tally.documents()));
    meta.put("quarantined", Long.toString(tally.quarantined()));
    out.accept(
        RowFactory.create(
            work.batch(),
            work.source(),
            work.kind(),
            FILE,
            "",
            file.uri(),
            file.length(),
            file.name(),
            "",
            Rows.map(meta),
            "",
            ""));
  }

  private static Row row(Work work, Found found) {
    if (found instanceof Document d) {
      return RowFactory.create(
          work.batch(),
          d.source(),
          d.kind(),
          DOCUMENT,
          d.id(),
          d.file(),
          d.offset(),
          d.url(),
          d.text().toString(),
          Rows.map(d.meta()),
          "",
          "");
    }
    Quarantined q = (Quarantined) found;
    return RowFactory.create(
        work.batch(),
        q.source(),
        q.kind(),
        QUARANTINED,
        "",
        q.file(),
        q.offset(),
        q.url(),
        "",
        Rows.map(Map.of()),
        q.reason().text(),
        q.detail());
  }
}
