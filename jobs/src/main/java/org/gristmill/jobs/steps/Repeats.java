package org.gristmill.jobs.steps;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.gristmill.dedup.lines.Duplicates;
import org.gristmill.dedup.spans.Keep;

/**
 * Of equal pieces of texts those that go: what {@link Duplicates} does, on the cluster. Pieces meet
 * by their key, sorted; a task passes over them and holds few, however many have one key.
 */
final class Repeats {
  static final String FOUND = "id binary, start int, end int";

  private Repeats() {}

  /**
   * Columns of pieces: see {@link #of}.
   *
   * @param rank type of a document's rank
   */
  static StructType pieces(DataType rank) {
    return new StructType()
        .add("key", DataTypes.BinaryType)
        .add("rank", rank)
        .add("id", DataTypes.BinaryType)
        .add("start", DataTypes.IntegerType)
        .add("end", DataTypes.IntegerType)
        .add("next", DataTypes.IntegerType);
  }

  /**
   * The pieces that go.
   *
   * @param pieces columns key (bytes), rank (of the document; rank.fresh is 0 if it was decided
   *     before), id (of the document), start and end of the piece, and next, where that ends which
   *     goes with it
   * @param keep which of equal ones stay
   * @return columns id, start and end of those that go, of fresh documents
   */
  static Dataset<Row> of(Dataset<Row> pieces, Keep keep) {
    MapPartitionsFunction<Row, Row> decide = rows -> new Deciding(rows, keep);
    return pieces
        .select(
            col("key"),
            col("rank.fresh").as("fresh"),
            col("id"),
            col("start"),
            col("end"),
            col("next"),
            col("rank"))
        .repartition(col("key"))
        .sortWithinPartitions("key", "rank", "start")
        .mapPartitions(decide, Encoders.row(StructType.fromDDL(FOUND)));
  }

  /** A piece, as its row has it. */
  private record Piece(boolean fresh, byte[] id, int start, int end, int next) {
    static Piece of(Row row) {
      return new Piece(
          row.getInt(1) == 1, row.getAs(2), row.getInt(3), row.getInt(4), row.getInt(5));
    }

    boolean apart(Piece other) {
      return !Arrays.equals(id, other.id) || start >= other.end || other.start >= end;
    }

    Row row() {
      return RowFactory.create(id, start, next);
    }
  }

  /** Passes over sorted pieces. */
  private static final class Deciding implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final Keep keep;
    private final ArrayDeque<Row> out = new ArrayDeque<>();
    private final List<Piece> near = new ArrayList<>(); // those that share something with the first
    private byte[] key;
    private Piece first;
    private Piece last;

    Deciding(Iterator<Row> rows, Keep keep) {
      this.rows = rows;
      this.keep = keep;
    }

    @Override
    public boolean hasNext() {
      while (out.isEmpty() && rows.hasNext()) {
        take(rows.next());
      }
      if (out.isEmpty() && !rows.hasNext()) {
        finish();
      }
      return !out.isEmpty();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return out.pop();
    }

    private void take(Row row) {
      byte[] its = row.getAs(0);
      Piece piece = Piece.of(row);
      if (key == null || !Arrays.equals(key, its)) {
        finish();
        key = its;
        first = piece;
      }
      last = piece;
      if (piece.apart(first)) {
        go(piece);
      } else if (keep == Keep.NONE) {
        near.add(piece);
      }
    }

    /** Where none stays, the first and those that overlap it wait for the last. */
    private void finish() {
      for (Piece piece : near) {
        if (piece.apart(last)) {
          go(piece);
        }
      }
      near.clear();
    }

    private void go(Piece piece) {
      if (piece.fresh) {
        out.add(piece.row());
      }
    }
  }
}
