package org.gristmill.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * The Delta tables of one pipeline, as one run sees them, under {@code ROOT/tables}.
 *
 * <p>The last commit of a table carries, in its user metadata, the fingerprint of every batch in
 * it: data and state change in one atomic step.
 */
final class Tables {
  /** The one batch of a table that is always made as a whole. */
  static final String ALL = "all";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final SparkSession spark;
  private final String root;
  private final Map<String, SortedMap<String, InputFile>> listings = new HashMap<>();
  private final Set<String> notes = new LinkedHashSet<>();

  Tables(SparkSession spark, String root) {
    this.spark = spark;
    this.root = root;
  }

  SparkSession spark() {
    return spark;
  }

  Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }

  /** Folder of a table. */
  String path(String table) {
    return root + "/tables/" + table;
  }

  /** Folder of the shards. */
  String shards() {
    return root + "/shards";
  }

  /** A scratch folder, below the root so that every executor reaches it. */
  String scratch() {
    return root + "/scratch";
  }

  boolean exists(String table) {
    return version(table) >= 0;
  }

  /** The files of an ingest step, listed once: what arrives later is for the next run. */
  SortedMap<String, InputFile> files(IngestStep step) {
    return new TreeMap<>(
        listings.computeIfAbsent(
            step.name(),
            name -> {
              try {
                return step.files(hadoop());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }));
  }

  /** Keeps a line for the end of the run: nothing is wrong, but a person should know. */
  void note(String line) {
    notes.add(line);
  }

  /** The lines for the end of the run, each once. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  /** All rows of a table as last committed. */
  Dataset<Row> read(String table) {
    return spark.read().format("delta").load(path(table));
  }

  /** The rows of some batches. */
  Dataset<Row> read(String table, Collection<String> batches) {
    return read(table).where(functions.col("batch").isin(batches.toArray()));
  }

  /** The table's version; -1 if there is none. */
  long version(String table) {
    List<Path> commits = commits(table);
    return commits.isEmpty() ? -1 : number(commits.get(commits.size() - 1));
  }

  /** Fingerprint of every batch that is in a table; empty for a table that does not exist. */
  SortedMap<String, String> state(String table) {
    SortedMap<String, String> batches = new TreeMap<>();
    List<Path> commits = commits(table);
    for (int i = commits.size() - 1; i >= 0; i--) { // the last, unless somebody optimized since
      JsonNode metadata = metadata(commits.get(i));
      if (metadata.has("gristmill")) {
        metadata
            .path("batches")
            .properties()
            .forEach(e -> batches.put(e.getKey(), e.getValue().asText()));
        break;
      }
    }
    return batches;
  }

  /** The commit files in a table's log, in the order of their versions. */
  private List<Path> commits(String table) {
    try {
      FileStatus[] files =
          fileSystem()
              .globStatus(new Path(path(table) + "/_delta_log/" + "[0-9]".repeat(20) + ".json"));
      return files == null
          ? List.of()
          : Arrays.stream(files).map(FileStatus::getPath).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long number(Path commit) {
    return Long.parseLong(commit.getName().substring(0, 20));
  }

  /** The user metadata of a commit, as the Delta protocol keeps it in the action commitInfo. */
  private JsonNode metadata(Path commit) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(fileSystem().open(commit), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("{\"commitInfo\"")) {
          String text = JSON.readTree(line).path("commitInfo").path("userMetadata").asText();
          return text.startsWith("{") ? JSON.readTree(text) : JSON.createObjectNode();
        }
      }
      return JSON.createObjectNode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Replaces some batches of a job's table in one commit.
   *
   * @param rows rows of the changed batches only
   * @param expected all batches the table has afterwards, with their fingerprints
   * @param touched batches that are replaced or vanish
   */
  void commit(Job job, Dataset<Row> rows, SortedMap<String, String> expected, Set<String> touched) {
    ObjectNode metadata = JSON.createObjectNode();
    metadata.put("gristmill", 1);
    metadata.put("job", job.name());
    metadata.put("settings", job.toString());
    metadata.put("code", Code.version());
    ObjectNode batches = metadata.putObject("batches");
    expected.forEach(batches::put);
    DataFrameWriter<Row> writer =
        rows.write().format("delta").mode("overwrite").option("userMetadata", metadata.toString());
    boolean whole = expected.containsKey(ALL);
    if (!whole) {
      writer = writer.partitionBy("batch");
      if (exists(job.to())) {
        String names =
            new TreeSet<>(touched)
                .stream().map(b -> "'" + b + "'").collect(Collectors.joining(", "));
        writer = writer.option("replaceWhere", "batch IN (" + names + ")");
      }
    } else {
      writer = writer.option("overwriteSchema", "true");
    }
    writer.save(path(job.to()));
  }

  /**
   * Writes intermediate rows below the root and reads them back, so that they are computed once and
   * survive the loss of an executor.
   */
  Dataset<Row> materialized(String name, Dataset<Row> rows) {
    String path = scratch() + "/" + name;
    rows.write().mode("overwrite").parquet(path);
    return spark.read().schema(rows.schema()).parquet(path);
  }

  /** Removes what {@link #materialized} wrote. */
  void clearScratch() {
    try {
      fileSystem().delete(new Path(scratch()), true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** No rows. */
  Dataset<Row> empty(String ddl) {
    return spark.createDataFrame(List.of(), StructType.fromDDL(ddl));
  }

  FileSystem fileSystem() {
    try {
      return new Path(root).getFileSystem(hadoop());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
