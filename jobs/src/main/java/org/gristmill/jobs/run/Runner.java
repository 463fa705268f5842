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
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
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
    Estimate.Size read =
        estimate
            .read(job, changes.made().keySet())
            .and(estimate.there(job, changes.decided().keySet()));
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
    for (Group group : groups(job, changes.decided())) {
      commit(job, group, job::decideAgain, removed);
    }
    for (Group group : groups(job, changes.made())) {
      commit(job, group, job::plan, removed);
    }
    if (!removed.isEmpty() || (changes.first() && changes.replaced().isEmpty())) {
      tables.commit(job, tables.empty(job.schema()), new TreeMap<>(), removed);
    }
  }

  /** The first commit takes away what is removed. */
  private void commit(
      Job job,
      Group group,
      BiFunction<Tables, Collection<String>, Dataset<Row>> rows,
      Set<String> removed) {
    Sessions.interpret(tables.spark(), group.bytes() < FEW_BYTES);
    Set<String> batches = group.batches().keySet();
    removed.removeAll(batches);
    tables.commit(job, rows.apply(tables, batches), group.batches(), removed);
    removed.clear();
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
}
