package org.gristmill.dedup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.gristmill.core.Hash;
import org.gristmill.core.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MinHashTest {
  private static final MinHash MIN_HASH = MinHash.DEFAULT;
  private static final String FOX =
      "The quick brown fox jumps over the lazy dog while 12 cats look on from the old wall.";

  /** 1,500 pairs of sets for each similarity: mean and spread of the estimate. */
  @ParameterizedTest
  @CsvSource({"0.1, 100", "0.5, 30", "0.5, 300", "0.8, 100", "0.8, 1000", "0.95, 200"})
  void estimateIsUnbiasedWithBinomialSpread(double similarity, int union) {
    int pairs = 1_500;
    int common = (int) Math.round(similarity * union);
    double truth = (double) common / union;
    double sum = 0;
    double squares = 0;
    for (int pair = 0; pair < pairs; pair++) {
      int[][] signatures = planted(pair, common, union);
      double error = MinHash.similarity(signatures[0], signatures[1]) - truth;
      sum += error;
      squares += error * error;
    }
    double variance = truth * (1 - truth) / (MIN_HASH.bands() * MIN_HASH.rows());
    assertEquals(0, sum / pairs, 4 * Math.sqrt(variance / pairs));
    assertEquals(1, squares / pairs / variance, 0.2);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9})
  void bandsMeetAsTheCurveSays(double similarity) {
    int pairs = 6_000;
    int union = 200;
    int common = (int) Math.round(similarity * union);
    int met = 0;
    for (int pair = 0; pair < pairs; pair++) {
      int[][] signatures = planted(pair, common, union);
      met += meet(MIN_HASH.bandHashes(signatures[0]), MIN_HASH.bandHashes(signatures[1])) ? 1 : 0;
    }
    double truth = (double) common / union;
    double curve = 1 - Math.pow(1 - Math.pow(truth, MIN_HASH.rows()), MIN_HASH.bands());
    assertEquals(curve, (double) met / pairs, 0.02);
  }

  @Test
  void bandHashesTellBandsApart() {
    int[] signature = new int[MIN_HASH.bands() * MIN_HASH.rows()];
    long[] hashes = MIN_HASH.bandHashes(signature);
    assertEquals(MIN_HASH.bands(), Arrays.stream(hashes).distinct().count());
    signature[8] = 1;
    long[] changed = MIN_HASH.bandHashes(signature);
    for (int band = 0; band < hashes.length; band++) {
      assertEquals(band != 1, hashes[band] == changed[band]);
    }
    int[] swapped = signature.clone();
    swapped[8] = 0;
    swapped[9] = 1;
    assertTrue(MIN_HASH.bandHashes(swapped)[1] != changed[1]);
  }

  /** Stored signatures must stay comparable: these bits may never change. */
  @Test
  void bitsStayAsTheyAre() {
    int[] signature = MIN_HASH.sign(Text.of(FOX));
    assertEquals(112, signature.length);
    int[] first = {-1738095659, -1344015989, -2098424010};
    assertArrayEquals(first, Arrays.copyOf(signature, 3));
    assertEquals(436180796, Arrays.hashCode(signature));
    assertEquals(-5701387082551154034L, LongStream.of(MIN_HASH.bandHashes(signature)).sum());
  }

  /** The definition, slot by slot, as against the fast loop. */
  @Test
  void sameAsTheDefinition() {
    MinHash minHash = new MinHash(2, 3, 5, -9);
    int[] signature = minHash.sign(Text.of(FOX));
    long[] shingles = Shingles.of(Text.of(FOX), 2);
    for (int i = 0; i < signature.length; i++) {
      long random = Hash.mix(Hash.mix(-9) + i + 1);
      int least =
          Arrays.stream(shingles)
              .mapToInt(s -> ((int) random | 1) * (int) Hash.mix(s ^ -9) + (int) (random >> 32))
              .min()
              .orElseThrow();
      assertEquals(least, signature[i]);
    }
  }

  @Test
  void repetitionsDoNotCount() {
    String text = "one two three four five six seven ";
    MinHash words = new MinHash(1, 14, 8, 1);
    assertArrayEquals(words.sign(Text.of(text)), words.sign(Text.of(text.repeat(3))));
  }

  @Test
  void chineseNearDuplicatesAreNear() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      text.appendCodePoint(0x4E00 + (int) Long.remainderUnsigned(Hash.mix(i + 1), 3_000));
    }
    Text original = Text.of(text.toString());
    Text edited = Text.of(text.replace(200, 203, "新的字").toString());
    Text other = Text.of(text.reverse().toString());
    int[] signature = MIN_HASH.sign(original);
    double truth = (396 - 7.0) / (396 + 7);
    assertEquals(truth, MinHash.similarity(signature, MIN_HASH.sign(edited)), 0.08);
    assertEquals(0, MinHash.similarity(signature, MIN_HASH.sign(other)), 0.05);
  }

  @Test
  void textsWithoutWordsAreLikeNothing() {
    int[] none = MIN_HASH.sign(Text.of("... !"));
    assertEquals(0, none.length);
    assertEquals(0, MIN_HASH.bandHashes(none).length);
    assertEquals(0, MinHash.similarity(none, none));
    assertEquals(0, MinHash.similarity(none, MIN_HASH.sign(Text.of("a"))));
    assertEquals(1, MinHash.similarity(MIN_HASH.sign(Text.of("A")), MIN_HASH.sign(Text.of("a"))));
  }

  @Test
  void refusesBadSettingsAndForeignSignatures() {
    for (int bad : new int[] {0, -1, 1_001}) {
      assertThrows(IllegalArgumentException.class, () -> new MinHash(bad, 14, 8, 1));
      assertThrows(IllegalArgumentException.class, () -> new MinHash(5, bad, 8, 1));
      assertThrows(IllegalArgumentException.class, () -> new MinHash(5, 14, bad, 1));
    }
    assertThrows(IllegalArgumentException.class, () -> MIN_HASH.bandHashes(new int[3]));
    assertThrows(
        IllegalArgumentException.class, () -> MinHash.similarity(new int[3], new int[112]));
  }

  static boolean meet(long[] a, long[] b) {
    for (int i = 0; i < a.length; i++) {
      if (a[i] == b[i]) {
        return true;
      }
    }
    return false;
  }

  /** Signatures of two sets with so many hashes in common, the others shared out evenly. */
  private static int[][] planted(int pair, int common, int union) {
    long[] hashes =
        LongStream.range(0, union).map(i -> Hash.mix(pair * 1_000_003L + i + 1)).toArray();
    int half = (common + union) / 2;
    long[] a = Arrays.copyOf(hashes, half);
    long[] b = Arrays.copyOf(hashes, common + union - half);
    System.arraycopy(hashes, half, b, common, union - half);
    return new int[][] {MIN_HASH.sign(a), MIN_HASH.sign(b)};
  }
}
