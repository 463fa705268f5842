package org.gristmill.jobs.steps;

import static org.apache.spark.sql.functions.broadcast;

import java.util.Collection;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.gristmill.core.Document;
import org.gristmill.core.Text;
import org.gristmill.filters.FilterChain;
import org.gristmill.jobs.table.Tables;

/**
 * Judged documents decided by other limits, from the numbers in their rows. Only for those of which
 * the numbers do not tell ({@link FilterChain#again}) texts are read; where these are many, all are
 * judged anew.
 *
 * @param job with the new limits
 * @param batches whose rows are there, judged by a chain that measured the same
 */
record Redecision(FilterJob job, Tables tables, Collection<String> batches) {
  /** With a larger share of documents whose texts are needed, all are filtered. */
  private static final double MOST_UNKNOWN = 0.1;

  /** So many names of documents fit into the memory of every machine. */
  private static final long FEW = 1_000_000;

  Dataset<Row> rows() {
    Dataset<Row> there = tables.read(job.to(), batches);
    Broadcast<FilterChain> chain = job.broadcast(tables);
    FilterFunction<Row> isUnknown = row -> again(chain.value(), row).isEmpty();
    Dataset<Row> ids = there.drop("text").filter(isUnknown).select("batch", "id");
    long unknown = ids.count();
    long all = batches.stream().mapToLong(b -> tables.present(job.to()).get(b).rows()).sum();
    if (unknown > 0) {
      boolean many = unknown > MOST_UNKNOWN * all;
      tables.note(
          String.format(
              Locale.ROOT,
              "%s: the numbers of %,d of %,d documents do not tell how they are decided now; %s"
                  + " judged by text",
              job.to(),
              unknown,
              all,
              many ? "all were" : "those were"));
      if (many) {
        return job.plan(tables, batches);
      }
    }
    FlatMapFunction<Row, Row> again = row -> rows(chain.value(), row);
    Dataset<Row> decided = there.flatMap(again, Encoders.row(StructType.fromDDL(job.schema())));
    return unknown == 0
        ? decided
        : decided.unionByName(job.judged(tables, documents(ids, unknown)));
  }

  private Dataset<Row> documents(Dataset<Row> ids, long count) {
    Dataset<Row> documents = job.documents(tables, batches);
    Dataset<Row> wanted = count <= FEW ? broadcast(ids) : ids;
    return documents.join(
        wanted,
        documents
            .col("batch")
            .equalTo(wanted.col("batch"))
            .and(documents.col("id").equalTo(wanted.col("id"))),
        "left_semi");
  }

  private static Iterator<Row> rows(FilterChain chain, Row row) {
    String text = row.getAs("text");
    return again(chain, row).map(judged -> FilterJob.row(row.getAs("batch"), judged, text)).stream()
        .iterator();
  }

  /** The text of a row's document is not there, and not asked for. */
  private static Optional<FilterChain.Judged> again(FilterChain chain, Row row) {
    Document document =
        FilterJob.document(row, Text.EMPTY, Map.of()).withLanguage(row.getAs("language"));
    Map<String, Double> numbers = row.getJavaMap(row.fieldIndex("numbers"));
    return chain.again(
        new FilterChain.Judged(
            document,
            row.getAs("rule"),
            row.<Double>getAs("measured"),
            row.<Double>getAs("limit"),
            new TreeMap<>(numbers)));
  }
}
