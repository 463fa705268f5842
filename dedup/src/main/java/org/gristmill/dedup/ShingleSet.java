package org.gristmill.dedup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.gristmill.dedup.index.Rice;

/**
 * A set of shingles in few bytes, to compute the Jaccard similarity of two texts without the texts.
 *
 * <p>Of each of the {@code n} different shingles it holds the leading bits of its hash, {@code
 * log2(n) + 12} of them and at least 22, as ascending numbers in Rice codes: about 14 bits a
 * shingle. Of a text with more than {@link #MOST} different shingles it holds those with the least
 * hashes: a sample without replacement (bottom-k).
 *
 * <p>Up to {@link #MOST} shingles the similarity is the true one, but for shingles whose leading
 * bits are equal by chance, one of 4,096: that adds at most 0.0003. Above, it is an estimate with a
 * standard error of at most {@code 0.5 / sqrt(MOST)} = 0.004.
 *
 * <p>A byte with the number of bits (and its highest bit set if the set is a sample), the count (4
 * bytes, big-endian), the greatest number (8, big-endian), the others as {@link Rice} codes; no
 * byte at all for the empty set.
 *
 * @see <a href="https://doi.org/10.1145/1281100.1281133">Cohen and Kaplan 2007, Summarizing data
 *     using bottom-k sketches</a>
 */
public final class ShingleSet {
  /** Most shingles in a set; of more, those with the least hashes. */
  public static final int MOST = 1 << 14;

  private static final int LEAST_BITS = 22;
  private static final int SPARE_BITS = 12;
  private static final int SAMPLE = 0x80;
  private static final int HEAD = 1 + Integer.BYTES + Long.BYTES;

  private final int bits;
  private final boolean sample;
  private final long[] numbers;

  private ShingleSet(int bits, boolean sample, long[] numbers) {
    this.bits = bits;
    this.sample = sample;
    this.numbers = numbers;
  }

  /**
   * The set of some shingles, repetitions allowed.
   *
   * @param hashes each as likely as any other
   */
  public static byte[] encode(long[] hashes) {
    long[] sorted = unsignedAscending(hashes);
    if (sorted.length == 0) {
      return new byte[0];
    }
    int bits = Math.max(LEAST_BITS, 64 - Long.numberOfLeadingZeros(sorted.length) + SPARE_BITS);
    boolean sample = sorted.length > MOST;
    int n = 0;
    for (int i = 0; i < Math.min(sorted.length, MOST); i++) {
      long leading = sorted[i] >>> (64 - bits);
      if (n == 0 || sorted[n - 1] != leading) {
        sorted[n++] = leading;
      }
    }
    byte[] codes = Rice.encode(sorted, n);
    byte[] bytes = new byte[HEAD + codes.length];
    java.nio.ByteBuffer.wrap(bytes)
        .put((byte) (sample ? bits | SAMPLE : bits))
        .putInt(n)
        .putLong(sorted[n - 1])
        .put(codes);
    return bytes;
  }

  private static long[] unsignedAscending(long[] hashes) {
    long[] sorted = new long[hashes.length];
    for (int i = 0; i < hashes.length; i++) {
      sorted[i] = hashes[i] ^ Long.MIN_VALUE;
    }
    Arrays.sort(sorted);
    int n = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) {
        sorted[n++] = sorted[i];
      }
    }
    sorted = Arrays.copyOf(sorted, n);
    for (int i = 0; i < n; i++) {
      sorted[i] ^= Long.MIN_VALUE;
    }
    return sorted;
  }

  /**
   * Undoes {@link #encode}.
   *
   * @throws UncheckedIOException if these are not bytes that it gave
   */
  public static ShingleSet decode(byte[] bytes) {
    if (bytes.length == 0) {
      return new ShingleSet(1, false, new long[0]);
    }
    java.nio.ByteBuffer head = java.nio.ByteBuffer.wrap(bytes);
    int first = head.get();
    try {
      int n = head.getInt();
      if (n < 1 || n > MOST) {
        throw new IOException("a set of shingles has " + n + " of them");
      }
      long[] numbers = new long[n];
      numbers[n - 1] = head.getLong();
      Rice.decode(
          Arrays.copyOf(bytes, bytes.length + Rice.PADDING), HEAD, bytes.length - HEAD, numbers, n);
      return new ShingleSet(first & ~SAMPLE & 0xFF, (first & SAMPLE) != 0, numbers);
    } catch (IOException | java.nio.BufferUnderflowException e) {
      throw new UncheckedIOException(new IOException("no set of shingles", e));
    }
  }

  /** Shingles held. */
  public int size() {
    return numbers.length;
  }

  /** The Jaccard similarity of two encoded sets, from 0 to 1; 0 if either is empty. */
  public static double similarity(byte[] a, byte[] b) {
    return a.length == 0 || b.length == 0 ? 0 : decode(a).similarity(decode(b));
  }

  /** The Jaccard similarity to another set, from 0 to 1; 0 if either is empty. */
  public double similarity(ShingleSet other) {
    int shift = bits - other.bits;
    return shift >= 0 ? similarity(this, shift, other) : similarity(other, -shift, this);
  }

  /** Walks both in ascending order, as far as both say what there is. */
  private static double similarity(ShingleSet fine, int shift, ShingleSet coarse) {
    int most = Integer.MAX_VALUE;
    for (ShingleSet set : new ShingleSet[] {fine, coarse}) {
      most = set.sample ? Math.min(most, set.numbers.length) : most;
    }
    int union = 0;
    int common = 0;
    int i = 0;
    int j = 0;
    while (union < most && (i < fine.numbers.length || j < coarse.numbers.length)) {
      long a = i < fine.numbers.length ? fine.numbers[i] >>> shift : Long.MAX_VALUE;
      long b = j < coarse.numbers.length ? coarse.numbers[j] : Long.MAX_VALUE;
      common += a == b ? 1 : 0;
      union++;
      i += a <= b ? 1 : 0;
      j += b <= a ? 1 : 0;
    }
    return union == 0 ? 0 : (double) common / union;
  }
}
