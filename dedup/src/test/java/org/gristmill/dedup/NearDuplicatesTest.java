package org.gristmill.dedup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gristmill.core.Text;
import org.gristmill.testing.RealFiles;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the exact similarity of real texts, from a list of all pairs of at least 0.2. */
class NearDuplicatesTest {
  private static final MinHash MIN_HASH = MinHash.DEFAULT;

  private final Map<String, int[]> signatures = new HashMap<>();

  @ParameterizedTest
  @ValueSource(strings = {"licenses", "debian-copyright"})
  void estimatesAndCandidatesAreThoseOfTheTruth(String name) throws IOException {
    Path folder = RealFiles.path("neardup/" + name);
    List<String> lines = Files.readAllLines(folder.resolve("exact-jaccard-word5.tsv"));
    double error = 0;
    int pairs = 0;
    double expected = 0;
    int met = 0;
    int near = 0;
    for (String line : lines) {
      if (line.startsWith("#")) {
        continue;
      }
      String[] fields = line.split("\t");
      double truth = Double.parseDouble(fields[2]);
      int[] a = signature(folder, fields[0]);
      int[] b = signature(folder, fields[1]);
      error += Math.abs(MinHash.similarity(a, b) - truth);
      pairs++;
      if (truth >= 0.8) {
        near++;
        met += MinHashTest.meet(MIN_HASH.bandHashes(a), MIN_HASH.bandHashes(b)) ? 1 : 0;
        expected += 1 - Math.pow(1 - Math.pow(truth, MIN_HASH.rows()), MIN_HASH.bands());
      }
    }
    assertTrue(pairs > 4_000, "pairs: " + pairs);
    assertTrue(error / pairs < 0.04, "mean absolute error " + error / pairs);
    assertEquals(expected / near, (double) met / near, 0.03);
  }

  private int[] signature(Path folder, String name) {
    return signatures.computeIfAbsent(
        name,
        n -> {
          try {
            return MIN_HASH.sign(Text.of(Files.readAllBytes(folder.resolve("text/" + n + ".txt"))));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
