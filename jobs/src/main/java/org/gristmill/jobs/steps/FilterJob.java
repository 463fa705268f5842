package org.gristmill.jobs.steps;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.gristmill.core.Block;
import org.gristmill.core.Blocks;
import org.gristmill.core.Document;
import org.gristmill.core.Setting;
import org.gristmill.core.Text;
import org.gristmill.filters.FilterChain;
import org.gristmill.jobs.table.Count;
import org.gristmill.jobs.table.Even;
import org.gristmill.jobs.table.Grain;
import org.gristmill.jobs.table.Job;
import org.gristmill.jobs.table.Made;
import org.gristmill.jobs.table.Rows;
import org.gristmill.jobs.table.Tables;

/**
 * Documents to the table {@code judged}: every document, kept or dropped, with its language, its
 * text where a filter rewrote it, and everything that was measured.
 *
 * @param from table of documents
 * @param to table to make
 * @param filters the filters in their order
 */
@Block(
    does =
        "Judges every document by a chain of filters; dropped ones stay as rows with the rule and"
            + " the number behind it.",
    version = 2)
public record FilterJob(
    @Setting(does = "table of documents to judge") String from,
    @Setting(does = "table to make") String to,
    @Setting(does = "filters in their order, [ { name = ..., ... } ]", required = true)
        FilterChain filters)
    implements Job {
  /** No filter: keeps everything. */
  public static final FilterJob DEFAULTS =
      new FilterJob("documents", "judged", new FilterChain(List.of()));

  /** Columns of judged documents. */
  static final String SCHEMA =
      "batch string COMMENT 'batch of the documents',"
          + " source string COMMENT 'name of the ingest step',"
          + " kind string COMMENT 'kind of source',"
          + " id string COMMENT 'id of the document, 32 hex digits',"
          + " file string COMMENT 'URI of the input file',"
          + " offset long COMMENT 'where the record starts in the file, in bytes as stored, or its"
          + " ordinal',"
          + " url string COMMENT 'address of the record, empty if it has none',"
          + " language string COMMENT 'ISO 639-1 code as identified, und if it was not',"
          + " text string COMMENT 'text after all rewrites; null where none changed it',"
          + " kept boolean COMMENT 'whether no filter dropped it',"
          + " rule string COMMENT 'rule that dropped it, empty if kept',"
          + " measured double COMMENT 'value that broke the rule, 0 if kept',"
          + " `limit` double COMMENT 'bound it broke, 0 if kept',"
          + " numbers map<string,double> COMMENT 'everything measured, by rule'";

  @Override
  public List<String> reads() {
    return List.of(from);
  }

  @Override
  public Grain grain() {
    return Grain.BATCH;
  }

  @Override
  public String schema() {
    return SCHEMA;
  }

  /** The filters in their order, and each one's settings under its name. */
  @Override
  public SortedMap<String, String> facts() {
    SortedMap<String, String> facts = new TreeMap<>();
    facts.put("@version", Blocks.facts(this).get("@version"));
    List<String> names = new ArrayList<>();
    for (FilterChain.Step step : filters.steps()) {
      String plain = Blocks.name(step.filter().getClass());
      String name = names.contains(plain) ? plain + "-" + (names.size() + 1) : plain;
      names.add(name);
      facts.put(name + ".sources", step.sources().toString());
      facts.put(name + ".languages", step.languages().toString());
      Blocks.facts((Record) step.filter())
          .forEach((k, v) -> facts.put(name + (k.startsWith("@") ? k : "." + k), v));
    }
    facts.put("filters", names.toString());
    return facts;
  }

  /** If only limits differ, and the filters decide by what they have measured. */
  @Override
  public boolean decidesAgain(Made before, Made now) {
    SortedSet<String> changed = now.changed(before);
    return before.inputs().equals(now.inputs())
        && filters.canDecideAgain()
        && changed.stream()
            .allMatch(name -> filters.measuresAlike(name, before.facts().getOrDefault(name, "")));
  }

  @Override
  public Dataset<Row> decideAgain(Tables tables, Collection<String> batches) {
    return new Redecision(this, tables, batches).rows();
  }

  @Override
  public Dataset<Row> plan(Tables tables, Collection<String> batches) {
    return judged(tables, documents(tables, batches));
  }

  Dataset<Row> documents(Tables tables, Collection<String> batches) {
    return tables
        .read(from, batches)
        .where("status = 'document'")
        .select("batch", "source", "kind", "id", "file", "offset", "url", "text", "meta");
  }

  Dataset<Row> judged(Tables tables, Dataset<Row> documents) {
    Broadcast<FilterChain> chain = broadcast(tables);
    MapFunction<Row, Row> judge = row -> judge(chain.value(), row);
    return documents.map(judge, Encoders.row(StructType.fromDDL(schema())));
  }

  Broadcast<FilterChain> broadcast(Tables tables) {
    return JavaSparkContext.fromSparkContext(tables.spark().sparkContext()).broadcast(filters);
  }

  private static Row judge(FilterChain chain, Row row) {
    Document document =
        document(row, Text.of(row.<String>getAs("text")), row.getJavaMap(row.fieldIndex("meta")));
    FilterChain.Judged judged = chain.judge(document);
    Text text = judged.document().text();
    return row(row.getAs("batch"), judged, text.equals(document.text()) ? null : text.toString());
  }

  /** A document of a row of either table, nobody having identified its language. */
  static Document document(Row row, Text text, Map<String, String> meta) {
    return new Document(
        row.getAs("id"),
        row.getAs("source"),
        row.getAs("kind"),
        row.getAs("file"),
        row.<Long>getAs("offset"),
        row.getAs("url"),
        Document.UNDETERMINED,
        text,
        new TreeMap<>(meta));
  }

  /** A row of the table of judged documents. */
  static Row row(String batch, FilterChain.Judged judged, String text) {
    Document document = judged.document();
    return RowFactory.create(
        batch,
        document.source(),
        document.kind(),
        document.id(),
        document.file(),
        document.offset(),
        document.url(),
        document.language(),
        text,
        judged.kept(),
        judged.rule(),
        judged.measured(),
        judged.limit(),
        Rows.map(judged.numbers()));
  }

  @Override
  public List<Count> counts() {
    return List.of(Count.by("dropped", "NOT kept", "rule"), Count.rows("kept", "kept"));
  }

  @Override
  public List<Even> sums() {
    return List.of(
        new Even(
            "documents, and kept + dropped",
            List.of(from + ".documents"),
            List.of(to + ".kept", to + ".dropped")));
  }
}
