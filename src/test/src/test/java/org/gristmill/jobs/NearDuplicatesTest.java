package org.gristmill.jobs;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.gristmill.jobs.cli.Exit;
import org.gristmill.jobs.run.Sessions;
import org.gristmill.jobs.table.Tables;
import org.gristmill.testing.RealFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is dropped of real licence texts, against the Jaccard similarity of all their pairs. */
class NearDuplicatesTest {
  @TempDir Path folder;

  @Test
  void whoeverIsDroppedIsSimilarToItsKeeper() throws Exception {
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

    List<String[]> dropped = new ArrayList<>();
    try (SparkSession spark = Sessions.start("near", Map.of())) {
      Tables tables =
          new Tables(
              () -> spark, spark.sparkContext().hadoopConfiguration(), root.toString(), () -> {});
      Map<String, String> names = new HashMap<>();
      for (Row row : tables.read("judged").select("id", "url").collectAsList()) {
        names.put(row.getString(0), row.getString(1).replace("text/", "").replace(".txt", ""));
      }
      for (Row row : tables.read("clusters").select("id", "keeper").collectAsList()) {
        dropped.add(new String[] {names.get(row.getString(0)), names.get(row.getString(1))});
      }
      check(licences.resolve("exact-jaccard-word5.tsv"), names.values(), dropped);
    }
  }

  private static void check(Path truth, Collection<String> names, List<String[]> dropped)
      throws Exception {
    Set<String> gone = new HashSet<>();
    dropped.forEach(pair -> gone.add(pair[0]));
    Map<String, Double> similarity = new HashMap<>();
    int similar = 0;
    int both = 0;
    for (String line : Files.readAllLines(truth)) {
      String[] pair = line.split("\t");
      if (line.startsWith("#") || !names.containsAll(List.of(pair[0], pair[1]))) {
        continue;
      }
      double jaccard = Double.parseDouble(pair[2]);
      similarity.put(pair[0] + "\t" + pair[1], jaccard);
      similarity.put(pair[1] + "\t" + pair[0], jaccard);
      if (jaccard >= 0.8) {
        similar++;
        both += gone.contains(pair[0]) || gone.contains(pair[1]) ? 0 : 1;
      }
    }
    double least = 1;
    for (String[] pair : dropped) {
      if (!pair[0].startsWith("mulanpsl")) { // Chinese: the list has words of whole sentences
        least = Math.min(least, similarity.getOrDefault(pair[0] + "\t" + pair[1], 0.0));
      }
      assertFalse(gone.contains(pair[1]), pair[1] + " is a keeper and dropped");
    }
    System.out.printf(
        Locale.ROOT,
        "%d dropped, each of a similarity of at least %.3f to its keeper; of %d pairs of 0.8 or"
            + " more, both stayed of %d%n",
        dropped.size(),
        least,
        similar,
        both);
    assertTrue(similar > 300, () -> "few pairs: the names do not fit");
    assertTrue(least > 0.68, "the list cuts words at apostrophes");
    assertTrue(both <= 0.01 * similar);
  }
}
