package org.gristmill.dedup.contamination;

import java.io.Serializable;
import java.util.Arrays;
import org.gristmill.core.Block;
import org.gristmill.core.Bounds;
import org.gristmill.core.Hash;
import org.gristmill.core.Setting;
import org.gristmill.core.Text;
import org.gristmill.dedup.spans.SlidingMinimum;

/**
 * So much of a document that it can be asked later, without its text, whether it holds text of a
 * benchmark: hashes of some of its n-grams, chosen by winnowing.
 *
 * <p>Of the hashes of the {@code gram}-grams of {@link Units}, the least in every window of {@code
 * guaranteed - gram + 1} is kept. Who shares {@code guaranteed} units in a row with the document
 * shares a window and so a kept hash: <b>every such document is found</b>. A document that is found
 * shares {@code gram} units in a row with the benchmark, or it is one of about {@code hashes of the
 * document * hashes of the benchmark / 2^bits} that are found by chance; reading the text of those
 * found, and of no others, with {@link NgramIndex} tells.
 *
 * <p>Two of {@code guaranteed - gram + 2} hashes are kept on average. A kept hash takes about
 * {@code bits - log2(hashes of the document) + 1.5} bits: with the defaults and a document of 1,000
 * words 286 hashes of 34 bits each, about 1.2 bytes a word. {@code gram = guaranteed} keeps all.
 *
 * <p>The bytes say by which settings they were made; others are refused.
 *
 * @param guaranteed units in a row that are found for certain, from {@code gram} to 100
 * @param gram units in a row that are found at all, from 1 to 100
 * @param bits of a kept hash, from 24 to 56
 * @see <a href="https://doi.org/10.1145/872757.872770">Schleimer, Wilkerson and Aiken 2003,
 *     Winnowing: Local Algorithms for Document Fingerprinting</a>
 */
@Block(
    does = "Keeps so much of a document that it can be asked about later benchmarks.",
    version = 1,
    libraries = "icu")
public record Fingerprint(
    @Setting(
            does = "Words in a row of a later benchmark that are found for certain.",
            unit = "words",
            min = 1,
            max = 100)
        int guaranteed,
    @Setting(
            does = "Fewer words in a row are not found, but by chance.",
            unit = "words",
            min = 1,
            max = 100)
        int gram,
    @Setting(does = "Bits of a kept hash.", unit = "bits", min = 24, max = 56) int bits)
    implements Serializable {
  /** Finds 13 words in a row, GPT-3's measure, and none below 8, PaLM's. */
  public static final Fingerprint DEFAULT = new Fingerprint(13, 8, 40);

  /** Stands for how texts are cut into units and n-grams are hashed. */
  private static final byte FORMAT = 1;

  public Fingerprint {
    Bounds.between("gram", gram, 1, 100);
    Bounds.between("guaranteed", guaranteed, gram, 100);
    Bounds.between("bits", bits, 24, 56);
  }

  /** The fingerprint of a document. */
  public byte[] of(Text document) {
    return HashSetCode.encode(header(), kept(Units.of(document)), bits);
  }

  /**
   * The kept hashes of a fingerprint.
   *
   * @throws IllegalArgumentException if it was made by other settings, or is damaged
   */
  long[] read(byte[] fingerprint) {
    byte[] header = header();
    int same = Arrays.mismatch(header, fingerprint);
    if (same >= 0 && same < header.length) {
      throw new IllegalArgumentException("a fingerprint that was not made by " + this);
    }
    return HashSetCode.decode(fingerprint, header.length, bits);
  }

  private byte[] header() {
    return new byte[] {FORMAT, (byte) guaranteed, (byte) gram, (byte) bits};
  }

  /** The kept hashes, ascending, each once; of a text with fewer hashes than a window the least. */
  long[] kept(Units units) {
    int count = units.size() - gram + 1;
    if (count < 1) {
      return new long[0];
    }
    Grams grams = new Grams(units);
    long power = Grams.power(gram);
    long[] hashes = new long[count];
    for (int at = 0; at < count; at++) {
      hashes[at] = grams.hash(at, gram, power) ^ Long.MIN_VALUE;
    }
    int window = Math.min(count, guaranteed - gram + 1);
    long[] least = new SlidingMinimum(hashes, window).least();
    return Arrays.stream(least).map(this::stored).sorted().distinct().toArray();
  }

  /** The least of many hashes are small; mixed again, they are even. */
  private long stored(long hash) {
    return Hash.mix(hash) >>> (64 - bits);
  }
}
