package org.gristmill.jobs.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.types.StructType;
import org.gristmill.jobs.table.BatchRecord.Counted;

/**
 * The table {@code batches}: of every batch of every table what it was made from and how much is in
 * it. Everything here is counted from the tables; where it is missing it is counted again.
 */
final class Records {
  static final String TABLE = "batches";

  static final String SCHEMA =
      "`table` string COMMENT 'table that the batch is in',"
          + " batch string COMMENT 'its name; all in a table that is made as a whole',"
          + " made string COMMENT 'hash of all it was made from, equal to the column made there',"
          + " output string COMMENT 'hash of what it says to the tables made from it',"
          + " facts map<string,string> COMMENT 'settings and versions it was made with',"
          + " inputs map<string,string> COMMENT 'what it was made from',"
          + " `rows` long COMMENT 'rows of the batch',"
          + " counts array<struct<source:string,name:string,label:string,number:long>>"
          + " COMMENT 'what the ledger adds up',"
          + " digests map<string,string> COMMENT 'by batch of documents: changes when what the"
          + " table says of them does'";

  private final Tables tables;
  private Map<String, SortedMap<String, BatchRecord>> known;

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
    Map<String, SortedMap<String, BatchRecord>> all = new HashMap<>();
    DeltaLog.invalidateCache(tables.spark(), new Path(tables.path(TABLE)));
    if (!tables.exists(TABLE)) {
      return all;
    }
    for (Row row : tables.read(TABLE).collectAsList()) {
      String table = row.getAs("table");
      String batch = row.getAs("batch");
      all.computeIfAbsent(table, t -> new TreeMap<>()).put(batch, record(row));
    }
    return all;
  }

  private static BatchRecord record(Row row) {
    List<Counted> counts = new ArrayList<>();
    for (Row count : row.<Row>getList(row.fieldIndex("counts"))) {
      counts.add(
          new Counted(
              count.getAs("source"),
              count.getAs("name"),
              count.getAs("label"),
              count.getAs("number")));
    }
    Made made = new Made(strings(row, "facts"), strings(row, "inputs"), row.getAs("made"));
    return new BatchRecord(
        made, row.getAs("output"), row.getAs("rows"), counts, strings(row, "digests"));
  }

  private static SortedMap<String, String> strings(Row row, String column) {
    return new TreeMap<>(row.<String, String>getJavaMap(row.fieldIndex(column)));
  }

  /** Counts some batches in the committed table and writes that down in one commit. */
  void write(Job job, SortedMap<String, Made> batches, Collection<String> removed) {
    SortedMap<String, List<Counted>> counts = count(job, batches.keySet());
    SortedMap<String, String> digests = new TreeMap<>();
    if (job.grain() == Grain.WHOLE) {
      job.digests(tables.read(job.to()))
          .collectAsList()
          .forEach(row -> digests.put(row.getString(0), row.getString(1)));
    }
    SortedMap<String, Tables.Present> present = tables.present(job.to());
    List<Row> rows = new ArrayList<>();
    batches.forEach(
        (batch, made) -> {
          long found = present.containsKey(batch) ? present.get(batch).rows() : 0;
          BatchRecord record =
              new BatchRecord(
                  made,
                  job.output(tables, batch, made.id()),
                  found,
                  counts.getOrDefault(batch, List.of()),
                  digests);
          of(job.to()).put(batch, record);
          rows.add(row(job.to(), batch, record));
        });
    removed.forEach(of(job.to())::remove);
    TreeSet<String> touched = new TreeSet<>(batches.keySet());
    touched.addAll(removed);
    DataFrameWriter<Row> writer =
        tables
            .spark()
            .createDataFrame(rows, StructType.fromDDL(SCHEMA))
            .coalesce(1)
            .write()
            .format("delta")
            .mode("overwrite");
    if (tables.exists(TABLE)) {
      writer =
          writer.option(
              "replaceWhere",
              "`table` = '" + job.to() + "' AND batch IN (" + Tables.quoted(touched) + ")");
    }
    writer.save(tables.path(TABLE));
  }

  /** All counts of a table, and over all its batches how many rows have an id, and how many ids. */
  List<Counted> recount(Job job) {
    List<Counted> all = new ArrayList<>();
    count(job, tables.present(job.to()).keySet()).values().forEach(all::addAll);
    all.removeIf(c -> c.name().equals(Count.ROWS_WITH_ID) || c.name().equals(Count.IDS));
    Dataset<Row> rows = tables.read(job.to());
    if (job.counts().contains(Count.EACH_ID_ONCE)) {
      for (Row row :
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

  private static Row row(String table, String batch, BatchRecord record) {
    List<Row> counts =
        record.counts().stream()
            .map(c -> RowFactory.create(c.source(), c.name(), c.label(), c.number()))
            .toList();
    return RowFactory.create(
        table,
        batch,
        record.made().id(),
        record.output(),
        Rows.map(record.made().facts()),
        Rows.map(record.made().inputs()),
        record.rows(),
        Rows.seq(counts),
        Rows.map(record.digests()));
  }

  /** The numbers of the ledger, and for every table with ids how many rows and how many ids. */
  private SortedMap<String, List<Counted>> count(Job job, Collection<String> batches) {
    SortedMap<String, List<Counted>> counts = new TreeMap<>();
    boolean whole = job.grain() == Grain.WHOLE;
    Dataset<Row> rows = whole ? tables.read(job.to()) : tables.read(job.to(), batches);
    if (batches.isEmpty()) {
      return counts;
    }
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
      Dataset<Row> distinct =
          rows.where("id <> ''")
              .withColumn("key", whole ? lit(Tables.ALL) : col("batch"))
              .groupBy("key", "source")
              .agg(expr("count(1)").as("n"), expr("count(DISTINCT id)").as("d"));
      for (Row row : distinct.collectAsList()) {
        List<Counted> of = counts.computeIfAbsent(row.getString(0), b -> new ArrayList<>());
        of.add(new Counted(row.getString(1), Count.ROWS_WITH_ID, "", row.getLong(2)));
        of.add(new Counted(row.getString(1), Count.IDS, "", row.getLong(3)));
      }
    }
    return counts;
  }

  private static Dataset<Row> summed(Job job, Dataset<Row> rows, List<String> entries) {
    return job.counted(rows)
        .select(
            job.grain() == Grain.WHOLE ? lit(Tables.ALL).as("key") : col("batch").as("key"),
            col("source"),
            expr("explode(array(" + String.join(", ", entries) + "))").as("c"))
        .where("c IS NOT NULL")
        .groupBy("key", "source", "c.name", "c.label")
        .agg(expr("sum(c.number)"));
  }

  private static void add(SortedMap<String, List<Counted>> counts, Dataset<Row> rows) {
    for (Row row : rows.collectAsList()) {
      counts
          .computeIfAbsent(row.getString(0), b -> new ArrayList<>())
          .add(new Counted(row.getString(1), row.getString(2), row.getString(3), row.getLong(4)));
    }
  }
}
