package org.gristmill.jobs.table;

import java.util.List;
import java.util.SortedMap;

/**
 * What is written down of a batch once it is committed: a row of the table {@code batches}.
 *
 * @param made what the batch was made from
 * @param output see {@link Job#output}
 * @param rows rows in the table
 * @param counts by source
 * @param digests see {@link Job#digests}
 */
public record BatchRecord(
    Made made, String output, long rows, List<Counted> counts, SortedMap<String, String> digests) {
  /** One number of the ledger. */
  public record Counted(String source, String name, String label, long number) {}

  public BatchRecord {
    counts = List.copyOf(counts);
  }
}
