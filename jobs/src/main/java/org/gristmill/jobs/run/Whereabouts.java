package org.gristmill.jobs.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.gristmill.core.Hash;
import org.gristmill.jobs.ingest.IngestJob;
import org.gristmill.jobs.steps.CleaningJob;
import org.gristmill.jobs.steps.ClusterJob;
import org.gristmill.jobs.steps.FilterJob;
import org.gristmill.jobs.steps.PackJob;
import org.gristmill.jobs.steps.TokenizeJob;
import org.gristmill.jobs.table.Job;
import org.gristmill.jobs.table.Tables;
import org.gristmill.tokenize.Sequence;
import org.gristmill.tokenize.format.ArrowRows;

/**
 * Where documents went: from which bytes they came, which rule dropped them or which document stays
 * in their place, in which rows of which shards they lie.
 *
 * <p>Names and ids of all documents are read to find them (nothing sorts them), then the batches of
 * those found, and of a shard the one file that holds them.
 *
 * @param tables as they are
 * @param jobs of the pipeline
 */
public record Whereabouts(Tables tables, List<Job> jobs) {
  /** Most documents that are told of. */
  public static final int MOST = 20;

  /** Most copies of a document that are listed. */
  private static final int COPIES = 5;

  /**
   * Tells of documents.
   *
   * @param what the first digits of an id, at least four, or an address as it stands in {@code
   *     url}, or the address of an input file
   * @return lines for a person; none if there is no such document
   */
  public List<String> of(String what) {
    List<String> lines = new ArrayList<>();
    for (Job job : jobs) {
      if (job instanceof IngestJob && tables.exists(job.to())) {
        List<Row> found = found(job.to(), what).collectAsList();
        for (Row row : found.subList(0, Math.min(MOST, found.size()))) {
          document(row, lines);
        }
        if (found.size() > MOST) {
          lines.add("and more: these are the first " + MOST);
        }
      }
    }
    return lines;
  }

  private Dataset<Row> found(String documents, String what) {
    boolean id = what.matches("[0-9a-f]{4,32}");
    return tables
        .read(documents)
        .where(col("status").notEqual("file"))
        .where(
            id
                ? col("id").startsWith(what)
                : col("url").equalTo(what).or(col("file").equalTo(what)))
        .select("batch", "source", "status", "id", "file", "offset", "url", "reason", "detail")
        .orderBy("id", "file", "offset")
        .limit(MOST + 1);
  }

  private void document(Row row, List<String> lines) {
    String id = row.getAs("id");
    boolean quarantined = row.getAs("status").equals("quarantined");
    lines.add((quarantined ? "record" : "document " + id) + " of " + row.getAs("source"));
    String url = row.getAs("url");
    lines.add(
        "  from     "
            + row.getAs("file")
            + ", offset "
            + row.getAs("offset")
            + (url.isEmpty() ? "" : ", " + url));
    if (quarantined) {
      lines.add("  broken   " + row.getAs("reason") + ": " + row.getAs("detail"));
      return;
    }
    boolean dropped = false;
    for (Job job : jobs) {
      if (dropped || !tables.exists(job.to())) {
        continue;
      }
      if (job instanceof FilterJob || job instanceof CleaningJob) {
        dropped = judged(job, row.getAs("batch"), id, lines);
      } else if (job instanceof ClusterJob) {
        dropped = clustered(job, row.getAs("batch"), id, lines);
      } else if (job instanceof TokenizeJob) {
        tokenized(job, row.getAs("batch"), id, lines);
      } else if (job instanceof PackJob pack) {
        packed(pack, row, id, lines);
      }
    }
  }

  private List<Row> rows(String table, String batch, String id, String... columns) {
    return tables
        .read(table, List.of(batch))
        .where(col("id").equalTo(lit(id)))
        .selectExpr(columns)
        .collectAsList();
  }

  private boolean judged(Job job, String batch, String id, List<String> lines) {
    boolean dropped = false;
    for (Row row :
        rows(job.to(), batch, id, "language", "kept", "rule", "measured", "limit", "text")) {
      dropped = !row.<Boolean>getAs("kept");
      String text =
          row.getAs("text") == null ? "" : ", its text rewritten" + removed(job, batch, id);
      lines.add(
          dropped
              ? String.format(
                  Locale.ROOT,
                  "  %-8s dropped by %s: %s, the limit is %s",
                  job.to(),
                  row.getAs("rule"),
                  row.getAs("measured"),
                  row.getAs("limit"))
              : String.format(
                  Locale.ROOT, "  %-8s kept as %s%s", job.to(), row.getAs("language"), text));
    }
    return dropped;
  }

