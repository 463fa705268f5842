package org.gristmill.jobs.table;

import java.util.List;
import java.util.Map;

/** What the log of a table says. */
interface TableState {
  /**
   * A data file of the table.
   *
   * @param partition its partition values
   * @param rows number of rows that were not deleted, -1 if the log does not say
   * @param bytes its length
   */
  record DataFile(Map<String, String> partition, long rows, long bytes) {}

  boolean exists();

  /** Names of the columns; none if there is no table. */
  List<String> columns();

  /** Every data file of the table. */
  List<DataFile> files();
}
