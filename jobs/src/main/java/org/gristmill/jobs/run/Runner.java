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
import java.util.function.Consumer;
import org.gristmill.jobs.table.BatchRecord;
import org.gristmill.jobs.table.Grain;
import org.gristmill.jobs.table.Job;
import org.gristmill.jobs.table.Made;
import org.gristmill.jobs.table.Tables;

/**
 * Runs the jobs of a pipeline in their order; the only place that commits.
 *
 * <p>Each job says what every batch of its table is to be made from. The runner compares that with
 * what lies in the table, and makes only the batches that differ.
 */
public final class Runner {
  /**
   * What happened to one job's table, or would happen.
   *
   * @param made batches made or removed; 0 means up to date
   * @param batches batches the table has afterwards
   * @param rows rows in the batches that are replaced, before
   */
  public record Outcome(
      String job, String table, int made, int batches, long rows, double seconds) {
    String text() {
      return made == 0
          ? String.format(Locale.ROOT, "%-9s up to date (%s)", job, table)
          : String.format(
              Locale.ROOT,
              "%-9s %s: %d of %d batches made, %.1f s",
              job,
              table,
              made,
              batches,
              seconds);
    }
  }

  /** Up to so much input, generating and compiling code takes longer than it saves. */
  private static final long FEW_BYTES = 32L << 20;

  private final Tables tables;
  private final long commitBytes;
  private final Progress progress;
  private final Consumer<String> talk;

  /**
   * @param commitBytes about so much input goes into one commit, where batches know nothing of each
   *     other
   * @param talk takes a line for a person
   */
  public Runner(Tables tables, long commitBytes, Progress progress, Consumer<String> talk) {
    this.tables = tables;
    this.commitBytes = commitBytes;
    this.progress = progress;
    this.talk = talk;
  }

  /** Brings every table up to date. */
  public List<Outcome> run(List<Job> jobs) {
    List<Outcome> outcomes = new ArrayList<>();
    tables.jobs(jobs);
    for (Job job : jobs) {
      progress.begin(job.name(), outcomes.size() + 1, jobs.size());
      long start = System.nanoTime();
      Changes changes = new Changes(tables, job);
      changes.reasons().forEach(progress::line);
      make(job, changes);
      Outcome outcome = changes.outcome((System.nanoTime() - start) / 1e9);
      progress.end(outcome.text());
      outcomes.add(outcome);
    }
    return outcomes;
  }

  /** Says what {@link #run} would do; writes nothing. */
  public List<Outcome> plan(List<Job> jobs) {
    List<Outcome> outcomes = new ArrayList<>();
    Estimate estimate = new Estimate(tables);
    tables.jobs(jobs);
    for (Job job : jobs) {
      Changes changes = new Changes(tables, job);
      Outcome outcome = changes.outcome(0);
      String head = String.format(Locale.ROOT, "[%d/%d] ", outcomes.size() + 1, jobs.size());
      String what = plan(job, changes, outcome, estimate);
      talk.accept(head + (outcome.made() == 0 ? outcome.text() : what));
      changes.reasons().forEach(talk);
      tables.pretend(job.to(), changes.outputs());
      outcomes.add(outcome);
    }
    return outcomes;
  }

  private static String plan(Job job, Changes changes, Outcome outcome, Estimate estimate) {
    Estimate.Size read = estimate.read(job, changes.replaced().keySet());
    Estimate.Size written = estimate.written(job, changes.replaced().keySet(), changes.stay());
    double shuffled = job.shuffled(read.rows(), read.bytes());
    return String.format(
        Locale.ROOT,
        "%-9s %s: %d of %d batches to make; reads %s, writes about %s, shuffles %s%s",
        job.name(),
        job.to(),
        outcome.made(),
        outcome.batches(),
        read.text(),
        written.text(),
        shuffled == 0 ? "nothing" : "about " + Estimate.bytes(shuffled),
        outcome.rows() == 0
            ? ""
            : String.format(Locale.ROOT, "; %,d rows there are replaced", outcome.rows()));
  }

  private void make(Job job, Changes changes) {
    if (!changes.uncounted().isEmpty()) { // first, for the new may depend on what is there
      tables.record(job, changes.uncounted(), List.of());
    }
    Set<String> removed = new TreeSet<>(changes.removed());
    if (!changes.replaced().isEmpty() && tables.hasOtherColumns(job)) {
      removed.addAll(changes.replaced().keySet()); // none can wait beside those that are made first
    }
    for (Group group : groups(job, changes.replaced())) {
      Sessions.interpret(tables.spark(), group.bytes() < FEW_BYTES);
      SortedMap<String, Made> batches = group.batches();
      removed.removeAll(batches.keySet());
      tables.commit(job, job.plan(tables, batches.keySet()), batches, removed);
      removed.clear();
    }
    if (!removed.isEmpty() || (changes.first() && changes.replaced().isEmpty())) {
      tables.commit(job, tables.empty(job.schema()), new TreeMap<>(), removed);
    }
  }

  /** Batches that are made in one commit, and how many bytes are read for them. */
  private record Group(SortedMap<String, Made> batches, long bytes) {}

  /** Of a delivery all batches together, else so many as the bound on bytes allows. */
  private List<Group> groups(Job job, SortedMap<String, Made> batches) {
    List<Group> groups = new ArrayList<>();
    SortedMap<String, Made> open = new TreeMap<>();
    long used = 0;
    for (Map.Entry<String, Made> batch : batches.entrySet()) {
      long bytes = job.bytes(tables, batch.getKey());
      boolean full = job.grain() == Grain.BATCH && used + bytes > commitBytes;
      if (full && !open.isEmpty()) {
        groups.add(new Group(open, used));
        open = new TreeMap<>();
        used = 0;
      }
      open.put(batch.getKey(), batch.getValue());
      used += bytes;
    }
    if (!open.isEmpty()) {
      groups.add(new Group(open, used));
    }
    return groups;
  }

  /** How a table differs from what it should be. */
  private static final class Changes {
    private final Job job;
    private final boolean exists;
    private final SortedMap<String, Made> wanted;
    private final SortedMap<String, Tables.Present> present;
    private final SortedMap<String, BatchRecord> records;
    private final SortedMap<String, Made> replaced = new TreeMap<>();
    private final SortedMap<String, Made> uncounted = new TreeMap<>();
    private final TreeSet<String> removed = new TreeSet<>();
    private final Map<String, List<String>> reasons = new TreeMap<>();

    Changes(Tables tables, Job job) {
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
        if (record != null) {
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

    private void because(String reason, String batch) {
      reasons.computeIfAbsent(reason, r -> new ArrayList<>()).add(batch);
    }

    SortedMap<String, Made> replaced() {
      return replaced;
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

    Outcome outcome(double seconds) {
      long rows = 0;
      TreeSet<String> touched = new TreeSet<>(replaced.keySet());
      touched.addAll(removed);
      for (String batch : touched) {
        Tables.Present there = present.get(batch);
        rows += there == null ? 0 : Math.max(0, there.rows());
      }
      return new Outcome(job.name(), job.to(), touched.size(), wanted.size(), rows, seconds);
    }
  }
}
