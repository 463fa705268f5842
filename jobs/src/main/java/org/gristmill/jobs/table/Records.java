package org.gristmill.jobs.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.delta.kernel.data.Row;
import io.delta.kernel.internal.data.GenericRow;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.types.ArrayType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.gristmill.core.UserError;
import org.gristmill.jobs.table.BatchRecord.Counted;

/**
 * The table {@code batches}: of every batch of every table what it was made from and how much is in
 * it. Everything here is counted from the tables; where it is missing it is counted again.
 */
final class Records {
  static final String TABLE = "batches";

  static final String SCHEMA =
      "`table` string COMMENT 'table that the batch is in',"
          + " batch string COMMENT 'its name',"
          + " number long COMMENT 'grows from row to row: of several rows for one batch the last"
          + " counts',"
          + " made string COMMENT 'hash of all it was made from, equal to the column made there;"
          + " empty if the batch is gone',"
          + " output string COMMENT 'hash of what it says to the tables made from it',"
          + " facts map<string,string> COMMENT 'settings and versions it was made with',"
          + " inputs map<string,string> COMMENT 'what it was made from',"
          + " `rows` long COMMENT 'rows of the batch',"
          + " counts array<struct<source:string,name:string,label:string,number:long>>"
          + " COMMENT 'what the ledger adds up',"
          + " digests map<string,string> COMMENT 'what later runs need to know of its rows'";

  private static final List<String> COLUMNS =
      List.of(
          "table", "batch", "number", "made", "output", "facts", "inputs", "rows", "counts",
          "digests");

  private final Tables tables;
  private Map<String, SortedMap<String, BatchRecord>> known;
  private long number;

  Records(Tables tables) {
    this.tables = tables;
  }

  SortedMap<String, BatchRecord> of(String table) {
    if (known == null) {
      known = load();
    }
    return known.computeIfAbsent(table, t -> new TreeMap<>());
  }

  private Map<String, SortedMap<String, BatchRecord>> load() {
    Map<String, Long> last = new HashMap<>();
    Map<String, SortedMap<String, BatchRecord>> all = new HashMap<>();
    TableState log =
        TableLog.usable()
            ? new TableLog(tables.hadoop(), tables.path(TABLE))
            : new SparkLog(tables.spark(), tables.path(TABLE));
    if (!log.exists() && tables.jobs().stream().anyMatch(job -> tables.exists(job.to()))) {
      tables.note(
          "table "
              + TABLE
              + " was missing: everything was counted again, and batches without any duplicate were"
              + " decided again");
    }
    if (log.exists() && !log.columns().equals(COLUMNS)) {
      throw new UserError(
          tables.path(TABLE)
              + " was written by another release; move it away: all that it says is counted again");
    }
    Take take =
        (table, batch, written, record) -> {
          number = Math.max(number, written);
          if (last.merge(table + "/" + batch, written, Math::max) == written) {
            SortedMap<String, BatchRecord> its = all.computeIfAbsent(table, t -> new TreeMap<>());
            its.remove(batch);
            if (!record.made().id().isEmpty()) {
              its.put(batch, record);
            }
          }
        };
    if (log instanceof TableLog kernel) {
      kernel.rows(row -> take.of(row.getString(0), row.getString(1), row.getLong(2), record(row)));
    } else if (log.exists()) {
      for (org.apache.spark.sql.Row row : tables.read(TABLE).collectAsList()) {
        take.of(row.getString(0), row.getString(1), row.getLong(2), record(row));
      }
    }
    return all;
  }

  /** Takes a row. */
  private interface Take {
    void of(String table, String batch, long number, BatchRecord record);
  }

  private static BatchRecord record(Row row) {
    List<Counted> counts = new ArrayList<>();
    for (Row count : VectorUtils.<Row>toJavaList(row.getArray(8))) {
      counts.add(
          new Counted(
              count.getString(0), count.getString(1), count.getString(2), count.getLong(3)));
    }
    Made made = new Made(strings(row, 5), strings(row, 6), row.getString(3));
    return new BatchRecord(made, row.getString(4), row.getLong(7), counts, strings(row, 9));
  }

