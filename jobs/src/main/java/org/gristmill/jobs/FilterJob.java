package org.gristmill.jobs;

import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.gristmill.core.Document;
import org.gristmill.core.Text;
import org.gristmill.filters.FilterChain;

/**
 * Documents to the table {@code judged}: every document, kept or dropped, with its language, its
 * text after rewrites, and everything that was measured.
 */
record FilterJob(FilterChain chain) implements Job {
  @Override
  public String name() {
    return "filter";
  }

  @Override
  public String to() {
    return "judged";
  }

  @Override
  public String schema() {
    return "batch string, source string, kind string, id string, file string, offset long,"
        + " url string, language string, text string, kept boolean, rule string, measured double,"
        + " `limit` double, numbers map<string,double>";
  }

  @Override
  public SortedMap<String, String> inputs(Tables tables) {
    return tables.state("documents");
  }

  @Override
  public Dataset<Row> plan(Tables tables, SortedMap<String, String> changed) {
    FilterChain filters = chain;
    MapFunction<Row, Row> judge = row -> judge(filters, row);
    return tables
        .read("documents", changed.keySet())
        .where("status = 'document'")
        .select("batch", "source", "kind", "id", "file", "offset", "url", "text")
        .map(judge, Encoders.row(StructType.fromDDL(schema())));
  }

  private static Row judge(FilterChain filters, Row row) {
    Document document =
        new Document(
            row.getString(3),
            row.getString(1),
            row.getString(2),
            row.getString(4),
            row.getLong(5),
            row.getString(6),
            Document.UNDETERMINED,
            Text.of(row.getString(7)),
            new TreeMap<>());
    FilterChain.Judged judged = filters.judge(document);
    return RowFactory.create(
        row.getString(0),
        document.source(),
        document.kind(),
        document.id(),
        document.file(),
        document.offset(),
        document.url(),
        judged.document().language(),
        judged.document().text().toString(),
        judged.kept(),
        judged.rule(),
        judged.measured(),
        judged.limit(),
        Rows.numbers(judged.numbers()));
  }
}
