package org.gristmill.jobs.steps;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.LongAccumulator;

/**
 * Which documents of a bucket are compared: in their order, each with those before it.
 *
 * <p>The first {@value #ALL_PAIRS} are compared with all before them. A later one, of number n from
 * 0, is compared with the first of all and with the {@value #ALL_PAIRS}² / n before it, at least
 * one: a bucket of n documents has about 2 n pairs, and what a document is compared with does not
 * depend on those behind it. One pass over sorted rows, which holds {@value #ALL_PAIRS} ids.
 *
 * @param large counts buckets of more than {@value #ALL_PAIRS}
 * @param left counts the pairs in them that are not compared
 */
record Buckets(LongAccumulator large, LongAccumulator left)
    implements MapPartitionsFunction<Row, Row> {
  /** Largest bucket of which all pairs are compared. */
  static final int ALL_PAIRS = 32;

  /** What comes out. */
  static final String PAIRS = "a binary, b binary";

  /** How many documents before it the one of a number is compared with, besides the first. */
  static long reach(long number) {
    return number < ALL_PAIRS ? number : Math.max(1, ALL_PAIRS * ALL_PAIRS / number);
  }

  /**
   * Pairs of ids; b comes, a is before it.
   *
   * @param rows key (long), fresh (1 for what comes), id; those of a key together, in their order
   */
  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new Pass(rows);
  }

  private final class Pass implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final ArrayDeque<Row> pairs = new ArrayDeque<>();
    private final byte[][] last = new byte[ALL_PAIRS][];
    private byte[] first;
    private long key;
    private long number = -1;

    Pass(Iterator<Row> rows) {
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      while (pairs.isEmpty() && rows.hasNext()) {
        take(rows.next());
      }
      return !pairs.isEmpty();
    }

    private void take(Row row) {
      long its = row.getLong(0);
      byte[] id = row.getAs(2);
      if (number < 0 || its != key) {
        key = its;
        number = 0;
        first = id;
      } else {
        number++;
        if (number == ALL_PAIRS) {
          large.add(1);
        }
        if (row.getInt(1) == 1) {
          compare(id);
        }
      }
      last[(int) (number % ALL_PAIRS)] = id;
    }

    private void compare(byte[] id) {
      long reach = reach(number);
      for (long before = number - 1; before >= number - reach; before--) {
        pairs.add(RowFactory.create(last[(int) (before % ALL_PAIRS)], id));
      }
      if (reach < number) {
        pairs.add(RowFactory.create(first, id));
        left.add(number - reach - 1);
      }
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return pairs.remove();
    }
  }
}
