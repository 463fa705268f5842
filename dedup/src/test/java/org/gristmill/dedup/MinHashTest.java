package org.gristmill.dedup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.gristmill.core.Hash;
import org.gristmill.core.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MinHashTest {
  private static final MinHash MIN_HASH = new MinHash(5, 14, 8, 1, 10, false);
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
    int[] signature = MIN_HASH.sign(Shingles.of(Text.of(FOX), 5).folded());
    assertEquals(112, signature.length);
    int[] first = {-1738095659, -1344015989, -2098424010};
    assertArrayEquals(first, Arrays.copyOf(signature, 3));
    assertEquals(436180796, Arrays.hashCode(signature));
    assertEquals(-5701387082551154034L, LongStream.of(MIN_HASH.bandHashes(signature)).sum());
  }

  /** The definition, slot by slot, as against the fast loop. */
  @Test
  void sameAsTheDefinition() {
    MinHash minHash = new MinHash(2, 3, 5, -9, 1, true);
    int[] signature = minHash.sign(Shingles.of(Text.of(FOX), 2).folded());
    long[] shingles = Shingles.of(Text.of(FOX), 2).folded();
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
    MinHash words = new MinHash(1, 14, 8, 1, 1, true);
    Signature once = words.signature(Text.of(text));
    Signature often = words.signature(Text.of(text.repeat(3)));
    assertArrayEquals(once.bands(), often.bands());
    assertEquals(1, ShingleSet.similarity(once.shingles(), often.shingles()));
  }

  @Test
  void chineseNearDuplicatesAreNear() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      text.appendCodePoint(0x4E00 + (int) Long.remainderUnsigned(Hash.mix(i + 1), 3_000));
    }
    Signature original = MIN_HASH.signature(Text.of(text.toString()));
    Signature edited = MIN_HASH.signature(Text.of(text.replace(200, 203, "新的字").toString()));
    Signature other = MIN_HASH.signature(Text.of(text.reverse().toString()));
    assertTrue(meet(original.bands(), edited.bands()));
    double truth = (399 - 4.0) / (399 + 4);
    assertEquals(truth, ShingleSet.similarity(original.shingles(), edited.shingles()), 0.001);
    assertEquals(0, ShingleSet.similarity(original.shingles(), other.shingles()), 0.001);
  }

  @Test
  void shortTextsAreLikeNothing() {
    String nine = "one two three four five six seven eight nine";
    for (String text : List.of("", "... !", "1", "$ 5", "555-0100", nine, "今天天气很好吗你")) {
      assertEquals(Signature.NONE, MIN_HASH.signature(Text.of(text)), text);
    }
    assertEquals(14, MIN_HASH.signature(Text.of(nine + " ten")).bands().length);
    assertEquals(0, new MinHash(11, 14, 8, 1, 1, true).signature(Text.of(nine)).bands().length);
    byte[] none = Signature.NONE.shingles();
    assertEquals(0, ShingleSet.similarity(none, none));
    assertEquals(0, MinHash.similarity(new int[0], new int[0]));
  }

  @Test
  void textsThatDifferInTheirNumbersMeetButAreNotAlike() {
    StringBuilder one = new StringBuilder();
    StringBuilder two = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      one.append("Item ").append(100 + i).append(" costs ").append(3 * i + 10).append(" euros. ");
      two.append("Item ").append(500 + i).append(" costs ").append(2 * i + 30).append(" euros. ");
    }
    Signature a = MIN_HASH.signature(Text.of(one.toString()));
    Signature b = MIN_HASH.signature(Text.of(two.toString()));
    assertArrayEquals(a.bands(), b.bands());
    assertTrue(ShingleSet.similarity(a.shingles(), b.shingles()) < 0.1);
    MinHash folding = new MinHash(5, 14, 8, 1, 10, true);
    Signature c = folding.signature(Text.of(one.toString()));
    Signature d = folding.signature(Text.of(two.toString()));
    assertEquals(1, ShingleSet.similarity(c.shingles(), d.shingles()));
  }

  @Test
  void refusesBadSettingsAndForeignSignatures() {
    for (int bad : new int[] {0, -1, 1_001}) {
      assertThrows(IllegalArgumentException.class, () -> new MinHash(bad, 14, 8, 1, 10, false));
      assertThrows(IllegalArgumentException.class, () -> new MinHash(5, bad, 8, 1, 10, false));
      assertThrows(IllegalArgumentException.class, () -> new MinHash(5, 14, bad, 1, 10, false));
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
