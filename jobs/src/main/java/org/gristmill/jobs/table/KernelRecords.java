package org.gristmill.jobs.table;

import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.Row;
import io.delta.kernel.internal.data.GenericRow;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.gristmill.jobs.table.BatchRecord.Counted;

/** The table of batches in this process, without Spark. */
record KernelRecords(Tables tables) implements RecordStore {
  @Override
  public TableLog state() {
    return new TableLog(tables.hadoop(), tables.path(TABLE));
  }

  @Override
  public void read(Consumer<Entry> out) {
    state()
        .rows(
            row ->
                out.accept(
                    new Entry(row.getString(0), row.getString(1), row.getLong(2), record(row))));
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

  private static SortedMap<String, String> strings(Row row, int column) {
    return new TreeMap<>(VectorUtils.<String, String>toJavaMap(row.getMap(column)));
  }

  @Override
  public void append(List<Entry> entries) {
    String schema = org.apache.spark.sql.types.StructType.fromDDL(SCHEMA).json();
    ArrayType counts = (ArrayType) TableLog.field(schema, "counts").getDataType();
    List<List<Object>> columns = new ArrayList<>();
    for (Entry entry : entries) {
      List<Object> values = values(entry, (StructType) counts.getElementType());
      for (int i = 0; i < values.size(); i++) {
        if (columns.size() == i) {
          columns.add(new ArrayList<>());
        }
        columns.get(i).add(values.get(i));
      }
    }
    state().append(schema, List.copyOf(columns));
  }

  private static List<Object> values(Entry entry, StructType count) {
    BatchRecord record = entry.record();
    return List.of(
        entry.table(),
        entry.batch(),
        entry.number(),
        record.made().id(),
        record.output(),
        VectorUtils.stringStringMapValue(record.made().facts()),
        VectorUtils.stringStringMapValue(record.made().inputs()),
        record.rows(),
        counts(record, count),
        VectorUtils.stringStringMapValue(record.digests()));
  }

  private static ArrayValue counts(BatchRecord record, StructType count) {
    List<Row> rows = new ArrayList<>();
    for (Counted c : record.counts()) {
      rows.add(
          new GenericRow(count, Map.of(0, c.source(), 1, c.name(), 2, c.label(), 3, c.number())));
    }
    return VectorUtils.buildArrayValue(rows, count);
  }
}
