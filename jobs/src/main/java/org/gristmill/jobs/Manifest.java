package org.gristmill.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.gristmill.tokenize.Tokenizer;
import org.gristmill.tokenize.Tokenizers;

/**
 * The table {@code shards} as two small files beside the shards, for readers without Delta: {@code
 * shards/RUN/manifest.json}, which never changes, and {@code shards/latest.json}, which names the
 * run that is committed. Both follow from the table and are written only where they differ.
 */
final class Manifest {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Tables tables;

  Manifest(Tables tables) {
    this.tables = tables;
  }

  void publish(PackJob job) {
    String run = tables.state("shards").get(Tables.ALL).substring(0, 16);
    String folder = tables.shards() + "/" + run;
    String latest = JSON.createObjectNode().put("shards", run).toString() + "\n";
    if (!exists(folder + "/manifest.json")) {
      write(folder + "/manifest.json", manifest(job, run));
    }
    write(tables.shards() + "/latest.json", latest);
  }

  private String manifest(PackJob job, String run) {
    Tokenizer tokenizer = Tokenizers.BY_NAME.get(job.tokenizer());
    List<Row> rows =
        tables
            .read("shards")
            .select("format", "path", "sha256", "bytes", "sequences", "tokens", "padding", "shard")
            .orderBy("path")
            .collectAsList();
    ObjectNode manifest = JSON.createObjectNode();
    manifest.put("version", 1);
    manifest.put("run", run);
    manifest.put("tokenizer", tokenizer.name());
    manifest.put("vocabulary_size", tokenizer.vocabularySize());
    manifest.put("end_of_document", tokenizer.endOfDocument());
    manifest.put("sequence_tokens", job.sequenceTokens());
    manifest.put("seed", job.seed());
    long[] sums = new long[3];
    String first = job.formats().get(0);
    ArrayNode shards = JSON.createArrayNode();
    java.util.Set<Integer> counted = new java.util.HashSet<>();
    for (Row row : rows) {
      ObjectNode shard = shards.addObject();
      shard.put("format", row.getString(0));
      shard.put("path", row.getString(1));
      shard.put("sha256", row.getString(2));
      shard.put("bytes", row.getLong(3));
      shard.put("sequences", row.getLong(4));
      shard.put("tokens", row.getLong(5));
      if (row.getString(0).equals(first) && counted.add(row.getInt(7))) {
        for (int i = 0; i < 3; i++) {
          sums[i] += row.getLong(4 + i);
        }
      }
    }
    manifest.put("sequences", sums[0]);
    manifest.put("tokens", sums[1]);
    manifest.put("padding", sums[2]);
    manifest.set("shards", shards);
    manifest.put("code", Code.version());
    manifest.put("settings", job.settings());
    ObjectNode inputs = manifest.putObject("inputs");
    for (String table : List.of("documents", "judged", "signatures", "clusters", "tokens")) {
      if (tables.exists(table)) {
        ObjectNode input = inputs.putObject(table);
        input.put("version", tables.version(table));
        tables.state(table).forEach(input.putObject("batches")::put);
      }
    }
    return manifest.toPrettyString() + "\n";
  }

  private boolean exists(String path) {
    try {
      return tables.fileSystem().exists(new Path(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a small file, unless it says the same already. */
  private void write(String path, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    Path target = new Path(path);
    FileSystem files = tables.fileSystem();
    try {
      if (files.exists(target) && files.getFileStatus(target).getLen() == bytes.length) {
        try (var in = files.open(target)) {
          if (Arrays.equals(in.readAllBytes(), bytes)) {
            return;
          }
        }
      }
      Path fresh = new Path(target.getParent(), "_fresh-" + target.getName());
      try (OutputStream out = files.create(fresh, true)) {
        out.write(bytes);
      }
      files.delete(target, false);
      if (!files.rename(fresh, target)) {
        throw new IOException("cannot rename " + fresh + " to " + target);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
