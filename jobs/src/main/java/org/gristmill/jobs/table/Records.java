package org.gristmill.jobs.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.gristmill.core.UserError;
import org.gristmill.jobs.table.BatchRecord.Counted;

/**
 * The table {@code batches}: of every batch of every table what it was made from and how much is in
 * it. Everything here is counted from the tables; where it is missing it is counted again.
 */
final class Records {
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
    RecordStore store = RecordStore.of(tables);
    TableState state = store.state();
    if (!state.exists() && tables.jobs().stream().anyMatch(job -> tables.exists(job.to()))) {
      tables.note(
          "table "
              + RecordStore.TABLE
              + " was missing: everything was counted again, and batches without any duplicate were"
              + " decided again");
    }
    if (state.exists() && !state.columns().contains("number")) {
      throw new UserError(
          tables.path(RecordStore.TABLE)
              + " was written by another release; move it away: all that it says is counted again");
    }
    Map<String, Long> last = new HashMap<>();
    Map<String, SortedMap<String, BatchRecord>> all = new HashMap<>();
    store.read(
        entry -> {
          number = Math.max(number, entry.number());
          String name = entry.table() + "/" + entry.batch();
          if (last.merge(name, entry.number(), Math::max) == entry.number()) {
            SortedMap<String, BatchRecord> its =
                all.computeIfAbsent(entry.table(), t -> new TreeMap<>());
            its.remove(entry.batch());
            if (!entry.record().made().id().isEmpty()) {
              its.put(entry.batch(), entry.record());
            }
          }
        });
    return all;
  }

  /** Counts some batches in the committed table and writes that down in one commit. */
  void write(Job job, SortedMap<String, Made> batches, Collection<String> removed) {
    SortedMap<String, List<Counted>> counts = count(job, batches.keySet());
    Map<String, SortedMap<String, String>> digests = digests(job, batches.keySet());
    SortedMap<String, Tables.Present> present = tables.present(job.to());
    SortedMap<String, BatchRecord> records = of(job.to());
    List<RecordStore.Entry> entries = new ArrayList<>();
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
          entries.add(new RecordStore.Entry(job.to(), batch, ++number, record));
        });
    for (String batch : removed) {
      records.remove(batch);
      BatchRecord gone = new BatchRecord(Made.gone(), "", 0, List.of(), new TreeMap<>());
      entries.add(new RecordStore.Entry(job.to(), batch, ++number, gone));
    }
    if (!entries.isEmpty()) {
      RecordStore.of(tables).append(entries);
    }
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

  /** The numbers of the ledger, and for every table with ids how many rows and how many ids. */
  private SortedMap<String, List<Counted>> count(Job job, Collection<String> batches) {
    SortedMap<String, List<Counted>> counts = new TreeMap<>();
    if (batches.isEmpty()) {
      return counts;
    }
    Dataset<Row> rows = tables.read(job.to(), batches);
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
              .groupBy("batch", "source")
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
            col("batch"),
            col("source"),
            expr("explode(array(" + String.join(", ", entries) + "))").as("c"))
        .where("c IS NOT NULL")
        .groupBy("batch", "source", "c.name", "c.label")
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
