package org.gristmill.jobs.steps;

import static org.apache.spark.sql.functions.broadcast;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.gristmill.jobs.table.Job;
import org.gristmill.jobs.table.Rows;
import org.gristmill.jobs.table.Tables;

/**
 * Texts of judged documents. They are stored once: with the verdict where a filter rewrote them,
 * elsewhere in the table of documents alone.
 */
final class Texts {
  /** Verdicts up to this number are sent to every task; of more, the texts are shuffled by id. */
  private static final long FEW = 1 << 20;

  private Texts() {}

  /**
   * Puts the text to some rows of judged documents.
   *
   * @param verdicts columns id and text, null where it is the document's, and any others
   * @param documents table of documents
   * @param judged table the verdicts are from, for their number
   * @return the same columns, text last
   */
  static Dataset<Row> of(
      Tables tables,
      Dataset<Row> verdicts,
      String documents,
      String judged,
      Collection<String> batches) {
    Dataset<Row> unchanged = verdicts.where("text IS NULL").drop("text");
    Dataset<Row> texts =
        tables.read(documents, batches).where("status = 'document'").select("id", "text");
    Dataset<Row> read =
        texts
            .join(
                few(tables, judged, batches) ? broadcast(unchanged) : unchanged,
                Rows.seq(List.of("id")))
            .select(columns(unchanged));
    return verdicts.where("text IS NOT NULL").select(columns(unchanged)).union(read);
  }

  private static org.apache.spark.sql.Column[] columns(Dataset<Row> rows) {
    List<String> names = new java.util.ArrayList<>(List.of(rows.columns()));
    names.add("text");
    return names.stream()
        .map(org.apache.spark.sql.functions::col)
        .toArray(org.apache.spark.sql.Column[]::new);
  }

  /** Whether some batches of a table have few enough rows to be sent to every task. */
  static boolean few(Tables tables, String table, Collection<String> batches) {
    return batches.stream()
            .map(tables.present(table)::get)
            .filter(java.util.Objects::nonNull)
            .mapToLong(there -> there.rows() < 0 ? FEW + 1 : there.rows())
            .sum()
        <= FEW;
  }

  /**
   * The judged documents that were kept and are no duplicates.
   *
   * @param clusters table that says which are; empty to keep them
   */
  static Dataset<Row> survivors(
      Tables tables, String judged, String clusters, Collection<String> batches) {
    Dataset<Row> kept = tables.read(judged, batches).where("kept");
    if (clusters.isEmpty()) {
      return kept;
    }
    Dataset<Row> duplicates = tables.read(clusters, batches).select("id");
    duplicates = few(tables, clusters, batches) ? broadcast(duplicates) : duplicates;
    return kept.join(duplicates, Rows.seq(List.of("id")), "left_anti");
  }

  /** The table that the judged documents were read from, however often they were cleaned. */
  static String documents(String judged, Map<String, Job> jobs, String otherwise) {
    Job job = jobs.get(judged);
    Set<String> seen = new HashSet<>(); // a pipeline may be wrong, and have them in a circle
    while (job instanceof CleaningJob cleaning && seen.add(cleaning.to())) {
      job = jobs.get(cleaning.from());
    }
    return job instanceof FilterJob filter ? filter.from() : otherwise;
  }
}
