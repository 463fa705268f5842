package org.gristmill.jobs.steps;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.unhex;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.gristmill.core.Hash;
import org.gristmill.core.Text;
import org.gristmill.dedup.spans.Keep;
import org.gristmill.dedup.spans.Meeting;
import org.gristmill.dedup.spans.RepeatedSpans;
import org.gristmill.dedup.spans.Segment;
import org.gristmill.dedup.spans.Span;
import org.gristmill.dedup.spans.Symbols;
import org.gristmill.jobs.table.Tables;

/**
 * {@link RepeatedSpans} on the cluster: what {@link RepeatedSpans#find} finds.
 *
 * <ol>
 *   <li>The keys of all segments of the delivery are counted, 8 bytes each; those that stand once,
 *       and in no text of the corpus, are done with. Of the corpus the column of keys is read.
 *   <li>The texts of the delivery, and those of the corpus that have such a key, are cut again; of
 *       their segments those with such a key are brought together.
 *   <li>Where a key has up to {@value #FEW} segments, a {@link Meeting} decides. Where it has more,
 *       a segment that is equal to one of an earlier document as a whole goes at once, and the
 *       windows of the others meet as units of their own (see {@link Repeats}), so that no task
 *       holds more than it passes over.
 * </ol>
 *
 * @param tables as this run sees them
 * @param job whose settings hold
 * @param few most segments of a key that are decided in memory
 */
record SpanSearch(Tables tables, SpansJob job, int few) {
  private static final int FEW = 4096;

  SpanSearch(Tables tables, SpansJob job) {
    this(tables, job, FEW);
  }

  /** See {@link CleaningJob#found}. */
  Dataset<Row> found(Dataset<Row> fresh, Collection<String> old) {
    RepeatedSpans what = job.what();
    FlatMapFunction<Row, Long> keys =
        row -> what.segments(symbols(row)).stream().map(Segment::key).iterator();
    Dataset<Row> counted =
        fresh
            .select("text")
            .flatMap(keys, Encoders.LONG())
            .toDF("key")
            .groupBy("key")
            .agg(count(lit(1)).as("n"));
    Dataset<Row> earlier = tables.empty("batch string, id binary, key long");
    if (!old.isEmpty()) {
      earlier = tables.materialized("span-earlier", earlier(counted.select("key"), old));
    }
    Dataset<Row> wanted =
        tables.materialized(
            "span-keys",
            counted
                .select("key", "n")
                .union(earlier.groupBy("key").agg(count(lit(1)).as("n")))
                .groupBy("key")
                .agg(sum("n").as("n"))
                .where("n > 1"));
    DataType rank = fresh.schema().apply("rank").dataType();
    Dataset<Row> segments = segments(fresh, rank);
    TreeSet<String> batches = new TreeSet<>();
    earlier
        .select("batch")
        .distinct()
        .collectAsList()
        .forEach(row -> batches.add(row.getString(0)));
    if (!batches.isEmpty()) {
      Dataset<Row> texts =
          job.keep() == Keep.NONE ? job.decided(tables, batches) : job.left(tables, batches);
      segments =
          segments.union(
              segments(
                  texts.join(
                      earlier.select("id").distinct(), ClusterJob.columns("id"), "left_semi"),
                  rank));
    }
    Dataset<Row> meeting = segments.join(wanted, "key");
    Dataset<Row> found = few(meeting.where(col("n").leq(few)));
    return wanted.where(col("n").gt(few)).isEmpty()
        ? found
        : found.union(many(meeting.where(col("n").gt(few)), rank));
  }

  private static Symbols symbols(Row row) {
    return Symbols.of(Text.of(row.<String>getAs("text")));
  }

