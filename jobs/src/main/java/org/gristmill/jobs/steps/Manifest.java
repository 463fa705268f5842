package org.gristmill.jobs.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.gristmill.core.Hash;
import org.gristmill.jobs.table.BatchRecord;
import org.gristmill.jobs.table.Tables;
import org.gristmill.tokenize.Tokenizer;
import org.gristmill.tokenize.TokenizerFile;
import org.gristmill.tokenize.format.MdsShard;

/**
 * The table of shards as small files beside the shards, for readers without Delta: {@code
 * shards/GENERATION/manifest.json} lists the files of a generation, {@code
 * shards/corpora/CORPUS.json} the generations of a corpus, and {@code shards/latest.json} says the
 * same as the latest of those. The first two never change, and all follow from the tables. Beside
 * shards of the format MDS, {@code mds/index.json} lists those of the generation.
 */
final class Manifest {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private static final String MDS = new MdsShard().name();

  private final Tables tables;
  private final PackJob job;

  Manifest(Tables tables, PackJob job) {
    this.tables = tables;
    this.job = job;
  }

  /** The folder of shards, and the list of what is published in it. */
  SortedMap<String, String> files() {
    SortedMap<String, String> files = new TreeMap<>();
    files.put("shards", tables.shards());
    try {
      if (tables.fileSystem().exists(new Path(latest()))) {
        files.put("corpus", latest());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  private String latest() {
    String name = job.to().equals(PackJob.DEFAULTS.to()) ? "latest" : "latest-" + job.to();
    return tables.shards() + "/" + name + ".json";
  }

  void publish() {
    List<String> generations = Generations.present(job, tables);
    if (generations.equals(published())) {
      return;
    }
    ObjectNode corpus = JSON.createObjectNode();
    corpus.put("version", 2);
    corpus.put("corpus", Hash.sha256Hex(String.join("\n", generations)).substring(0, 16));
    ArrayNode list = corpus.putArray("generations");
    for (String name : generations) {
      String path = tables.shards() + "/" + name + "/manifest.json";
      String manifest = read(path);
      if (manifest.isEmpty()) {
        manifest = manifest(name, tables.records(job.to()).get(name));
        writeStreams(name);
        write(path, manifest);
      }
      ObjectNode generation = list.addObject();
      generation.put("name", name);
      generation.put("manifest_sha256", Hash.sha256Hex(manifest));
      for (String sum : List.of("sequences", "tokens")) {
        generation.put(sum, parsed(manifest).path(sum).asLong());
      }
      if (!job.groupBy().isEmpty()) {
        generation.set("groups", parsed(manifest).path("groups"));
      }
    }
    String text = corpus.toPrettyString() + "\n";
    write(tables.shards() + "/corpora/" + corpus.path("corpus").asText() + ".json", text);
    write(latest(), text);
  }

  /** The generations that are published already. */
  private List<String> published() {
    List<String> names = new ArrayList<>();
    String latest = read(latest());
    if (!latest.isEmpty()) {
      parsed(latest).path("generations").forEach(g -> names.add(g.path("name").asText()));
    }
    return names;
  }

  private static JsonNode parsed(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String manifest(String run, BatchRecord made) {
    Tokenizer tokenizer = job.tokenizer();
    List<Row> rows = tables.read(job.to(), List.of(run)).orderBy("path").collectAsList();
    ObjectNode manifest = JSON.createObjectNode();
    manifest.put("version", 1);
    manifest.put("generation", run);
    manifest.put("tokenizer", tokenizer.name());
    if (tokenizer instanceof TokenizerFile file) {
      manifest.put("tokenizer_file", vocabulary(file));
      manifest.put("tokenizer_sha256", file.model().sha256());
    }
    manifest.put("vocabulary_size", tokenizer.vocabularySize());
    manifest.put("end_of_document", tokenizer.endOfDocument());
    manifest.put("sequence_tokens", job.sequenceTokens());
    manifest.put("seed", job.seed());
    if (!job.objectives().tracks().isEmpty()) {
      ArrayNode tracks = manifest.putArray("tracks");
      job.objectives().tracks().forEach(track -> tracks.add(track.column()));
    }
    List<String> sums = List.of("sequences", "tokens", "padding");
    SortedMap<String, Long> sum = new TreeMap<>();
    SortedMap<String, SortedMap<String, Long>> groups = new TreeMap<>();
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
      String group = job.groupBy().isEmpty() ? "" : row.getAs("groupName");
      if (!group.isEmpty()) {
        shard.put("group", group);
      }
      if (row.getAs("format").equals(job.formats().get(0)) && counted.add(row.getAs("shard"))) {
        SortedMap<String, Long> its = groups.computeIfAbsent(group, g -> new TreeMap<>());
        for (String name : sums) {
          sum.merge(name, row.getAs(name), Long::sum);
          its.merge(name, row.getAs(name), Long::sum);
        }
      }
    }
    sums.forEach(name -> manifest.put(name, sum.getOrDefault(name, 0L)));
    if (!job.groupBy().isEmpty()) {
      job.groupBy().forEach(manifest.putArray("group_by")::add);
      ArrayNode list = manifest.putArray("groups");
      groups.forEach(
          (name, its) -> {
            ObjectNode group = list.addObject().put("name", name);
            its.forEach(group::put);
          });
    }
    manifest.set("shards", shards);
    ObjectNode facts = manifest.putObject("facts");
    made.made().facts().forEach(facts::put);
    ObjectNode inputs = manifest.putObject("inputs");
    made.made().inputs().forEach(inputs::put);
    return manifest.toPrettyString() + "\n";
  }

  /** What {@code StreamingDataset} opens a generation by: the lists of its shards as one. */
  private void writeStreams(String generation) {
    if (!job.formats().contains(MDS)) {
      return;
    }
    ArrayNode shards = JSON.createArrayNode();
    for (Row row :
        tables
            .read(job.to(), List.of(generation))
            .where("format = '" + MDS + "' AND path LIKE '%/index.json'")
            .orderBy("path")
            .collectAsList()) {
      String path = row.getAs("path");
      String folder = path.substring(MDS.length() + 1, path.lastIndexOf('/') + 1);
      for (JsonNode shard : parsed(read(below(generation, path))).path("shards")) {
        ObjectNode raw = (ObjectNode) shard.path("raw_data");
        raw.put("basename", folder + raw.path("basename").asText());
        shards.add(shard);
      }
    }
    ObjectNode index = JSON.createObjectNode();
    index.set("shards", shards);
    index.put("version", 2);
    write(below(generation, MDS + "/index.json"), index.toPrettyString() + "\n");
  }

  private String below(String generation, String path) {
    return tables.shards() + "/" + generation + "/" + path;
  }

  /** Keeps a copy of a tokenizer's file beside the shards, by whose content it is named. */
  private String vocabulary(TokenizerFile file) {
    String path = "tokenizers/" + file.model().sha256().substring(0, 16) + "/" + file.name();
    Path target = new Path(tables.shards(), path);
    try {
      if (!tables.fileSystem().exists(target)) {
        tables.checkGuard();
        Uploads.replace(tables.fileSystem(), target, file.model().bytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return path;
  }

  /** What a small file says; nothing if there is none. */
  private String read(String path) {
    try {
      FileSystem files = tables.fileSystem();
      if (!files.exists(new Path(path))) {
        return "";
      }
      try (var in = files.open(new Path(path))) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a small file in one step, unless it says the same already. */
  private void write(String path, String content) {
    if (read(path).equals(content)) {
      return;
    }
    tables.checkGuard();
    try {
      Uploads.replace(
          tables.fileSystem(), new Path(path), content.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
