package org.gristmill.jobs;

import static org.apache.spark.sql.functions.expr;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.gristmill.core.Reason;

/**
 * What became of every record, by source, counted in the committed tables.
 *
 * @param pipeline its name
 * @param root folder of tables and shards
 * @param sources by name
 * @param tables path and rows of every table
 * @param shards folder of the committed shards, empty if there are none
 * @param unaccounted sums that do not come out even; always empty, or something is badly wrong
 */
record Ledger(
    String pipeline,
    String root,
    SortedMap<String, Line> sources,
    SortedMap<String, String> tables,
    String shards,
    List<String> unaccounted) {

  /**
   * One source. Records are documents and quarantined ones together.
   *
   * @param quarantined records by reason
   * @param dropped documents by rule
   * @param duplicates documents that another one stands for, by kind
   * @param tokens in shards, end-of-document ids included
   * @param sequences of which the source has most of the tokens
   */
  record Line(
      long files,
      long records,
      long documents,
      SortedMap<String, Long> quarantined,
      SortedMap<String, Long> dropped,
      long kept,
      SortedMap<String, Long> duplicates,
      long tokenized,
      long tokens,
      long sequences) {

    long broken() {
      return quarantined.entrySet().stream()
          .filter(e -> Reason.valueOf(constant(e.getKey())).broken())
          .mapToLong(Map.Entry::getValue)
          .sum();
    }

    private static String constant(String reason) {
      return reason.toUpperCase(java.util.Locale.ROOT).replace('-', '_');
    }
  }

  /** Counts a pipeline's tables. */
  static Ledger of(Pipeline pipeline, Tables tables) {
    return new Count(pipeline, tables).ledger();
  }

  long records() {
    return sources.values().stream().mapToLong(Line::records).sum();
  }

  /** Share of broken records among all, from 0 to 1. */
  double broken() {
    long broken = sources.values().stream().mapToLong(Line::broken).sum();
    return records() == 0 ? 0 : (double) broken / records();
  }

  static long sum(SortedMap<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** For programs. */
  String json() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("pipeline", pipeline);
    json.put("root", root);
    ObjectNode bySource = json.putObject("sources");
    sources.forEach(
        (name, line) -> {
          ObjectNode node = bySource.putObject(name);
          node.put("files", line.files());
          node.put("records", line.records());
          node.put("documents", line.documents());
          line.quarantined().forEach(node.putObject("quarantined")::put);
          line.dropped().forEach(node.putObject("dropped")::put);
          node.put("kept", line.kept());
          line.duplicates().forEach(node.putObject("duplicates")::put);
          node.put("tokenized", line.tokenized());
          node.put("tokens", line.tokens());
          node.put("sequences", line.sequences());
        });
    tables.forEach(json.putObject("tables")::put);
    json.put("shards", shards);
    json.put("manifest", shards.isEmpty() ? "" : shards + "/manifest.json");
    ArrayNode odd = json.putArray("unaccounted");
    unaccounted.forEach(odd::add);
    return json.toPrettyString();
  }

  /** Runs the queries. */
  private static final class Count {
    private final Pipeline pipeline;
    private final Tables tables;
    private final SortedMap<String, SortedMap<String, Long>> counts = new TreeMap<>();
    private final List<String> odd = new ArrayList<>();

    Count(Pipeline pipeline, Tables tables) {
      this.pipeline = pipeline;
      this.tables = tables;
    }

    Ledger ledger() {
      read();
      SortedMap<String, Line> lines = new TreeMap<>();
      counts.forEach((source, values) -> lines.put(source, line(source, values)));
      SortedMap<String, String> paths = new TreeMap<>();
      for (Job job : pipeline.jobs()) {
        if (tables.exists(job.to())) {
          paths.put(job.to(), tables.path(job.to()));
        }
      }
      String shards =
          paths.containsKey("shards")
              ? tables.shards() + "/" + tables.state("shards").get(Tables.ALL).substring(0, 16)
              : "";
      return new Ledger(pipeline.name(), pipeline.root(), lines, paths, shards, List.copyOf(odd));
    }

    private void read() {
      if (has("documents")) {
        count(
            tables
                .read("documents")
                .groupBy("source", "status", "reason")
                .agg(
                    expr("count(1)").as("found"),
                    expr("coalesce(sum(cast(meta['documents'] as long)), 0)").as("documents"),
                    expr("coalesce(sum(cast(meta['quarantined'] as long)), 0)").as("quarantined")),
            3);
      }
      if (has("judged")) {
        count(
            tables
                .read("judged")
                .groupBy("source", "kept", "rule")
                .agg(expr("count(1)").as("judged")),
            3);
      }
      if (has("clusters")) {
        count(
            tables
                .read("clusters")
                .where("not keep")
                .groupBy("source", "kind")
                .agg(expr("count(1)").as("duplicate")),
            2);
      }
      if (has("tokens")) {
        count(
            tables
                .read("tokens")
                .groupBy("source")
                .agg(expr("count(1)").as("tokenized"), expr("sum(length)").as("tokens")),
            1);
      }
      if (has("shards")) {
        count(
            tables
                .read("shards")
                .selectExpr("shard", "explode(sources) as s")
                .distinct()
                .groupBy("s.source")
                .agg(
                    expr("sum(s.documents)").as("packed-documents"),
                    expr("sum(s.tokens)").as("packed-tokens"),
                    expr("sum(s.sequences)").as("sequences")),
            1);
      }
    }

    private boolean has(String table) {
      return pipeline.jobs().stream().anyMatch(j -> j.to().equals(table)) && tables.exists(table);
    }

    /** Rows of source and other labels, then numbers: kept as NUMBER/LABEL/LABEL by source. */
    private void count(Dataset<Row> grouped, int labels) {
      String[] columns = grouped.columns();
      for (Row row : grouped.collectAsList()) {
        StringBuilder key = new StringBuilder();
        for (int i = 1; i < labels; i++) {
          key.append('/').append(row.get(i));
        }
        SortedMap<String, Long> of = counts.computeIfAbsent(row.getString(0), s -> new TreeMap<>());
        for (int i = labels; i < columns.length; i++) {
          of.put(columns[i] + key, row.getLong(i));
        }
      }
    }

    private Line line(String source, SortedMap<String, Long> values) {
      long documents = values.getOrDefault("found/document/", 0L);
      SortedMap<String, Long> quarantined = below(values, "found/quarantined/");
      SortedMap<String, Long> dropped = below(values, "judged/false/");
      long kept = values.getOrDefault("judged/true/", 0L);
      SortedMap<String, Long> duplicates = below(values, "duplicate/");
      long tokenized = values.getOrDefault("tokenized", 0L);
      long tokens = values.getOrDefault("tokens", 0L);
      even(
          source,
          "documents read and stored",
          values.getOrDefault("documents/file/", 0L),
          documents);
      even(
          source,
          "records quarantined and stored",
          values.getOrDefault("quarantined/file/", 0L),
          sum(quarantined));
      if (has("judged")) {
        even(source, "documents, and kept + dropped", documents, kept + sum(dropped));
      }
      if (has("tokens")) {
        long expected = duplicatesGo() ? kept - sum(duplicates) : kept;
        even(source, "kept - duplicates, and documents with tokens", expected, tokenized);
      }
      if (has("shards")) {
        even(
            source,
            "documents with tokens and in shards",
            tokenized,
            values.getOrDefault("packed-documents", 0L));
        even(source, "tokens made and in shards", tokens, values.getOrDefault("packed-tokens", 0L));
      }
      return new Line(
          values.getOrDefault("found/file/", 0L),
          documents + sum(quarantined),
          documents,
          quarantined,
          dropped,
          kept,
          duplicates,
          tokenized,
          tokens,
          values.getOrDefault("sequences", 0L));
    }

    private boolean duplicatesGo() {
      return pipeline.jobs().stream()
          .anyMatch(j -> j instanceof TokenizeJob t && !t.keepDuplicates());
    }

    private void even(String source, String what, long left, long right) {
      if (left != right) {
        odd.add(source + ": " + what + ": " + left + " and " + right);
      }
    }

    private static SortedMap<String, Long> below(SortedMap<String, Long> values, String prefix) {
      SortedMap<String, Long> found = new TreeMap<>();
      values.forEach(
          (key, value) -> {
            if (key.startsWith(prefix)) {
              found.put(key.substring(prefix.length()), value);
            }
          });
      return found;
    }
  }
}