  /** The decided texts that have some keys. */
  private Dataset<Row> earlier(Dataset<Row> wanted, Collection<String> old) {
    UDF1<byte[], long[]> apart =
        keys -> {
          long[] each = new long[keys.length / Long.BYTES];
          ByteBuffer.wrap(keys).asLongBuffer().get(each);
          return each;
        };
    return tables
        .read(job.to(), old)
        .select(
            col("batch"),
            unhex(col("id")).as("id"),
            explode(udf(apart, DataTypes.createArrayType(DataTypes.LongType)).apply(col("keys")))
                .as("key"))
        .join(wanted, ClusterJob.columns("key"), "left_semi")
        .select("batch", "id", "key");
  }

  /** Columns key, rank, id, start and bytes of every segment. */
  private Dataset<Row> segments(Dataset<Row> texts, DataType rank) {
    RepeatedSpans what = job.what();
    StructType schema =
        new StructType()
            .add("key", DataTypes.LongType)
            .add("rank", rank)
            .add("id", DataTypes.BinaryType)
            .add("start", DataTypes.IntegerType)
            .add("bytes", DataTypes.BinaryType);
    FlatMapFunction<Row, Row> cut =
        row -> {
          Text text = Text.of(row.<String>getAs("text"));
          List<Row> segments = new ArrayList<>();
          for (Span piece : pieces(row, text)) {
            for (Segment segment : what.segments(Symbols.of(text).of(piece))) {
              int from = piece.from() + segment.span().from();
              int to = piece.from() + segment.span().to();
              segments.add(
                  RowFactory.create(
                      segment.key(),
                      row.getAs("rank"),
                      row.getAs("id"),
                      from,
                      Arrays.copyOfRange(text.bytes(), from, to)));
            }
          }
          return segments.iterator();
        };
    return texts.flatMap(cut, Encoders.row(schema));
  }

  /** The stretches of a text that stood together before something between them was taken out. */
  private static List<Span> pieces(Row row, Text text) {
    if (text.length() == 0) {
      return List.of();
    }
    List<Span> pieces = new ArrayList<>();
    int from = 0;
    if (List.of(row.schema().fieldNames()).contains("spans")) {
      int gone = 0;
      for (Row span : row.<Row>getList(row.fieldIndex("spans"))) {
        int joint = span.getInt(0) - gone;
        gone += span.getInt(1) - span.getInt(0);
        if (joint > from) {
          pieces.add(new Span(from, joint));
          from = joint;
        }
      }
    }
    if (from < text.length()) {
      pieces.add(new Span(from, text.length()));
    }
    return pieces;
  }

  private Dataset<Row> few(Dataset<Row> segments) {
    RepeatedSpans what = job.what();
    Keep keep = job.keep();
    MapPartitionsFunction<Row, Row> meet =
        rows -> new Grouped(rows, group -> meet(what.meeting(keep), group));
    return segments
        .select("key", "rank.fresh", "id", "start", "bytes", "rank")
        .repartition(col("key"))
        .sortWithinPartitions("key", "rank", "start")
        .mapPartitions(meet, Encoders.row(StructType.fromDDL(Repeats.FOUND)));
  }

  /** The segments of one key, in the order of documents. */
  private static List<Row> meet(Meeting meeting, List<Row> segments) {
    List<Row> documents = new ArrayList<>();
    for (Row segment : segments) {
      Row last = documents.isEmpty() ? null : documents.get(documents.size() - 1);
      if (last == null || !Arrays.equals(last.<byte[]>getAs(2), segment.<byte[]>getAs(2))) {
        documents.add(segment);
      }
      meeting.add(documents.size() - 1, segment.getInt(3), Symbols.of(segment.<byte[]>getAs(4)));
    }
    List<Row> found = new ArrayList<>();
    for (Meeting.Found of : meeting.found()) {
      Row document = documents.get((int) of.document());
      if (document.getInt(1) == 1) {
        found.add(RowFactory.create(document.getAs(2), of.span().from(), of.span().to()));
      }
    }
    return found;
  }