  private static BatchRecord record(org.apache.spark.sql.Row row) {
    List<Counted> counts = new ArrayList<>();
    for (org.apache.spark.sql.Row count : row.<org.apache.spark.sql.Row>getList(8)) {
      counts.add(
          new Counted(
              count.getString(0), count.getString(1), count.getString(2), count.getLong(3)));
    }
    Made made =
        new Made(
            new TreeMap<>(row.<String, String>getJavaMap(5)),
            new TreeMap<>(row.<String, String>getJavaMap(6)),
            row.getString(3));
    return new BatchRecord(
        made,
        row.getString(4),
        row.getLong(7),
        counts,
        new TreeMap<>(row.<String, String>getJavaMap(9)));
  }

  private static SortedMap<String, String> strings(Row row, int column) {
    return new TreeMap<>(VectorUtils.<String, String>toJavaMap(row.getMap(column)));
  }

  /** Counts some batches in the committed table and writes that down in one commit. */
  void write(Job job, SortedMap<String, Made> batches, Collection<String> removed) {
    SortedMap<String, List<Counted>> counts = count(job, batches.keySet());
    Map<String, SortedMap<String, String>> digests = digests(job, batches.keySet());
    SortedMap<String, Tables.Present> present = tables.present(job.to());
    SortedMap<String, BatchRecord> records = of(job.to());
    List<org.apache.spark.sql.Row> rows = new ArrayList<>();
    List<List<Object>> columns = new ArrayList<>();
    for (int i = 0; i < COLUMNS.size(); i++) {
      columns.add(new ArrayList<>());
    }
    batches.forEach(
        (batch, made) -> {
          long found = present.containsKey(batch) ? present.get(batch).rows() : 0;
          SortedMap<String, String> its = digests.getOrDefault(batch, new TreeMap<>());
          BatchRecord record =
              new BatchRecord(
                  made,
                  job.output(batch, made, its),
                  found,
                  counts.getOrDefault(batch, List.of()),
                  its);
          records.put(batch, record);
          add(columns, job.to(), batch, record);
          rows.add(row(job.to(), batch, record));
        });
    for (String batch : removed) {
      records.remove(batch);
      BatchRecord gone = new BatchRecord(Made.gone(), "", 0, List.of(), new TreeMap<>());
      add(columns, job.to(), batch, gone);
      rows.add(row(job.to(), batch, gone));
    }
    if (!rows.isEmpty() && !TableLog.usable()) {
      tables
          .spark()
          .createDataFrame(rows, StructType.fromDDL(SCHEMA))
          .coalesce(1)
          .write()
          .format("delta")
          .mode("append")
          .save(tables.path(TABLE));
    } else if (!rows.isEmpty()) {
      new TableLog(tables.hadoop(), tables.path(TABLE)).append(json(), List.copyOf(columns));
    }
  }

  private static String json() {
    return StructType.fromDDL(SCHEMA).json();
  }

  private void add(List<List<Object>> columns, String table, String batch, BatchRecord record) {
    ArrayType counts = (ArrayType) TableLog.field(json(), "counts").getDataType();
    io.delta.kernel.types.StructType count =
        (io.delta.kernel.types.StructType) counts.getElementType();
    List<Row> rows =
        record.counts().stream()
            .map(
                c ->
                    (Row)
                        new GenericRow(
                            count, Map.of(0, c.source(), 1, c.name(), 2, c.label(), 3, c.number())))
            .toList();
    List<Object> values =
        List.of(
            table,
            batch,
            ++number,
            record.made().id(),
            record.output(),
            VectorUtils.stringStringMapValue(record.made().facts()),
            VectorUtils.stringStringMapValue(record.made().inputs()),
            record.rows(),
            VectorUtils.buildArrayValue(rows, count),
            VectorUtils.stringStringMapValue(record.digests()));
    for (int i = 0; i < values.size(); i++) {
      columns.get(i).add(values.get(i));
    }
  }

  private org.apache.spark.sql.Row row(String table, String batch, BatchRecord record) {
    List<org.apache.spark.sql.Row> counts =
        record.counts().stream()
            .map(c -> RowFactory.create(c.source(), c.name(), c.label(), c.number()))
            .toList();
    return RowFactory.create(
        table,
        batch,
        number,
        record.made().id(),
        record.output(),
        Rows.map(record.made().facts()),
        Rows.map(record.made().inputs()),
        record.rows(),
        Rows.seq(counts),
        Rows.map(record.digests()));
  }

