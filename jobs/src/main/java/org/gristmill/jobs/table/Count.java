package org.gristmill.jobs.table;

/**
 * A number in the ledger, counted by source in the rows of a table.
 *
 * @param name its column in the ledger
 * @param where SQL over the table's columns: which rows count
 * @param label SQL for what the number is split by, a reason or a rule; {@code ''} for nothing
 * @param number SQL for what a row counts, a whole number
 */
public record Count(String name, String where, String label, String number) {
  /** Rows of a table that have an id; counted together with {@link #IDS}. */
  public static final String ROWS_WITH_ID = "rows-with-id";

  /** Distinct ids in them. */
  public static final String IDS = "ids";

  /** Counts ids, each once, and the rows that have one: for tables whose ids must be unique. */
  public static final Count EACH_ID_ONCE = new Count(IDS, "id <> ''", "''", "1");

  /** Counts rows. */
  public static Count rows(String name, String where) {
    return new Count(name, where, "''", "1");
  }

  /** Counts rows by a label. */
  public static Count by(String name, String where, String label) {
    return new Count(name, where, label, "1");
  }

  /** Adds up a number. */
  public static Count sum(String name, String where, String number) {
    return new Count(name, where, "''", number);
  }
}
