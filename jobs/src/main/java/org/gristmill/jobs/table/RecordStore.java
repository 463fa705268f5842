package org.gristmill.jobs.table;

import java.util.List;
import java.util.function.Consumer;

/** The table {@code batches} as it lies there: rows are read, and added, never changed. */
interface RecordStore {
  /** Name of the table. */
  String TABLE = "batches";

  /** Its columns, as Spark DDL with a comment each. */
  String SCHEMA =
      "`table` string COMMENT 'table that the batch is in',"
          + " batch string COMMENT 'its name',"
          + " number long COMMENT 'grows from row to row: of several rows for one batch the last"
          + " counts',"
          + " made string COMMENT 'hash of all it was made from, equal to the column made there;"
          + " empty if the batch is gone',"
          + " output string COMMENT 'hash of what it says to the tables made from it',"
          + " facts map<string,string> COMMENT 'settings and versions it was made with',"
          + " inputs map<string,string> COMMENT 'what it was made from',"
          + " `rows` long COMMENT 'rows of the batch',"
          + " counts array<struct<source:string,name:string,label:string,number:long>>"
          + " COMMENT 'what the ledger adds up',"
          + " digests map<string,string> COMMENT 'what later runs need to know of its rows'";

  /**
   * A row.
   *
   * @param table that the batch is in
   * @param batch its name
   * @param number of several rows for one batch the one with the highest counts
   * @param record with an empty id if the batch is gone
   */
  record Entry(String table, String batch, long number, BatchRecord record) {}

  /** What the table's log says. */
  TableState state();

  /** Hands over every row, in any order. */
  void read(Consumer<Entry> out);

  /** Adds rows in one commit. */
  void append(List<Entry> entries);

  /** By Delta Kernel where it runs, else by Spark. */
  static RecordStore of(Tables tables) {
    return TableLog.usable() ? new KernelRecords(tables) : new SparkRecords(tables);
  }
}
