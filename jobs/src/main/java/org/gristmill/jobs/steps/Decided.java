package org.gristmill.jobs.steps;

import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeSet;
import org.gristmill.jobs.table.Job;
import org.gristmill.jobs.table.Made;
import org.gristmill.jobs.table.Tables;

/** What was decided when it came, and stays. */
final class Decided {
  private Decided() {}

  /**
   * Says so when documents are gone against which others were decided.
   *
   * @param made what the batches of the job's table are to be made from
   * @param consequence what that means for the others
   */
  static void note(Tables tables, Job job, SortedMap<String, Made> made, String consequence) {
    TreeSet<String> stay = new TreeSet<>();
    TreeSet<String> gone = new TreeSet<>();
    tables
        .records(job.to())
        .forEach(
            (batch, record) -> {
              Made now = made.get(batch);
              boolean same = now != null && now.id().equals(record.made().id());
              (same ? stay : gone).add(batch);
            });
    if (!stay.isEmpty() && !gone.isEmpty() && !tables.regenerating()) {
      tables.note(
          "table "
              + job.to()
              + ": documents of "
              + String.join(", ", gone)
              + " changed or left; "
              + consequence
              + " until run --regenerate decides anew");
    }
  }

  /** The batches of a job's table that were decided before these and stay as they are. */
  static TreeSet<String> before(Tables tables, Job job, String from, Collection<String> batches) {
    TreeSet<String> decided = new TreeSet<>(tables.records(job.to()).keySet());
    decided.retainAll(tables.outputs(from).keySet());
    decided.removeAll(batches);
    return decided;
  }
}