  private Dataset<Row> many(Dataset<Row> segments, DataType rank) {
    Keep keep = job.keep();
    StructType schema =
        new StructType()
            .add("whole", DataTypes.BooleanType)
            .add("rank", rank)
            .add("id", DataTypes.BinaryType)
            .add("start", DataTypes.IntegerType)
            .add("bytes", DataTypes.BinaryType);
    UDF1<byte[], byte[]> digest = SpanSearch::digest;
    MapPartitionsFunction<Row, Row> collapse = rows -> new Collapsing(rows, keep);
    Dataset<Row> collapsed =
        tables.materialized(
            "span-many",
            segments
                .withColumn("content", udf(digest, DataTypes.BinaryType).apply(col("bytes")))
                .select("content", "rank", "id", "start", "bytes")
                .repartition(col("content"))
                .sortWithinPartitions("content", "rank", "start")
                .mapPartitions(collapse, Encoders.row(schema)));
    Dataset<Row> whole =
        collapsed
            .where("whole AND rank.fresh = 1")
            .selectExpr("id", "start", "start + length(bytes) AS end");
    int length = job.what().length();
    FlatMapFunction<Row, Row> windows = row -> windows(row, length).iterator();
    return whole.union(
        Repeats.of(
            collapsed.where("NOT whole").flatMap(windows, Encoders.row(Repeats.pieces(rank))),
            keep));
  }

  private static byte[] digest(byte[] bytes) {
    return Arrays.copyOf(Hash.sha256().digest(bytes), 16);
  }

  private static List<Row> windows(Row segment, int length) {
    byte[] bytes = segment.getAs("bytes");
    int start = segment.<Integer>getAs("start");
    MessageDigest sha256 = Hash.sha256();
    List<Row> windows = new ArrayList<>();
    for (int i = 0; i + length <= bytes.length; i++) {
      sha256.update(bytes, i, length);
      windows.add(
          RowFactory.create(
              Arrays.copyOf(sha256.digest(), 16),
              segment.getAs("rank"),
              segment.getAs("id"),
              start + i,
              start + i + length,
              start + i + length));
    }
    return windows;
  }

  /** What is done with the rows of one key. */
  private interface Work {
    List<Row> on(List<Row> group);
  }

  /** Passes over rows sorted by their first column, a group at a time. */
  private static final class Grouped implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final Work work;
    private Row next;
    private Iterator<Row> out = List.<Row>of().iterator();

    Grouped(Iterator<Row> rows, Work work) {
      this.rows = rows;
      this.work = work;
      this.next = rows.hasNext() ? rows.next() : null;
    }

    @Override
    public boolean hasNext() {
      while (!out.hasNext() && next != null) {
        long key = next.getLong(0);
        List<Row> group = new ArrayList<>();
        while (next != null && next.getLong(0) == key) {
          group.add(next);
          next = rows.hasNext() ? rows.next() : null;
        }
        out = work.on(group).iterator();
      }
      return out.hasNext();
    }

    @Override
    public Row next() {
      return out.next();
    }
  }

  /**
   * Passes over segments sorted by content, then by document and place. Segments of later documents
   * that are equal to the first as a whole are repeated as a whole; the first, and what else is in
   * its document, stands for them. Where none is to stay, one of a second document goes on too, so
   * that the first meets it.
   */
  private static final class Collapsing implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final Keep keep;
    private byte[] content;
    private byte[] first;
    private boolean second;

    Collapsing(Iterator<Row> rows, Keep keep) {
      this.rows = rows;
      this.keep = keep;
    }

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public Row next() {
      Row row = rows.next();
      byte[] its = row.getAs(0);
      byte[] id = row.getAs(2);
      if (content == null || !Arrays.equals(content, its)) {
        content = its;
        first = id;
        second = false;
      }
      boolean whole = !Arrays.equals(first, id);
      if (whole && keep == Keep.NONE && !second) {
        second = true;
        whole = false;
      }
      return RowFactory.create(whole, row.getAs(1), id, row.getAs(3), row.getAs(4));
    }
  }
}
