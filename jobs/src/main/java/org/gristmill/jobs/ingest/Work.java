package org.gristmill.jobs.ingest;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;
import org.gristmill.core.Document;
import org.gristmill.core.Found;
import org.gristmill.core.Quarantined;
import org.gristmill.jobs.ingest.Deliveries.Delivery;
import org.gristmill.jobs.table.Rows;
import org.gristmill.sources.Guard;
import org.gristmill.sources.Part;
import org.gristmill.sources.Splittable;
import org.gristmill.sources.Tally;

/** A part of a file that a task reads into rows of {@link IngestJob#schema}. */
record Work(String batch, IngestStep step, InputFile file, Part part) implements Serializable {
  /** Status of a row that is a document. */
  private static final String DOCUMENT = "document";

  /** Status of a row that is a record in quarantine. */
  private static final String QUARANTINED = "quarantined";

  /**
   * Status of a row that is an input file, or a part of one: offset is its length, url its name,
   * and of a part the meta fact {@code start} says where it starts.
   */
  private static final String FILE = "file";

  private static final int TEXT = 8;
  private static final int META = 9;

  /** The parts of all files of a delivery, by name and place. */
  static List<Work> of(String batch, Delivery delivery, long partBytes) {
    IngestStep step = delivery.step();
    List<Work> work = new ArrayList<>();
    for (InputFile file : delivery.files()) {
      boolean splits =
          step.reader() instanceof Splittable reader
              && reader.splits(new Path(file.uri()).getName());
      for (Part part : splits ? Part.of(file.length(), partBytes) : List.of(Part.WHOLE)) {
        work.add(new Work(batch, step, file, part));
      }
    }
    return work;
  }

  /** Bytes of the part. */
  long bytes() {
    return part.bytes(file.length());
  }

  /** The rows of some parts, one after the other; a file or a part has its own behind them. */
  static Iterator<Row> rows(List<Work> work, SerializableConfiguration hadoop, long partBytes) {
    Pulled<Row> pulled =
        new Pulled<>(
            "ingest",
            Work::memory,
            out -> {
              for (Work one : work) {
                one.read(hadoop.value(), partBytes, out);
              }
            });
    TaskCompletionListener stop = context -> pulled.close();
    TaskContext.get().addTaskCompletionListener(stop);
    return pulled;
  }

  /** Bytes that a row takes in memory, about: two for each character of its text and its facts. */
  private static long memory(Row row) {
    long characters = 500 + row.getString(TEXT).length();
    for (String fact : row.<String, String>getJavaMap(META).values()) {
      characters += 50 + fact.length();
    }
    return 2 * characters;
  }

  private void read(Configuration hadoop, long partBytes, Consumer<Row> out) throws IOException {
    Tally tally =
        Guard.read(
            step.reader(),
            new HadoopInput(step.name(), file.uri(), file.name(), file.length(), hadoop),
            part,
            partBytes,
            found -> out.accept(row(found)));
    Map<String, String> meta = new HashMap<>();
    if (!part.equals(Part.WHOLE)) {
      file.checkUnchanged(hadoop);
      meta.put("start", Long.toString(part.start()));
    }
    meta.put("modified", Long.toString(file.modified()));
    meta.put("sha256", tally.sha256());
    meta.put("documents", Long.toString(tally.documents()));
    meta.put("quarantined", Long.toString(tally.quarantined()));
    out.accept(
        RowFactory.create(
            batch,
            step.name(),
            step.kind(),
            FILE,
            "",
            file.uri(),
            bytes(),
            file.name(),
            "",
            Rows.map(meta),
            "",
            ""));
  }

  private Row row(Found found) {
    if (found instanceof Document d) {
      return RowFactory.create(
          batch,
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
        batch,
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