  /** The digests of some batches, from the rows. */
  Map<String, SortedMap<String, String>> digests(Job job, Collection<String> batches) {
    Map<String, SortedMap<String, String>> digests = new HashMap<>();
    if (!batches.isEmpty()) {
      job.digests(tables.read(job.to(), batches))
          .ifPresent(
              rows ->
                  rows.collectAsList()
                      .forEach(
                          row ->
                              digests
                                  .computeIfAbsent(row.getString(0), b -> new TreeMap<>())
                                  .put(row.getString(1), row.getString(2))));
    }
    return digests;
  }

  /** All counts of a table, and over all its batches how many rows have an id, and how many ids. */
  List<Counted> recount(Job job) {
    List<Counted> all = new ArrayList<>();
    count(job, tables.present(job.to()).keySet()).values().forEach(all::addAll);
    all.removeIf(c -> c.name().equals(Count.ROWS_WITH_ID) || c.name().equals(Count.IDS));
    Dataset<org.apache.spark.sql.Row> rows = tables.read(job.to());
    if (job.counts().contains(Count.EACH_ID_ONCE)) {
      for (org.apache.spark.sql.Row row :
          rows.where("id <> ''")
              .groupBy("id")
              .agg(expr("min(source)").as("source"), expr("count(1)").as("n"))
              .groupBy("source")
              .agg(expr("sum(n)"), expr("count(1)"))
              .collectAsList()) {
        all.add(new Counted(row.getString(0), Count.ROWS_WITH_ID, "", row.getLong(1)));
        all.add(new Counted(row.getString(0), Count.IDS, "", row.getLong(2)));
      }
    }
    return all;
  }

  /** The numbers of the ledger, and for every table with ids how many rows and how many ids. */
  private SortedMap<String, List<Counted>> count(Job job, Collection<String> batches) {
    SortedMap<String, List<Counted>> counts = new TreeMap<>();
    if (batches.isEmpty()) {
      return counts;
    }
    Dataset<org.apache.spark.sql.Row> rows = tables.read(job.to(), batches);
    List<String> entries = new ArrayList<>();
    boolean ids = false;
    for (Count count : job.counts()) {
      if (count.name().equals(Count.IDS)) {
        ids = true;
        continue;
      }
      entries.add(
          String.format(
              "if(%s, named_struct('name', '%s', 'label', cast(%s AS string), 'number', cast(%s AS"
                  + " bigint)), null)",
              count.where(), count.name(), count.label(), count.number()));
    }
    if (!entries.isEmpty()) {
      add(counts, summed(job, rows, entries));
    }
    if (ids) {
      Dataset<org.apache.spark.sql.Row> distinct =
          rows.where("id <> ''")
              .groupBy("batch", "source")
              .agg(expr("count(1)").as("n"), expr("count(DISTINCT id)").as("d"));
      for (org.apache.spark.sql.Row row : distinct.collectAsList()) {
        List<Counted> of = counts.computeIfAbsent(row.getString(0), b -> new ArrayList<>());
        of.add(new Counted(row.getString(1), Count.ROWS_WITH_ID, "", row.getLong(2)));
        of.add(new Counted(row.getString(1), Count.IDS, "", row.getLong(3)));
      }
    }
    return counts;
  }

  private static Dataset<org.apache.spark.sql.Row> summed(
      Job job, Dataset<org.apache.spark.sql.Row> rows, List<String> entries) {
    return job.counted(rows)
        .select(
            col("batch"),
            col("source"),
            expr("explode(array(" + String.join(", ", entries) + "))").as("c"))
        .where("c IS NOT NULL")
        .groupBy("batch", "source", "c.name", "c.label")
        .agg(expr("sum(c.number)"));
  }

  private static void add(
      SortedMap<String, List<Counted>> counts, Dataset<org.apache.spark.sql.Row> rows) {
    for (org.apache.spark.sql.Row row : rows.collectAsList()) {
      counts
          .computeIfAbsent(row.getString(0), b -> new ArrayList<>())
          .add(new Counted(row.getString(1), row.getString(2), row.getString(3), row.getLong(4)));
    }
  }
}
