package org.gristmill.jobs.steps;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unhex;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.gristmill.core.Text;
import org.gristmill.dedup.spans.Span;
import org.gristmill.dedup.spans.Spans;
import org.gristmill.jobs.table.Count;
import org.gristmill.jobs.table.Even;
import org.gristmill.jobs.table.Grain;
import org.gristmill.jobs.table.Job;
import org.gristmill.jobs.table.Made;
import org.gristmill.jobs.table.Rows;
import org.gristmill.jobs.table.Tables;

/**
 * A job that takes pieces out of texts because they stand elsewhere in the corpus too. Its table is
 * like {@code judged}, has the documents that stayed so far, and may be read in its place.
 *
 * <p>A delivery is decided once, against itself and against what is in the corpus: what was decided
 * before stays as it is, whatever comes. Within a delivery the order of documents is that of {@link
 * ClusterJob}: position of the source in {@code prefer}, length (longest first), id. Texts are
 * compared as they came into this job, before pieces were taken out.
 *
 * <p>What a table remembers of its texts, the column {@code keys}, is read for every delivery; no
 * more than that is unless something is found.
 */
public sealed interface CleaningJob extends Job permits LinesJob, SpansJob {
  /** The table of judged documents. */
  String from();

  /** The table with their texts. */
  String documents();

  /** The table of clusters, unless {@link #keepDuplicates}. */
  String clusters();

  /** Whether duplicates are cleaned and kept too. */
  boolean keepDuplicates();

  /** Sources from the most to the least wanted. */
  List<String> prefer();

  /** Characters that must be left of a text out of which something was taken. */
  int minLeft();

  /**
   * The pieces that go: columns id (bytes), start and end, in bytes of the text.
   *
   * @param fresh documents to decide: columns rank, id (bytes), text
   * @param old batches that were decided before
   */
  Dataset<Row> found(Tables tables, Dataset<Row> fresh, Collection<String> old);

  /**
   * What the table must remember of a text so that later ones can be compared with it. Where the
   * first of equal pieces stays, that is what stands in the corpus after this; where none does, all
   * that came.
   *
   * @param found the pieces of it that were found
   * @param kept whether what is left of it stays
   */
  byte[] keys(Text text, List<Span> found, boolean kept);

  /** The spans of a text that go, of those that were found. */
  default List<Span> cut(Text text, List<Span> found) {
    return Spans.union(found);
  }

  @Override
  default List<String> reads() {
    return keepDuplicates()
        ? List.of(from(), documents())
        : List.of(from(), documents(), clusters());
  }

  @Override
  default Grain grain() {
    return Grain.DELIVERY;
  }

  @Override
  default String schema() {
    return FilterJob.SCHEMA
        + ", removed long COMMENT 'bytes taken out of the text'"
        + ", spans array<struct<start: int, end: int>> COMMENT 'where they were, in bytes of the"
        + " text as it came into this step'"
        + ", keys binary COMMENT 'what later texts are compared with'";
  }

  @Override
  default SortedMap<String, String> facts() {
    SortedMap<String, String> facts = Job.super.facts();
    facts.remove("clusters");
    facts.remove("documents");
    return facts;
  }

  @Override
  default SortedMap<String, Made> made(Tables tables) {
    SortedMap<String, Made> made = new TreeMap<>();
    tables
        .outputs(from())
        .forEach(
            (batch, output) -> {
              SortedMap<String, String> inputs = new TreeMap<>();
              inputs.put(from() + "/" + batch, output);
              if (!keepDuplicates()) {
                inputs.put("duplicates in " + batch, ClusterJob.digest(tables, clusters(), batch));
              }
              made.put(batch, Made.of(facts(), inputs));
            });
    Decided.note(tables, this, made, "what was taken out elsewhere as a copy of theirs stays out");
    return made;
  }

  @Override
  default boolean anew(Tables tables) {
    return tables.regenerating();
  }

  @Override
  default List<Count> counts() {
    return List.of(
        Count.sum("removed-bytes", "true", "removed"),
        Count.by("dropped", "NOT kept", "rule"),
        Count.rows("kept", "kept"),
        Count.EACH_ID_ONCE);
  }

  @Override
  default List<Even> sums() {
    return List.of(
        new Even(
            "kept - duplicates, and kept + dropped in " + to(),
            keepDuplicates()
                ? List.of(from() + ".kept")
                : List.of(from() + ".kept", "-" + clusters() + ".duplicates"),
            List.of(to() + ".kept", to() + ".dropped")));
  }

