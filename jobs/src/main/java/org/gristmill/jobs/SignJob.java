package org.gristmill.jobs;

import java.util.SortedMap;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.gristmill.core.Text;
import org.gristmill.dedup.ContentHash;
import org.gristmill.dedup.MinHash;

/**
 * Kept documents to the table {@code signatures}: what deduplication needs to know of each, now and
 * whenever more data comes.
 */
record SignJob(MinHash minhash) implements Job {
  static final SignJob DEFAULTS = new SignJob(MinHash.DEFAULT);

  @Override
  public String name() {
    return "sign";
  }

  @Override
  public String to() {
    return "signatures";
  }

  @Override
  public String schema() {
    return "batch string, source string, id string, contentHash string, signature binary,"
        + " bands array<long>, bytes long";
  }

  @Override
  public SortedMap<String, String> inputs(Tables tables) {
    return tables.state("judged");
  }

  @Override
  public Dataset<Row> plan(Tables tables, SortedMap<String, String> changed) {
    MinHash settings = minhash;
    MapFunction<Row, Row> sign = row -> sign(settings, row);
    return tables
        .read("judged", changed.keySet())
        .where("kept")
        .select("batch", "source", "id", "text")
        .map(sign, Encoders.row(StructType.fromDDL(schema())));
  }

  private static Row sign(MinHash minhash, Row row) {
    Text text = Text.of(row.getString(3));
    int[] signature = minhash.sign(text);
    long[] bands = signature.length == 0 ? new long[0] : minhash.bandHashes(signature);
    return RowFactory.create(
        row.getString(0),
        row.getString(1),
        row.getString(2),
        ContentHash.of(text),
        Rows.bytes(signature),
        new scala.collection.mutable.ArraySeq.ofLong(bands),
        (long) text.length());
  }
}
