package org.gristmill.jobs.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.gristmill.core.Hash;
import org.gristmill.core.UserError;
import org.gristmill.tokenize.mix.Group;

/**
 * A corpus as its lists say, without Spark or tables: see {@link Manifest}.
 *
 * @param name of the corpus, or of the only generation
 * @param file the list
 * @param sha256 of it
 * @param sequenceTokens length of every sequence
 * @param groups by name; at least one
 */
public record PublishedCorpus(
    String name, String file, String sha256, int sequenceTokens, List<Group> groups) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public PublishedCorpus {
    groups = List.copyOf(groups);
  }

  /**
   * Reads what was published.
   *
   * @param path a pipeline's root, its shards, one of the lists in them, or a generation
   * @throws UserError if there is none, or if its shards are not kept apart by groups
   */
  public static PublishedCorpus read(String path, Configuration hadoop) {
    try {
      Path given = new Path(path);
      FileSystem files = given.getFileSystem(hadoop);
      Path list =
          (path.endsWith(".json")
                  ? Stream.of(given)
                  : Stream.of("manifest.json", "latest.json", "shards/latest.json")
                      .map(name -> new Path(given, name)))
              .filter(file -> exists(files, file))
              .findFirst()
              .orElseThrow(() -> new UserError(path + ": no corpus is published there"));
      return new Reading(files, list).corpus();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean exists(FileSystem files, Path file) {
    try {
      return files.exists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Reading(FileSystem files, Path list) {
    PublishedCorpus corpus() throws IOException {
      byte[] content = bytes(list);
      JsonNode corpus = JSON.readTree(content);
      List<JsonNode> manifests = new ArrayList<>();
      if (list.getName().equals("manifest.json")) {
        manifests.add(corpus);
      } else {
        Path folder = list.getParent();
        Path shards = folder.getName().equals("corpora") ? folder.getParent() : folder;
        for (JsonNode generation : corpus.path("generations")) {
          Path file = new Path(shards, generation.path("name").asText() + "/manifest.json");
          byte[] its = bytes(file);
          if (!Hash.sha256Hex(its).equals(generation.path("manifest_sha256").asText())) {
            throw new UserError(file + ": is not what " + list + " says");
          }
          manifests.add(JSON.readTree(its));
        }
      }
      if (manifests.isEmpty()) {
        throw new UserError(list + ": the corpus is empty");
      }
      String name = corpus.path("corpus").asText(corpus.path("generation").asText());
      int length = manifests.get(0).path("sequence_tokens").asInt();
      return new PublishedCorpus(
          name, list.toString(), Hash.sha256Hex(content), length, groups(manifests));
    }

    private List<Group> groups(List<JsonNode> manifests) {
      SortedMap<String, long[]> sums = new TreeMap<>();
      for (JsonNode manifest : manifests) {
        if (!manifest.has("groups")) {
          throw new UserError(
              list
                  + ": its sequences are not kept apart by anything: give the pack step groupBy ="
                  + " [source], and run the pipeline again");
        }
        for (JsonNode group : manifest.path("groups")) {
          long[] sum = sums.computeIfAbsent(group.path("name").asText(), n -> new long[2]);
          sum[0] += group.path("sequences").asLong();
          sum[1] += group.path("tokens").asLong();
        }
      }
      return sums.entrySet().stream()
          .map(e -> new Group(e.getKey(), e.getValue()[0], e.getValue()[1]))
          .toList();
    }

    private byte[] bytes(Path file) throws IOException {
      try (var in = files.open(file)) {
        return in.readAllBytes();
      }
    }
  }
}
