package org.gristmill.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gristmill.core.Hash;

/**
 * Runs the jobs of a pipeline in their order; the only place that commits.
 *
 * <p>Each job says what every batch of its table is made from. The runner adds the job's settings
 * and the version of the code, compares the fingerprint with the one in the table's last commit,
 * and makes only the batches that differ.
 */
final class Runner {
  /**
   * What happened to one job's table.
   *
   * @param made batches made or removed; 0 means up to date
   * @param batches batches in the table
   */
  record Outcome(String job, String table, int made, int batches, double seconds) {
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

  private final Tables tables;
  private final Progress progress;

  Runner(Tables tables, Progress progress) {
    this.tables = tables;
    this.progress = progress;
  }

  /** Brings every table up to date. */
  List<Outcome> run(List<Job> jobs) {
    List<Outcome> outcomes = new ArrayList<>();
    for (Job job : jobs) {
      progress.begin(job.name(), outcomes.size() + 1, jobs.size());
      Outcome outcome = run(job);
      job.publish(tables);
      progress.end(outcome.text());
      outcomes.add(outcome);
    }
    return outcomes;
  }

  private Outcome run(Job job) {
    long start = System.nanoTime();
    SortedMap<String, String> expected = fingerprints(job, tables);
    SortedMap<String, String> present = tables.state(job.to());
    SortedMap<String, String> changed = new TreeMap<>(expected);
    changed.entrySet().removeIf(e -> e.getValue().equals(present.get(e.getKey())));
    TreeSet<String> touched = new TreeSet<>(present.keySet());
    touched.removeAll(expected.keySet());
    touched.addAll(changed.keySet());
    if (!touched.isEmpty() || !tables.exists(job.to())) {
      tables.commit(
          job,
          changed.isEmpty() ? tables.empty(job.schema()) : job.plan(tables, changed),
          expected,
          touched);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Outcome(job.name(), job.to(), touched.size(), expected.size(), seconds);
  }

  /** Fingerprint of every batch that a job's table should have. */
  static SortedMap<String, String> fingerprints(Job job, Tables tables) {
    SortedMap<String, String> fingerprints = new TreeMap<>();
    job.inputs(tables).forEach((batch, input) -> fingerprints.put(batch, fingerprint(job, input)));
    return fingerprints;
  }

  /** A job's fingerprint of one batch: 32 hex digits over settings, code and what goes in. */
  static String fingerprint(Job job, String input) {
    return input.startsWith(FROZEN)
        ? input.substring(FROZEN.length())
        : Hash.sha256Hex(job.settings() + "\n" + Code.version() + "\n" + input).substring(0, 32);
  }

  /** Marks an input string that is a fingerprint already: the batch stays as it is. */
  static final String FROZEN = "frozen:";
}
