package org.gristmill.dedup;

import java.io.Serializable;
import java.util.Arrays;
import org.gristmill.core.Block;
import org.gristmill.core.Bounds;
import org.gristmill.core.Hash;
import org.gristmill.core.Setting;
import org.gristmill.core.Text;

/**
 * MinHash signatures and the band hashes under which near duplicates meet.
 *
 * <p>Slot i of a signature is the least a_i x + b_i modulo 2^32 (as a signed number) over the
 * shingles x of the text, every shingle mixed to 32 even bits first and every a_i odd, so that each
 * slot orders all shingles in another way. Two signatures agree in a slot with a probability of the
 * Jaccard similarity s of their shingle sets; with n slots the estimate's standard error is {@code
 * sqrt(s (1 - s) / n)}. Two texts share a band with probability {@code 1 - (1 - s^rows)^bands}.
 *
 * <p>Same settings, same text: same bits on any machine.
 *
 * @param shingleWords words in a shingle, from 1 to 100: see {@link Shingles}
 * @param bands from 1 to 1,000
 * @param rows slots in a band, from 1 to 1,000
 * @param seed of the orders
 * @param minWords least words of a text that may have near duplicates, from 1 to 1,000,000
 * @param foldDigits whether texts that differ in their digits alone are the same; if not, they
 *     still meet, and their digits count when their similarity is computed
 * @see <a href="https://doi.org/10.1109/SEQUEN.1997.666900">Broder 1997, On the resemblance and
 *     containment of documents</a>
 */
@Block(
    does = "Signs a text so that near duplicates meet under equal band hashes.",
    version = 2,
    libraries = {"icu", "lucene"})
public record MinHash(
    @Setting(does = "Words in a shingle.", unit = "words", min = 1, max = 100) int shingleWords,
    @Setting(does = "Bands in a signature.", unit = "bands", min = 1, max = 1000) int bands,
    @Setting(does = "Slots in a band.", unit = "slots", min = 1, max = 1000) int rows,
    @Setting(does = "Seed of the orders.") long seed,
    @Setting(
            does = "Least words of a text that may have near duplicates.",
            unit = "words",
            min = 1,
            max = 1_000_000)
        int minWords,
    @Setting(does = "Whether texts that differ in their digits alone are near duplicates.")
        boolean foldDigits)
    implements Serializable {
  /**
   * Word 5-grams in 14 bands of 7: of pairs of similarity 0.7 seventy of a hundred meet, at 0.8
   * ninety-six, at 0.5 ten. FineWeb (arXiv 2406.17557) has bands of 8, with 56, 92 and 5: where
   * candidates are verified, more of them cost little and find more.
   */
  public static final MinHash DEFAULT = new MinHash(5, 14, 7, 1, 10, false);

  public MinHash {
    Bounds.between("shingleWords", shingleWords, 1, 100);
    Bounds.between("bands", bands, 1, 1_000);
    Bounds.between("rows", rows, 1, 1_000);
    Bounds.between("minWords", minWords, 1, 1_000_000);
  }

  /** What deduplication keeps of a text. */
  public Signature signature(Text text) {
    Shingles shingles = Shingles.of(text, shingleWords);
    if (shingles.words() < minWords || shingles.folded().length == 0) {
      return Signature.NONE;
    }
    return new Signature(
        bandHashes(sign(shingles.folded())),
        ShingleSet.encode(foldDigits ? shingles.folded() : shingles.exact()));
  }

  /**
   * The slots of a set of hashes, each as likely as any other: {@code bands * rows}, none for the
   * empty set.
   */
  public int[] sign(long[] shingles) {
    if (shingles.length == 0) {
      return new int[0];
    }
    int slots = bands * rows;
    int[] factor = new int[slots];
    int[] summand = new int[slots];
    for (int i = 0; i < slots; i++) {
      long random = Hash.mix(Hash.mix(seed) + i + 1);
      factor[i] = (int) random | 1;
      summand[i] = (int) (random >>> 32);
    }
    int[] least = new int[slots];
    Arrays.fill(least, Integer.MAX_VALUE);
    for (long shingle : shingles) {
      lower(least, factor, summand, (int) Hash.mix(shingle ^ seed));
    }
    return least;
  }

  /** The inner loop, by itself so that the compiler turns it into vector instructions. */
  private static void lower(int[] least, int[] factor, int[] summand, int x) {
    for (int i = 0; i < least.length; i++) {
      least[i] = Math.min(least[i], factor[i] * x + summand[i]);
    }
  }

  /**
   * One hash per band, the number of the band included; none for an empty signature.
   *
   * @throws IllegalArgumentException if the signature is not one of this record's
   */
  public long[] bandHashes(int[] signature) {
    if (signature.length == 0) {
      return new long[0];
    }
    if (signature.length != bands * rows) {
      throw new IllegalArgumentException(
          "signature has " + signature.length + " slots, not " + bands * rows);
    }
    long[] hashes = new long[bands];
    for (int band = 0; band < bands; band++) {
      long hash = Hash.mix(band + 1L);
      for (int i = band * rows; i < (band + 1) * rows; i++) {
        hash = Hash.mix(hash + signature[i] + 1L);
      }
      hashes[band] = hash;
    }
    return hashes;
  }

  /**
   * The estimated Jaccard similarity of two texts, from 0 to 1: the share of equal slots; 0 if
   * either has no words.
   *
   * @throws IllegalArgumentException if the signatures differ in length
   */
  public static double similarity(int[] a, int[] b) {
    if (a.length == 0 || b.length == 0) {
      return 0;
    }
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "signatures have " + a.length + " and " + b.length + " slots");
    }
    int equal = 0;
    for (int i = 0; i < a.length; i++) {
      if (a[i] == b[i]) {
        equal++;
      }
    }
    return (double) equal / a.length;
  }
}
