package org.gristmill.jobs.table;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.gristmill.jobs.table.BatchRecord.Counted;

/** The table of batches by way of Spark: where {@link KernelRecords} cannot be used. */
record SparkRecords(Tables tables) implements RecordStore {
  @Override
  public SparkLog state() {
    return new SparkLog(tables.spark(), tables.path(TABLE));
  }

  @Override
  public void read(Consumer<Entry> out) {
    if (state().exists()) {
      for (Row row : tables.read(TABLE).collectAsList()) {
        out.accept(new Entry(row.getString(0), row.getString(1), row.getLong(2), record(row)));
      }
    }
  }

  private static BatchRecord record(Row row) {
    List<Counted> counts = new ArrayList<>();
    for (Row count : row.<Row>getList(8)) {
      counts.add(
          new Counted(
              count.getString(0), count.getString(1), count.getString(2), count.getLong(3)));
    }
    Made made = new Made(strings(row, 5), strings(row, 6), row.getString(3));
    return new BatchRecord(made, row.getString(4), row.getLong(7), counts, strings(row, 9));
  }

  private static SortedMap<String, String> strings(Row row, int column) {
    return new TreeMap<>(row.<String, String>getJavaMap(column));
  }

  @Override
  public void append(List<Entry> entries) {
    tables
        .spark()
        .createDataFrame(
            entries.stream().map(SparkRecords::row).toList(), StructType.fromDDL(SCHEMA))
        .coalesce(1)
        .write()
        .format("delta")
        .mode("append")
        .save(tables.path(TABLE));
  }

  private static Row row(Entry entry) {
    BatchRecord record = entry.record();
    List<Row> counts =
        record.counts().stream()
            .map(c -> RowFactory.create(c.source(), c.name(), c.label(), c.number()))
            .toList();
    return RowFactory.create(
        entry.table(),
        entry.batch(),
        entry.number(),
        record.made().id(),
        record.output(),
        Rows.map(record.made().facts()),
        Rows.map(record.made().inputs()),
        record.rows(),
        Rows.seq(counts),
        Rows.map(record.digests()));
  }
}