  /** Every piece of a text that is compared, once: about as much as the text. */
  @Override
  default double shuffled(double rows, double bytes) {
    return 2 * bytes;
  }

  @Override
  default Optional<Dataset<Row>> digests(Dataset<Row> rows) {
    return Optional.of(
        rows.groupBy("batch")
            .agg(expr(Digest.of("id, kept, text, spans")).as("digest"))
            .selectExpr("batch", "'texts' AS name", "digest"));
  }

  /** The texts of a batch depend on others too, so what they are is part of what it says. */
  @Override
  default String output(String batch, Made made, SortedMap<String, String> digests) {
    return made.id() + " " + digests.getOrDefault("texts", "none");
  }

  @Override
  default Dataset<Row> plan(Tables tables, Collection<String> batches) {
    Dataset<Row> fresh = texts(tables, batches);
    Dataset<Row> ranked = fresh.select(rank(1, prefer()), unhex(col("id")).as("id"), col("text"));
    TreeSet<String> old = Decided.before(tables, this, from(), batches);
    Dataset<Row> cuts =
        found(tables, ranked, old)
            .groupBy("id")
            .agg(array_sort(collect_list(struct("start", "end"))).as("found"))
            .select(expr("lower(hex(id))").as("id"), col("found"));
    CleaningJob job = this;
    MapFunction<Row, Row> clean = row -> clean(job, row);
    return fresh
        .join(cuts, Rows.seq(List.of("id")), "left")
        .map(clean, Encoders.row(StructType.fromDDL(schema())));
  }

  /** The documents of some batches that stayed so far, with their texts. */
  private Dataset<Row> texts(Tables tables, Collection<String> batches) {
    Dataset<Row> kept =
        Texts.survivors(tables, from(), keepDuplicates() ? "" : clusters(), batches)
            .select(expr("*"), col("text").isNotNull().as("rewritten"));
    return Texts.of(
        tables,
        kept.select(
            "batch",
            "source",
            "kind",
            "id",
            "file",
            "offset",
            "url",
            "language",
            "rewritten",
            "text"),
        documents(),
        from(),
        batches);
  }

  /** The texts of decided documents as they came: columns rank, id (bytes) and text. */
  default Dataset<Row> decided(Tables tables, Collection<String> batches) {
    return texts(tables, batches).select(rank(0, prefer()), unhex(col("id")).as("id"), col("text"));
  }

  /** What is left of decided documents: the same columns, and the spans that are gone. */
  default Dataset<Row> left(Tables tables, Collection<String> batches) {
    Dataset<Row> rows =
        tables.read(to(), batches).where("kept").select("source", "id", "spans", "text");
    return Texts.of(tables, rows, documents(), to(), batches)
        .select(rank(0, prefer()), unhex(col("id")).as("id"), col("text"), col("spans"));
  }

  private static org.apache.spark.sql.Column rank(int fresh, List<String> prefer) {
    return struct(
            lit(fresh).as("fresh"),
            ClusterJob.preference(prefer).as("preference"),
            octet_length(col("text")).multiply(-1).as("length"),
            unhex(col("id")).as("id"))
        .as("rank");
  }

  private static Row clean(CleaningJob job, Row row) {
    Text text = Text.of(row.<String>getAs("text"));
    List<Span> found = new ArrayList<>();
    if (row.getAs("found") != null) {
      for (Row span : row.<Row>getList(row.fieldIndex("found"))) {
        found.add(new Span(span.getInt(0), span.getInt(1)));
      }
    }
    List<Span> spans = job.cut(text, found);
    Text left = Spans.without(text, spans);
    long characters = left.toString().codePoints().count();
    boolean kept = spans.isEmpty() || characters >= job.minLeft();
    boolean rewritten = row.<Boolean>getAs("rewritten") || !spans.isEmpty();
    return RowFactory.create(
        row.getAs("batch"),
        row.getAs("source"),
        row.getAs("kind"),
        row.getAs("id"),
        row.getAs("file"),
        row.getAs("offset"),
        row.getAs("url"),
        row.getAs("language"),
        rewritten ? left.toString() : null,
        kept,
        kept ? "" : job.name(),
        kept ? 0.0 : (double) characters,
        kept ? 0.0 : (double) job.minLeft(),
        Rows.map(Map.of()),
        (long) text.length() - left.length(),
        Rows.seq(spans.stream().map(s -> RowFactory.create(s.from(), s.to())).toList()),
        job.keys(text, found, kept));
  }
}
