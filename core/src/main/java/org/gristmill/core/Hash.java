package org.gristmill.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The only sources of identity (SHA-256) and of chance (seeded xxHash64) in Gristmill. */
public final class Hash {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long P1 = 0x9E3779B185EBCA87L;
  private static final long P2 = 0xC2B2AE3D27D4EB4FL;
  private static final long P3 = 0x165667B19E3779F9L;
  private static final long P4 = 0x85EBCA77C2B2AE63L;
  private static final long P5 = 0x27D4EB2F165667C5L;

  private Hash() {}

  /** A fresh SHA-256. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** SHA-256 as 64 hex digits. */
  public static String sha256Hex(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  /** SHA-256 of the string's UTF-8 as 64 hex digits. */
  public static String sha256Hex(String string) {
    return sha256Hex(string.getBytes(StandardCharsets.UTF_8));
  }

  /** First 128 bits of SHA-256 over the parts, each followed by a zero byte, as 32 hex digits. */
  public static String id(String source, String name, String record, Text text) {
    MessageDigest digest = sha256();
    for (String part : new String[] {source, name, record}) {
      digest.update(part.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    digest.update(text.bytes());
    return HexFormat.of().formatHex(digest.digest(), 0, 16);
  }

  /** xxHash64 of a string's UTF-8 bytes: the hash that decides chance, by (seed, id). */
  public static long xx64(long seed, String string) {
    byte[] bytes = string.getBytes(StandardCharsets.UTF_8);
    return xx64(seed, bytes, 0, bytes.length);
  }

  /**
   * xxHash64 of a range of bytes.
   *
   * @see <a href="https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md">The xxHash
   *     specification</a>
   */
  public static long xx64(long seed, byte[] b, int from, int length) {
    int i = from;
    int end = from + length;
    long h;
    if (length >= 32) {
      long v1 = seed + P1 + P2;
      long v2 = seed + P2;
      long v3 = seed;
      long v4 = seed - P1;
      do {
        v1 = round(v1, (long) LONG.get(b, i));
        v2 = round(v2, (long) LONG.get(b, i + 8));
        v3 = round(v3, (long) LONG.get(b, i + 16));
        v4 = round(v4, (long) LONG.get(b, i + 24));
        i += 32;
      } while (i <= end - 32);
      h =
          Long.rotateLeft(v1, 1)
              + Long.rotateLeft(v2, 7)
              + Long.rotateLeft(v3, 12)
              + Long.rotateLeft(v4, 18);
      h = merge(h, v1);
      h = merge(h, v2);
      h = merge(h, v3);
      h = merge(h, v4);
    } else {
      h = seed + P5;
    }
    h += length;
    for (; i <= end - 8; i += 8) {
      h = Long.rotateLeft(h ^ round(0, (long) LONG.get(b, i)), 27) * P1 + P4;
    }
    if (i <= end - 4) {
      h = Long.rotateLeft(h ^ ((int) INT.get(b, i) & 0xFFFFFFFFL) * P1, 23) * P2 + P3;
      i += 4;
    }
    for (; i < end; i++) {
      h = Long.rotateLeft(h ^ (b[i] & 0xFF) * P5, 11) * P1;
    }
    return mix(h);
  }

  /**
   * Which of {@code n} equal ranges of all 64-bit values a hash falls into, as unsigned numbers.
   *
   * @param n at least 1
   * @return from 0 to n - 1, never falling as the hash grows
   */
  public static int range(long hash, int n) {
    return (int) (Math.multiplyHigh(hash, n) + ((hash >> 63) & n));
  }

  /** The final avalanche of xxHash64: a bijection on 64 bits. */
  public static long mix(long x) {
    long h = x;
    h = (h ^ (h >>> 33)) * P2;
    h = (h ^ (h >>> 29)) * P3;
    return h ^ (h >>> 32);
  }

  private static long round(long accumulator, long input) {
    return Long.rotateLeft(accumulator + input * P2, 31) * P1;
  }

  private static long merge(long h, long v) {
    return (h ^ round(0, v)) * P1 + P4;
  }
}
