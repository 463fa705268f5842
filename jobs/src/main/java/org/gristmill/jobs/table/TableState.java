package org.gristmill.jobs.table;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the log of a table says. */
interface TableState {
  /**
   * A data file of the table.
   *
   * @param partition its partition values
   * @param rows number of rows that were not deleted, -1 if the log does not say
   * @param bytes its length
   * @param path where it lies, absolute
   * @param modified when it was written, in milliseconds since 1970
   */
  record DataFile(
      Map<String, String> partition, long rows, long bytes, String path, long modified) {}

  boolean exists();

  /** Names of the columns; none if there is no table. */
  List<String> columns();

  /** Every data file of the table. */
  List<DataFile> files();

  /**
   * The table's columns as Spark writes schemas in JSON, if its files hold just the rows of the
   * table, by the names of its columns, in folders by batch and what it was made from: no deleted
   * rows beside them, no renamed columns.
   */
  Optional<String> plainSchema();
}
