package org.gristmill.tokenize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.gristmill.core.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BestFitTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 63, 64, 65, 100, 127, 128, 1_000, 4_095, 4_096, 5_000, 300_000})
  void sameBinsAsThePlainWay(int capacity) {
    for (int n : new int[] {0, 1, 2, 10, 700}) {
      for (int most : new int[] {1, capacity / 10 + 1, capacity / 2 + 1, capacity}) {
        int[] lengths = new int[n];
        for (int i = 0; i < n; i++) {
          lengths[i] = 1 + (int) Long.remainderUnsigned(Hash.xx64(n, most + "," + i), most);
          lengths[i] = Math.min(lengths[i], capacity);
        }
        int[][] plain = plain(lengths, capacity);
        int[][] packed = BestFit.pack(lengths, capacity);
        assertTrue(Arrays.deepEquals(plain, packed), n + " pieces of up to " + most);
        int[] binOf = new int[n];
        for (int bin = 0; bin < plain.length; bin++) {
          for (int piece : plain[bin]) {
            binOf[piece] = bin;
          }
        }
        assertArrayEquals(binOf, BestFit.plan(lengths, capacity));
      }
    }
  }

  @Test
  void fullestBinFirst() {
    int[][] bins = BestFit.pack(new int[] {3, 6, 4, 7, 2, 3}, 10);
    assertArrayEquals(new int[][] {{3, 0}, {1, 2}, {5, 4}}, bins);
  }

  @Test
  void logNormalLengthsLeaveAlmostNoPadding() {
    int[] lengths = logNormal(200_000, 2_048);
    int[][] bins = BestFit.pack(lengths, 2_048);
    long tokens = Arrays.stream(lengths).asLongStream().sum();
    double efficiency = tokens / (2_048.0 * bins.length);
    assertTrue(efficiency > 0.9995, "efficiency " + efficiency);
  }

  @Test
  void refusesWhatCannotFit() {
    assertThrows(IllegalArgumentException.class, () -> BestFit.pack(new int[] {11}, 10));
    assertThrows(IllegalArgumentException.class, () -> BestFit.pack(new int[] {0}, 10));
    assertThrows(IllegalArgumentException.class, () -> BestFit.pack(new int[] {}, 0));
    assertEquals(0, BestFit.pack(new int[] {}, 1).length);
  }

  /** Lengths with a median of 446, those above the capacity cut down to it. */
  static int[] logNormal(int n, int capacity) {
    int[] lengths = new int[n];
    for (int i = 0; i < n; i++) {
      double normal = -6;
      for (int j = 0; j < 12; j++) {
        normal += (Hash.xx64(j, "length" + i) >>> 11) * 0x1p-53;
      }
      lengths[i] = (int) Math.max(1, Math.min(capacity, 446 * Math.exp(1.15 * normal)));
    }
    return lengths;
  }

  /** Looks at every bin for every piece; of the fullest that fit, the one filled last. */
  private static int[][] plain(int[] lengths, int capacity) {
    int[] order =
        IntStream.range(0, lengths.length)
            .boxed()
            .sorted(Comparator.comparingInt(i -> -lengths[i]))
            .mapToInt(i -> i)
            .toArray();
    List<List<Integer>> bins = new ArrayList<>();
    List<Integer> left = new ArrayList<>();
    List<Integer> filled = new ArrayList<>();
    for (int step = 0; step < order.length; step++) {
      int length = lengths[order[step]];
      int best = -1;
      for (int bin = 0; bin < bins.size(); bin++) {
        if (left.get(bin) >= length
            && (best < 0
                || left.get(bin) < left.get(best)
                || left.get(bin).equals(left.get(best)) && filled.get(bin) > filled.get(best))) {
          best = bin;
        }
      }
      if (best < 0) {
        best = bins.size();
        bins.add(new ArrayList<>());
        left.add(capacity);
        filled.add(step);
      }
      bins.get(best).add(order[step]);
      left.set(best, left.get(best) - length);
      filled.set(best, step);
    }
    return bins.stream().map(bin -> bin.stream().mapToInt(i -> i).toArray()).toArray(int[][]::new);
  }
}
