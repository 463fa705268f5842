package org.gristmill.jobs;

import java.io.Serializable;
import java.util.SortedMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * One step of a pipeline: describes one table and writes nothing; the {@link Runner} commits.
 *
 * <p>Every implementation is a record whose components are its settings. A table is made of
 * <em>batches</em>; a batch is made anew when its fingerprint changes, and only then.
 */
interface Job extends Serializable {
  /** The name in pipelines. */
  String name();

  /** The table it describes. */
  String to();

  /** Everything about the job that decides its rows, for every batch alike. */
  default String settings() {
    return toString();
  }

  /** The table's columns, as Spark DDL. */
  String schema();

  /**
   * What each batch of the table is made from: batch to a string that differs whenever what goes in
   * differs. Settings and code are added by the runner. A job that looks at everything together has
   * the one batch {@link Tables#ALL}.
   */
  SortedMap<String, String> inputs(Tables tables);

  /**
   * The rows of some batches.
   *
   * @param changed the batches to make, with their new fingerprints
   */
  Dataset<Row> plan(Tables tables, SortedMap<String, String> changed);

  /** Called after the table is committed or found up to date: files beside the tables. */
  default void publish(Tables tables) {}
}
