package org.gristmill.dedup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.gristmill.core.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShingleSetTest {

  private static long[] hashes(int seed, int from, int to) {
    return LongStream.range(from, to).map(i -> Hash.mix(seed * 1_000_003L + i + 1)).toArray();
  }

  /** The similarity of two ranges of numbers, and so of their hashes, which are all different. */
  private static double truth(int from, int to, int otherFrom, int otherTo) {
    int common = Math.max(0, Math.min(to, otherTo) - Math.max(from, otherFrom));
    return (double) common / (to - from + otherTo - otherFrom - common);
  }

  private static double similarity(long[] a, long[] b) {
    byte[] x = ShingleSet.encode(a);
    byte[] y = ShingleSet.encode(b);
    double similarity = ShingleSet.similarity(x, y);
    assertEquals(similarity, ShingleSet.similarity(y, x));
    return similarity;
  }

  /** Sets of every size, of like and unlike sizes, far apart and close, with repetitions. */
  @Test
  void similarityIsTheTrueOne() {
    double sum = 0;
    int sets = 0;
    for (int n : new int[] {1, 2, 3, 7, 50, 300, 2_000, 16_000}) {
      for (int m : new int[] {1, 5, 49, 400, 2_100, 15_000}) {
        for (int from : new int[] {0, 1, n / 10, n / 3, n - 1, n, 2 * n}) {
          long[] a = hashes(n + m, 0, n);
          long[] b = hashes(n + m, from, from + m);
          long[] twice = Arrays.copyOf(a, 2 * n);
          System.arraycopy(a, 0, twice, n, n);
          double truth = truth(0, n, from, from + m);
          double error = similarity(twice, b) - truth;
          assertTrue(Math.abs(error) <= 0.002, n + " " + m + " " + from + ": " + error);
          sum += Math.abs(error);
          sets++;
        }
      }
    }
    assertTrue(sum / sets < 0.0001, "mean error " + sum / sets);
  }

  @ParameterizedTest
  @CsvSource({"0.3", "0.7", "0.95"})
  void ofLongTextsItIsAGoodEstimate(double similarity) {
    int union = 100_000;
    int common = (int) (similarity * union);
    double squares = 0;
    for (int seed = 0; seed < 10; seed++) {
      int to = (common + union) / 2;
      int from = (union - common) / 2;
      double error =
          similarity(hashes(seed, 0, to), hashes(seed, from, union)) - truth(0, to, from, union);
      squares += error * error;
    }
    assertTrue(Math.sqrt(squares / 10) < 0.005, "root mean square " + Math.sqrt(squares / 10));
  }

  /** A sample against a whole set, and two samples of which one says less. */
  @Test
  void samplesMeetWholeSets() {
    long[] all = hashes(3, 0, 40_000);
    assertEquals(0.375, similarity(all, hashes(3, 0, 15_000)), 0.02);
    assertEquals(0.5, similarity(all, hashes(3, 20_000, 40_000)), 0.02);
    assertEquals(0, similarity(all, hashes(4, 0, 30_000)), 0.001);
    assertEquals(1, similarity(all, all));
    assertEquals(ShingleSet.MOST, ShingleSet.decode(ShingleSet.encode(all)).size(), 10);
  }

  @Test
  void theEmptySetIsLikeNothing() {
    assertEquals(0, ShingleSet.encode(new long[0]).length);
    assertEquals(0, similarity(new long[0], new long[0]));
    assertEquals(0, similarity(new long[0], new long[] {1}));
    assertEquals(0, ShingleSet.decode(new byte[0]).size());
  }

  @Test
  void extremesAreHashesToo() {
    long[] extremes = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1, -2};
    assertEquals(1, similarity(extremes, extremes));
    assertEquals(4, ShingleSet.decode(ShingleSet.encode(extremes)).size(), "leading bits");
  }

  @Test
  void aShingleTakesAboutTwoBytes() {
    for (int n : new int[] {100, 1_000, 10_000}) {
      int bytes = ShingleSet.encode(hashes(7, 0, n)).length;
      assertTrue(bytes < 30 + 2 * n, n + " in " + bytes);
    }
  }

  @Test
  void foreignBytesAreRefused() {
    byte[] good = ShingleSet.encode(hashes(1, 0, 100));
    assertThrows(UncheckedIOException.class, () -> ShingleSet.decode(new byte[] {5, 1}));
    assertThrows(UncheckedIOException.class, () -> ShingleSet.decode(new byte[13]));
    byte[] cut = Arrays.copyOf(good, good.length - 20);
    assertThrows(UncheckedIOException.class, () -> ShingleSet.decode(cut));
    byte[] longer = Arrays.copyOf(good, good.length + 2);
    assertThrows(UncheckedIOException.class, () -> ShingleSet.decode(longer));
  }
}
