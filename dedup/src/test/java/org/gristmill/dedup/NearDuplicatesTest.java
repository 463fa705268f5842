package org.gristmill.dedup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.gristmill.core.Hash;
import org.gristmill.core.Text;
import org.gristmill.testing.RealFiles;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Against the exact similarity of real texts, from a list of all pairs of at least 0.2. One pair in
 * three is taken, by a hash of its names; {@code -Dsweep=all} takes all.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NearDuplicatesTest {
  private static final int SEEDS = 30;
  private static final int ONE_IN = System.getProperty("sweep", "").equals("all") ? 1 : 3;
  private static final int ROWS = MinHash.DEFAULT.rows();

  private record Pair(Shingles a, Shingles b, double truth) {}

  private final Map<String, Shingles> shingles = new HashMap<>();

  private final Map<Shingles, byte[]> exact = new IdentityHashMap<>();

  private List<Pair> pairs(String name) throws IOException {
    Path folder = RealFiles.path("neardup/" + name);
    List<Pair> pairs = new ArrayList<>();
    int all = 0;
    for (String line : Files.readAllLines(folder.resolve("exact-jaccard-word5.tsv"))) {
      if (!line.startsWith("#")) {
        all++;
        String[] fields = line.split("\t");
        if (Hash.range(Hash.xx64(1, fields[0] + " " + fields[1]), ONE_IN) > 0) {
          continue;
        }
        double truth = Double.parseDouble(fields[2]);
        pairs.add(new Pair(shingles(folder, fields[0]), shingles(folder, fields[1]), truth));
      }
    }
    assertTrue(all > 4_000, "pairs: " + all);
    return pairs;
  }

  private Shingles shingles(Path folder, String name) {
    return shingles.computeIfAbsent(
        folder + " " + name,
        n -> {
          try {
            Path file = folder.resolve("text/" + name + ".txt");
            return Shingles.of(Text.of(Files.readAllBytes(file)), 5);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** The list's words are not quite ours: it cuts at apostrophes and keeps accents. */
  @ParameterizedTest
  @ValueSource(strings = {"licenses", "debian-copyright"})
  void similaritiesAreTheTrueOnes(String name) throws IOException {
    double error = 0;
    List<Pair> pairs = pairs(name);
    for (Pair pair : pairs) {
      byte[] a = exact.computeIfAbsent(pair.a, its -> ShingleSet.encode(its.exact()));
      byte[] b = exact.computeIfAbsent(pair.b, its -> ShingleSet.encode(its.exact()));
      error += Math.abs(ShingleSet.similarity(a, b) - pair.truth);
    }
    assertTrue(error / pairs.size() < 0.01, "mean absolute error " + error / pairs.size());
  }

  /** Chinese texts in which some characters are others: of a hundred two, then five. */
  @ParameterizedTest
  @CsvSource({"2, 0.99", "5, 0.9"})
  void editedChineseTextsAreFound(int percent, double least) throws IOException {
    String novel = Files.readString(RealFiles.path("books/text/zh-classics/红楼梦.edition-A.txt"));
    int parts = 120;
    int length = 2_000;
    int found = 0;
    for (int part = 0; part < parts; part++) {
      StringBuilder edited = new StringBuilder(novel.substring(part * length, (part + 1) * length));
      Signature before = MinHash.DEFAULT.signature(Text.of(edited.toString()));
      for (int i = 0; i < length; i++) {
        long chance = Hash.mix(1_000L * length * percent + (long) part * length + i);
        if (Long.remainderUnsigned(chance, 100) < percent) {
          edited.setCharAt(i, (char) (0x4E00 + Long.remainderUnsigned(chance >>> 20, 3_000)));
        }
      }
      Signature after = MinHash.DEFAULT.signature(Text.of(edited.toString()));
      double similarity = ShingleSet.similarity(before.shingles(), after.shingles());
      found += MinHashTest.meet(before.bands(), after.bands()) && similarity >= 0.7 ? 1 : 0;
    }
    assertTrue(found >= least * parts, "found " + found);
  }

  /**
   * Over many seeds, real pairs share a band as often as the curve says, but for what chance
   * allows.
   */
  @ParameterizedTest
  @ValueSource(strings = {"licenses", "debian-copyright"})
  void realPairsMeetAsTheCurveSays(String name) throws IOException {
    double expected = 0;
    List<Pair> near = new ArrayList<>();
    Map<Shingles, byte[]> folded = new IdentityHashMap<>();
    for (Pair pair : pairs(name)) {
      byte[] a = folded.computeIfAbsent(pair.a, its -> ShingleSet.encode(its.folded()));
      byte[] b = folded.computeIfAbsent(pair.b, its -> ShingleSet.encode(its.folded()));
      double similarity = ShingleSet.similarity(a, b);
      if (similarity >= 0.55 && similarity < 0.9) {
        near.add(pair);
        expected += 1 - Math.pow(1 - Math.pow(similarity, ROWS), 14);
      }
    }
    double sum = 0;
    double squares = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      MinHash minHash = new MinHash(5, 14, ROWS, seed, 1, true);
      Map<Shingles, long[]> bands = new IdentityHashMap<>();
      int met = 0;
      for (Pair pair : near) {
        for (Shingles its : List.of(pair.a, pair.b)) {
          bands.computeIfAbsent(its, s -> minHash.bandHashes(minHash.sign(s.folded())));
        }
        met += MinHashTest.meet(bands.get(pair.a), bands.get(pair.b)) ? 1 : 0;
      }
      sum += met;
      squares += (double) met * met;
    }
    double mean = sum / SEEDS;
    double error = Math.sqrt((squares / SEEDS - mean * mean) / (SEEDS - 1));
    assertEquals(expected, mean, 3 * error);
    assertTrue(error < 0.05 * expected, "mean " + mean + ", standard error " + error);
  }
}
