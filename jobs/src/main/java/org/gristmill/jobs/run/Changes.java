package org.gristmill.jobs.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gristmill.jobs.table.BatchRecord;
import org.gristmill.jobs.table.Job;
import org.gristmill.jobs.table.Made;
import org.gristmill.jobs.table.Tables;

/** How a table differs from what it should be. */
final class Changes {
  private final Tables tables;
  private final Job job;
  private final boolean exists;
  private final SortedMap<String, Made> wanted;
  private final SortedMap<String, Tables.Present> present;
  private final SortedMap<String, BatchRecord> records;
  private final SortedMap<String, Made> replaced = new TreeMap<>();
  private final TreeSet<String> decided = new TreeSet<>();
  private final SortedMap<String, Made> uncounted = new TreeMap<>();
  private final TreeSet<String> removed = new TreeSet<>();
  private final Map<String, List<String>> reasons = new TreeMap<>();

  Changes(Tables tables, Job job) {
    this.tables = tables;
    this.job = job;
    exists = tables.exists(job.to());
    present = tables.present(job.to());
    records = new TreeMap<>(tables.records(job.to()));
    wanted = job.made(tables);
    wanted.forEach(this::compare);
    removed.addAll(present.keySet());
    removed.addAll(records.keySet());
    removed.removeAll(wanted.keySet());
    removed.forEach(batch -> because("not wanted any more", batch));
    if (job.anew(tables)) {
      wanted.forEach(
          (batch, made) -> {
            if (replaced.put(batch, made) == null) {
              because("decided anew", batch);
            }
          });
      decided.clear();
      uncounted.clear();
    }
  }

  private void compare(String batch, Made made) {
    Tables.Present there = present.get(batch);
    BatchRecord record = records.get(batch);
    boolean recorded = record != null && record.made().id().equals(made.id());
    if (there == null && recorded && record.rows() == 0 && exists) {
      return; // a batch without rows has no files
    }
    if (there == null || !there.made().equals(made.id())) {
      replaced.put(batch, made);
      if (record != null && decidesAgain(there, record, made)) {
        decided.add(batch);
        because(made.why(record.made()) + ", decided again from their numbers", batch);
      } else if (record != null) {
        because(recorded ? "is not what was recorded" : made.why(record.made()), batch);
      }
    } else if (!recorded) {
      uncounted.put(batch, made);
    } else if (there.rows() >= 0 && there.rows() != record.rows()) {
      replaced.put(batch, made);
      because(
          String.format(
              Locale.ROOT, "has %d rows where %d were recorded", there.rows(), record.rows()),
          batch);
    }
  }

  /** Only from rows that are those that were recorded, in columns that the job still has. */
  private boolean decidesAgain(Tables.Present there, BatchRecord record, Made made) {
    return there != null
        && there.made().equals(record.made().id())
        && there.rows() == record.rows()
        && !tables.regenerating()
        && job.decidesAgain(record.made(), made)
        && !tables.hasOtherColumns(job);
  }

  private void because(String reason, String batch) {
    reasons.computeIfAbsent(reason, r -> new ArrayList<>()).add(batch);
  }

  SortedMap<String, Made> replaced() {
    return replaced;
  }

  /** Those of the replaced that are decided again from the rows that are there. */
  SortedMap<String, Made> decided() {
    SortedMap<String, Made> batches = new TreeMap<>(replaced);
    batches.keySet().retainAll(decided);
    return batches;
  }

  /** The others of the replaced. */
  SortedMap<String, Made> made() {
    SortedMap<String, Made> batches = new TreeMap<>(replaced);
    batches.keySet().removeAll(decided);
    return batches;
  }

  SortedMap<String, Made> uncounted() {
    return uncounted;
  }

  Set<String> stay() {
    Set<String> stay = new TreeSet<>(wanted.keySet());
    stay.removeAll(replaced.keySet());
    return stay;
  }

  Collection<String> removed() {
    return removed;
  }

  boolean first() {
    return !exists;
  }

  /** A line for each reason: {@code judged: 5 of 5 batches, length.minChars 50 -> 40}. */
  List<String> reasons() {
    List<String> lines = new ArrayList<>();
    reasons.forEach(
        (reason, batches) ->
            lines.add(
                "      "
                    + job.to()
                    + ": "
                    + (batches.size() == 1
                        ? batches.get(0)
                        : batches.size() + " of " + wanted.size() + " batches")
                    + ", "
                    + reason));
    return lines.size() <= 5
        ? lines
        : List.of(
            "      "
                + job.to()
                + ": "
                + (replaced.size() + removed.size())
                + " batches, for one "
                + lines.get(0).strip());
  }

  /** What the table's batches would say once it is made; of those to be made, something new. */
  SortedMap<String, String> outputs() {
    SortedMap<String, String> outputs = new TreeMap<>();
    wanted.forEach(
        (batch, made) ->
            outputs.put(
                batch,
                replaced.containsKey(batch) || !records.containsKey(batch)
                    ? Tables.PENDING + made.id()
                    : records.get(batch).output()));
    return outputs;
  }

  Runner.Outcome outcome(double seconds) {
    long rows = 0;
    TreeSet<String> touched = new TreeSet<>(replaced.keySet());
    touched.addAll(removed);
    for (String batch : touched) {
      Tables.Present there = present.get(batch);
      rows += there == null ? 0 : Math.max(0, there.rows());
    }
    return new Runner.Outcome(job.name(), job.to(), touched.size(), wanted.size(), rows, seconds);
  }
}
