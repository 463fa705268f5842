package org.gristmill.jobs.steps;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.gristmill.core.Text;
import org.gristmill.core.UserError;
import org.gristmill.dedup.contamination.Fingerprint;
import org.gristmill.dedup.contamination.FingerprintQuery;
import org.gristmill.dedup.contamination.GramSize;
import org.gristmill.dedup.contamination.Match;
import org.gristmill.jobs.table.Job;
import org.gristmill.jobs.table.Rows;
import org.gristmill.jobs.table.Tables;

/**
 * Which documents of a corpus hold text of benchmarks that nobody knew when it was made.
 *
 * <p>Where the step that signs keeps fingerprints, those are asked, about a byte a word, and only
 * the texts of the documents found are read (and of those without a fingerprint); elsewhere all
 * texts are. Both find every document that shares thirteen words in a row with a benchmark; a field
 * of fewer words is found for certain in the texts alone, see {@link #uncertain}. The texts decide.
 *
 * @param tables as they are
 * @param filter that judged the documents
 * @param sign that keeps fingerprints of them, if one does
 * @param cluster that says which documents are duplicates, if one does
 * @param benchmarks looked for
 * @param fields of theirs that count; empty for all with text
 * @param grams how long an n-gram is
 */
public record ContaminationSearch(
    Tables tables,
    FilterJob filter,
    Optional<SignJob> sign,
    Optional<ClusterJob> cluster,
    Benchmarks benchmarks,
    List<String> fields,
    GramSize grams) {
  private static final String FOUND =
      "id string, item string, field string, matched int, grams int";

  /** The search in the tables of a pipeline's jobs. */
  public static ContaminationSearch of(
      Tables tables, List<Job> jobs, Benchmarks benchmarks, List<String> fields, GramSize grams) {
    return new ContaminationSearch(
        tables,
        first(tables, jobs, FilterJob.class)
            .orElseThrow(() -> new UserError("there are no judged documents to look in yet")),
        first(tables, jobs, SignJob.class).filter(SignJob::fingerprints),
        first(tables, jobs, ClusterJob.class),
        benchmarks,
        fields,
        grams);
  }

  private static <T extends Job> Optional<T> first(Tables tables, List<Job> jobs, Class<T> type) {
    return jobs.stream()
        .filter(job -> type.isInstance(job) && tables.exists(job.to()))
        .map(type::cast)
        .findFirst();
  }

  /**
   * Columns id, item, field, matched (different n-grams found) and grams (n-grams of the field).
   */
  public Dataset<Row> found() {
    Dataset<Row> verdicts = tables.read(filter.to()).where("kept").select("batch", "id", "text");
    Dataset<Row> asked =
        sign.map(this::asked).map(ids -> verdicts.join(ids, id(), "left_semi")).orElse(verdicts);
    Dataset<Row> stay =
        cluster
            .map(job -> asked.join(tables.read(job.to()).select("id"), id(), "left_anti"))
            .orElse(asked);
    TreeSet<String> batches = new TreeSet<>(tables.present(filter.to()).keySet());
    if (sign.isPresent()) {
      stay = tables.materialized("asked", stay);
      batches.clear();
      stay.select("batch").distinct().collectAsList().forEach(row -> batches.add(row.getString(0)));
    }
    Broadcast<Benchmarks> sent =
        JavaSparkContext.fromSparkContext(tables.spark().sparkContext()).broadcast(benchmarks);
    GramSize size = grams;
    List<String> its = fields;
    FlatMapFunction<Row, Row> scan = row -> scan(sent.value(), size, its, row);
    return Texts.of(tables, stay.drop("batch"), filter.from(), filter.to(), batches)
        .flatMap(scan, Encoders.row(StructType.fromDDL(FOUND)));
  }

  /** How many fields have too few words for fingerprints to find them for certain. */
  public int uncertain() {
    return sign.isPresent() ? query().notGuaranteed().size() : 0;
  }

  private FingerprintQuery query() {
    return FingerprintQuery.of(Fingerprint.DEFAULT, benchmarks.items(fields));
  }

  private Dataset<Row> asked(SignJob job) {
    Broadcast<FingerprintQuery> sent =
        JavaSparkContext.fromSparkContext(tables.spark().sparkContext()).broadcast(query());
    UDF1<byte[], Boolean> ask =
        fingerprint -> fingerprint == null || !sent.value().ask(fingerprint).isEmpty();
    return tables
        .read(job.to())
        .where(udf(ask, DataTypes.BooleanType).apply(col("fingerprint")))
        .select("id");
  }

  private static scala.collection.immutable.Seq<String> id() {
    return Rows.seq(List.of("id"));
  }

  private static Iterator<Row> scan(
      Benchmarks benchmarks, GramSize size, List<String> fields, Row row) {
    List<Row> found = new ArrayList<>();
    for (Match match :
        benchmarks.index(size, fields).scan(Text.of(row.<String>getAs("text"))).matches()) {
      found.add(
          RowFactory.create(
              row.getAs("id"),
              match.field().item(),
              match.field().field(),
              match.matched(),
              match.field().grams()));
    }
    return found.iterator();
  }
}