  /** How much of a text went because it stands elsewhere too. */
  private String removed(Job job, String batch, String id) {
    if (job instanceof FilterJob) {
      return "";
    }
    Row row = rows(job.to(), batch, id, "removed", "size(spans)").get(0);
    return row.getLong(0) == 0
        ? " before"
        : String.format(
            Locale.ROOT,
            ": %,d bytes in %,d places stand elsewhere too",
            row.getLong(0),
            row.getInt(1));
  }

  private boolean clustered(Job job, String batch, String id, List<String> lines) {
    for (Row row : rows(job.to(), batch, id, "keeper", "kind", "similarity")) {
      lines.add(
          String.format(
              Locale.ROOT,
              "  %-8s dropped as %s copy of %s (similarity %.3f), which stays",
              job.to(),
              row.getAs("kind").equals("exact") ? "an exact" : "a near",
              row.getAs("keeper"),
              row.<Double>getAs("similarity")));
      return true;
    }
    List<Row> copies =
        tables
            .read(job.to())
            .where(col("keeper").equalTo(lit(id)))
            .select("id", "kind", "similarity")
            .orderBy(col("similarity").desc(), col("id"))
            .limit(COPIES + 1)
            .collectAsList();
    lines.add("  " + job.to() + " stays" + (copies.isEmpty() ? "" : "; dropped for it:"));
    for (Row copy : copies.subList(0, Math.min(COPIES, copies.size()))) {
      lines.add(
          String.format(
              Locale.ROOT,
              "             %s (%s, similarity %.3f)",
              copy.getAs("id"),
              copy.getAs("kind"),
              copy.<Double>getAs("similarity")));
    }
    if (copies.size() > COPIES) {
      lines.add("             and more");
    }
    return false;
  }

  private void tokenized(Job job, String batch, String id, List<String> lines) {
    for (Row row : rows(job.to(), batch, id, "length")) {
      lines.add(String.format(Locale.ROOT, "  %-8s %,d tokens", job.to(), row.<Long>getAs(0)));
    }
  }

  private void packed(PackJob job, Row document, String id, List<String> lines) {
    String batch = document.getAs("batch");
    Map<Integer, String> shards = new TreeMap<>();
    Map<Integer, String> arrow = new TreeMap<>();
    List<String> generations = new ArrayList<>();
    tables
        .remembered(job)
        .forEach(
            (name, its) -> {
              if (its.containsKey(batch)) {
                generations.add(name);
              }
            });
    Dataset<Row> listed = tables.read(job.to(), generations);
    if (!job.groupBy().isEmpty()) {
      listed = listed.where(col("groupName").equalTo(document.<String>getAs("source")));
    }
    for (Row row :
        listed
            .select("batch", "shard", "format", "path")
            .orderBy("format", "path")
            .collectAsList()) {
      String path = tables.shards() + "/" + row.getAs("batch") + "/" + row.getAs("path");
      shards.putIfAbsent(row.getAs("shard"), path);
      if (row.getAs("format").equals("arrow")) {
        arrow.put(row.getAs("shard"), path);
      }
    }
    if (shards.isEmpty()) {
      return;
    }
    int place = Hash.range(Hash.xx64(job.seed(), id), shards.size());
    int shard = List.copyOf(shards.keySet()).get(place);
    if (!arrow.containsKey(shard)) {
      lines.add("  " + job.to() + "   " + shards.get(shard));
      return;
    }
    lines.add("  " + job.to() + "   " + arrow.get(shard));
    SortedMap<Integer, String> pieces = new TreeMap<>();
    try {
      local(new Path(arrow.get(shard)), file -> ArrowRows.read(file, row -> row(row, id, pieces)));
      lines.addAll(pieces.values());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The pieces of a document in a row, by where they begin in the document. */
  private static void row(ArrowRows.Row row, String id, SortedMap<Integer, String> pieces) {
    int at = 0;
    for (Sequence.Piece piece : row.pieces()) {
      if (piece.id().equals(id)) {
        pieces.put(
            piece.start(),
            String.format(
                Locale.ROOT,
                "             row %,d, at %,d: %,d tokens of the document, from its %,d on",
                row.number(),
                at,
                piece.length(),
                piece.start()));
      }
      at += piece.length();
    }
  }

  /** What is done with a file on a local disk. */
  @FunctionalInterface
  public interface Work {
    void on(java.nio.file.Path file) throws IOException;
  }

  /** Works on a file of the tables' file system, on a local copy that is gone afterwards. */
  public void local(Path file, Work work) throws IOException {
    java.nio.file.Path folder = Files.createTempDirectory("gristmill-shard");
    java.nio.file.Path copy = folder.resolve("shard.arrow");
    try {
      file.getFileSystem(tables.hadoop())
          .copyToLocalFile(false, file, new Path(copy.toUri()), true);
      work.on(copy);
    } finally {
      Files.deleteIfExists(copy);
      Files.delete(folder);
    }
  }
}
