package org.gristmill.jobs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.gristmill.jobs.cli.Exit;
import org.gristmill.jobs.run.Sessions;
import org.gristmill.jobs.table.Tables;
import org.gristmill.testing.RealFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clusters of real licence texts against the Jaccard similarity of all their pairs. */
class NearDuplicatesTest {
  @TempDir Path folder;

  @Test
  void clustersFollowTheTrueSimilarity() throws Exception {
    Path licences = RealFiles.path("neardup/licenses");
    Path conf = folder.resolve("licences.conf");
    Path root = folder.resolve("root");
    Files.writeString(
        conf,
        """
        name = licences
        root = "%s"
        steps = [
          { job = ingest, source = code, from = "%s/text" }
          { job = filter, filters = [] }
          { job = sign }
          { job = cluster, minSimilarity = 0.7 }
        ]
        """
            .formatted(root, licences));
    Fixtures.Printed run = Fixtures.gristmill("run", conf.toString());
    assertTrue(run.code() == Exit.DONE, run.err());

    Map<String, String> clusters = new HashMap<>();
    List<String[]> matches = new ArrayList<>();
    try (SparkSession spark = Sessions.start("near", Map.of())) {
      Tables tables =
          new Tables(
              () -> spark, spark.sparkContext().hadoopConfiguration(), root.toString(), () -> {});
      Map<String, String> names = new HashMap<>();
      for (Row row : tables.read("judged").select("id", "url").collectAsList()) {
        names.put(row.getString(0), row.getString(1).replace("text/", "").replace(".txt", ""));
      }
      for (Row row : tables.read("clusters").select("id", "keeper", "match").collectAsList()) {
        clusters.put(names.get(row.getString(0)), row.getString(1));
        clusters.put(names.get(row.getString(1)), row.getString(1));
        matches.add(new String[] {names.get(row.getString(0)), names.get(row.getString(2))});
      }
      check(licences.resolve("exact-jaccard-word5.tsv"), names, clusters, matches);
    }
  }

  private static void check(
      Path truth, Map<String, String> names, Map<String, String> clusters, List<String[]> matches)
      throws Exception {
    Map<String, Double> similarity = new HashMap<>();
    int similar = 0;
    int together = 0;
    for (String line : Files.readAllLines(truth)) {
      String[] pair = line.split("\t");
      if (line.startsWith("#") || !names.values().containsAll(List.of(pair[0], pair[1]))) {
        continue;
      }
      double jaccard = Double.parseDouble(pair[2]);
      similarity.put(pair[0] + "\t" + pair[1], jaccard);
      similarity.put(pair[1] + "\t" + pair[0], jaccard);
      if (jaccard >= 0.8) {
        similar++;
        String cluster = clusters.get(pair[0]);
        together += cluster != null && cluster.equals(clusters.get(pair[1])) ? 1 : 0;
      }
    }
    long wrong =
        matches.stream()
            .filter(m -> similarity.getOrDefault(m[0] + "\t" + m[1], 0.0) < 0.5)
            .count();
    System.out.printf(
        Locale.ROOT,
        "%d of %d pairs of similarity 0.8 or more are together; %d of %d matches below 0.5%n",
        together,
        similar,
        wrong,
        matches.size());
    assertTrue(similar > 300, () -> "few pairs: the names do not fit");
    assertTrue(together >= 0.98 * similar);
    assertTrue(wrong <= 0.01 * matches.size());
  }
}
