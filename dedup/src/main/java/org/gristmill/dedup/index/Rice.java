package org.gristmill.dedup.index;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Ascending numbers as the Rice codes of their gaps, the last gap first: of each, {@code gap >>> k}
 * zero bits, a one, and the low k bits, from the highest bit of a byte to its lowest. The first
 * byte is k, the binary logarithm of the mean gap, rounded down.
 *
 * <p>Gaps between hashes are all but geometric; with mean m they take from log2(m) + 1.5 to 1.6
 * bits, at most 0.14 more than their entropy. Whatever the numbers, the mean code is shorter than k
 * + 3 bits.
 *
 * @see <a href="https://doi.org/10.1109/TIT.1975.1055357">Gallager and van Voorhis 1975, Optimal
 *     source codes for geometrically distributed integer alphabets</a>
 */
public final class Rice {
  /** Bytes of no meaning after the codes, which the decoder may look at. */
  public static final int PADDING = Pieces.PADDING;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int MOST_BITS = 66;

  private final byte[] bytes;
  private long at;

  private Rice(byte[] bytes, long at) {
    this.bytes = bytes;
    this.at = at;
  }

  /** The codes of the first {@code n} numbers, at least one, ascending as unsigned ones. */
  public static byte[] encode(long[] numbers, int n) {
    int k = logarithmOfMeanGap(numbers[n - 1] - numbers[0], n - 1);
    Rice out = new Rice(new byte[1 + n * MOST_BITS / 8], 8);
    out.bytes[0] = (byte) k;
    for (int i = n - 1; i > 0; i--) {
      long gap = numbers[i] - numbers[i - 1];
      out.at += gap >>> k;
      out.put(1, 1);
      out.put(gap, k);
    }
    return Arrays.copyOf(out.bytes, (int) ((out.at + 7) / 8));
  }

  private static int logarithmOfMeanGap(long range, int gaps) {
    long mean = gaps == 0 ? 0 : Long.divideUnsigned(range, gaps);
    return mean == 0 ? 0 : 63 - Long.numberOfLeadingZeros(mean);
  }

  /**
   * Undoes {@link #encode}, which cannot say how many numbers there were, nor the last of them.
   *
   * @param bytes with at least {@link #PADDING} more after the codes
   * @param numbers of the first {@code n}, the last is given and the others are filled in
   * @throws IOException if these are not the codes of as many numbers
   */
  public static void decode(byte[] bytes, int from, int length, long[] numbers, int n)
      throws IOException {
    int k = bytes[from];
    long end = 8L * (from + length);
    Rice in = new Rice(bytes, 8L * (from + 1));
    for (int i = n - 1; i > 0 && in.at <= end; i--) {
      long high = in.zeros(end);
      numbers[i - 1] = numbers[i] - (high << k | in.take(k));
    }
    if (in.at > end || in.at <= end - 8) {
      throw new IOException("a block does not hold " + n + " numbers");
    }
  }

  private void put(long value, int bits) {
    for (int left = bits; left > 0; ) {
      int room = 8 - (int) (at & 7);
      int taken = Math.min(room, left);
      left -= taken;
      int part = (int) (value >>> left) & ((1 << taken) - 1);
      bytes[(int) (at >>> 3)] |= (byte) (part << (room - taken));
      at += taken;
    }
  }

  /** Skips zeros, which it counts, and the one after them. */
  private long zeros(long end) {
    long start = at;
    while (at < end) {
      long next = peek();
      if (next != 0) {
        at += Long.numberOfLeadingZeros(next) + 1;
        return at - start - 1;
      }
      at += 64 - (at & 7);
    }
    at = end + 1;
    return 0;
  }

  private long take(int bits) {
    if (bits > 32) {
      return take(bits - 32) << 32 | take(32);
    }
    long value = bits == 0 ? 0 : peek() >>> (64 - bits);
    at += bits;
    return value;
  }

  /** The next bits, at least 57, from the highest on; then zeros. */
  private long peek() {
    return (long) LONG.get(bytes, (int) (at >>> 3)) << (at & 7);
  }
}
