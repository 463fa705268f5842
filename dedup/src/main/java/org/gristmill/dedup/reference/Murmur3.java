package org.gristmill.dedup.reference;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * MurmurHash3 of 128 bits for machines of 64, of which the first 64 are given.
 *
 * @see <a href="https://github.com/aappleby/smhasher/wiki/MurmurHash3">Appleby, MurmurHash3</a>
 */
final class Murmur3 {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long C1 = 0x87C37B91114253D5L;
  private static final long C2 = 0x4CF5AD432745937FL;

  private Murmur3() {}

  /** The first 64 bits. */
  static long hash64(byte[] bytes, int seed) {
    long h1 = seed & 0xFFFFFFFFL;
    long h2 = h1;
    int whole = bytes.length & ~15;
    for (int i = 0; i < whole; i += 16) {
      h1 ^= first((long) LONG.get(bytes, i));
      h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52DCE729;
      h2 ^= second((long) LONG.get(bytes, i + 8));
      h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x38495AB5;
    }
    h2 ^= second(rest(bytes, whole + 8));
    h1 ^= first(rest(bytes, whole));
    h1 ^= bytes.length;
    h2 ^= bytes.length;
    h1 += h2;
    h2 += h1;
    return mix(h1) + mix(h2);
  }

  private static long first(long k) {
    return Long.rotateLeft(k * C1, 31) * C2;
  }

  private static long second(long k) {
    return Long.rotateLeft(k * C2, 33) * C1;
  }

  /** Up to eight bytes from a place on. */
  private static long rest(byte[] bytes, int from) {
    long rest = 0;
    for (int i = Math.min(bytes.length, from + 8) - 1; i >= from; i--) {
      rest = rest << 8 | bytes[i] & 0xFF;
    }
    return rest;
  }

  private static long mix(long h) {
    long k = (h ^ h >>> 33) * 0xFF51AFD7ED558CCDL;
    k = (k ^ k >>> 33) * 0xC4CEB9FE1A85EC53L;
    return k ^ k >>> 33;
  }
}
