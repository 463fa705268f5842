package org.gristmill.jobs.steps;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.gristmill.jobs.table.BatchRecord;
import org.gristmill.jobs.table.Tables;
import org.gristmill.tokenize.Tokenizer;
import org.gristmill.tokenize.Tokenizers;

/**
 * The table of shards as two small files beside the shards, for readers without Delta: {@code
 * shards/RUN/manifest.json}, which never changes, and {@code shards/latest.json}, which names the
 * run that counts. Both follow from the tables and are written only where they differ.
 */
final class Manifest {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Tables tables;
  private final PackJob job;

  Manifest(Tables tables, PackJob job) {
    this.tables = tables;
    this.job = job;
  }

  /** The folder of the run in the table, and its manifest if it was published. */
  SortedMap<String, String> files() {
    SortedMap<String, String> files = new TreeMap<>();
    BatchRecord shards = tables.records(job.to()).get(Tables.ALL);
    if (shards != null) {
      String folder = tables.shards() + "/" + PackJob.run(shards.made().id());
      files.put("shards", folder);
      try {
        if (tables.fileSystem().exists(new Path(folder + "/manifest.json"))) {
          files.put("manifest", folder + "/manifest.json");
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return files;
  }

  void publish() {
    BatchRecord shards = tables.records(job.to()).get(Tables.ALL);
    String run = PackJob.run(shards.made().id());
    write(tables.shards() + "/" + run + "/manifest.json", manifest(run, shards));
    String latest = job.to().equals(PackJob.DEFAULTS.to()) ? "latest" : "latest-" + job.to();
    write(
        tables.shards() + "/" + latest + ".json",
        JSON.createObjectNode().put("shards", run).toString() + "\n");
  }

  private String manifest(String run, BatchRecord made) {
    Tokenizer tokenizer = Tokenizers.BY_NAME.get(job.tokenizer());
    List<Row> rows = tables.read(job.to()).orderBy("path").collectAsList();
    ObjectNode manifest = JSON.createObjectNode();
    manifest.put("version", 1);
    manifest.put("run", run);
    manifest.put("tokenizer", tokenizer.name());
    manifest.put("vocabulary_size", tokenizer.vocabularySize());
    manifest.put("end_of_document", tokenizer.endOfDocument());
    manifest.put("sequence_tokens", job.sequenceTokens());
    manifest.put("seed", job.seed());
    List<String> sums = List.of("sequences", "tokens", "padding");
    long[] sum = new long[sums.size()];
    ArrayNode shards = JSON.createArrayNode();
    Set<Integer> counted = new HashSet<>();
    for (Row row : rows) {
      ObjectNode shard = shards.addObject();
      for (String text : List.of("format", "path", "sha256")) {
        shard.put(text, row.<String>getAs(text));
      }
      for (String number : List.of("bytes", "sequences", "tokens")) {
        shard.put(number, row.<Long>getAs(number));
      }
      if (row.getAs("format").equals(job.formats().get(0)) && counted.add(row.getAs("shard"))) {
        for (int i = 0; i < sum.length; i++) {
          sum[i] += row.<Long>getAs(sums.get(i));
        }
      }
    }
    for (int i = 0; i < sum.length; i++) {
      manifest.put(sums.get(i), sum[i]);
    }
    manifest.set("shards", shards);
    ObjectNode facts = manifest.putObject("facts");
    made.made().facts().forEach(facts::put);
    ObjectNode inputs = manifest.putObject("inputs");
    made.made().inputs().forEach(inputs::put);
    return manifest.toPrettyString() + "\n";
  }

  /** Writes a small file in one step, unless it says the same already. */
  private void write(String path, String content) {
    Path target = new Path(path);
    FileSystem files = tables.fileSystem();
    try {
      if (files.exists(target)) {
        try (var in = files.open(target)) {
          if (new String(in.readAllBytes(), StandardCharsets.UTF_8).equals(content)) {
            return;
          }
        }
      }
      tables.checkGuard();
      ShardFiles.replace(files, target, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
