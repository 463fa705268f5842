package org.gristmill.dedup.contamination;

import java.util.Arrays;

/**
 * A set of evenly spread hashes as bytes: how many (a varint), then the Rice codes of the gaps
 * between them, from the highest bit of a byte to its lowest: for each {@code gap >>> k} zeros, a
 * one, and k bits, where 2^k is about the mean gap.
 */
final class HashSetCode {
  private byte[] bytes;
  private long at;

  private HashSetCode(byte[] bytes, long at) {
    this.bytes = bytes;
    this.at = at;
  }

  /** The header and behind it the hashes, which ascend, each of so many bits. */
  static byte[] encode(byte[] header, long[] hashes, int bits) {
    HashSetCode out =
        new HashSetCode(Arrays.copyOf(header, header.length + 64), 8L * header.length);
    for (int left = hashes.length; ; left >>>= 7) {
      out.put(left < 0x80 ? left : left & 0x7F | 0x80, 8);
      if (left < 0x80) {
        break;
      }
    }
    int k = parameter(hashes.length, bits);
    long last = 0;
    for (long hash : hashes) {
      long gap = hash - last;
      out.zeros(gap >>> k);
      out.put(1, 1);
      out.put(gap, k);
      last = hash;
    }
    return Arrays.copyOf(out.bytes, (int) ((out.at + 7) / 8));
  }

  /**
   * Undoes {@link #encode}.
   *
   * @throws IllegalArgumentException if these are not the bytes of hashes of so many bits
   */
  static long[] decode(byte[] bytes, int from, int bits) {
    HashSetCode in = new HashSetCode(bytes, 8L * from);
    int count = 0;
    for (int shift = 0; ; shift += 7) {
      long part = in.get(8);
      count |= (int) (part & 0x7F) << shift;
      if (part < 0x80) {
        break;
      }
      in.check(shift < 28);
    }
    in.check(count >= 0 && count <= 8L * bytes.length);
    int k = parameter(count, bits);
    long[] hashes = new long[count];
    long last = 0;
    for (int i = 0; i < count; i++) {
      long quotient = in.countZeros();
      last += quotient << k | in.get(k);
      in.check(last >>> bits == 0 && (i == 0 || last > hashes[i - 1]));
      hashes[i] = last;
    }
    in.check((in.at + 7) / 8 == bytes.length);
    return hashes;
  }

  private static int parameter(int count, int bits) {
    return Math.max(0, bits - (32 - Integer.numberOfLeadingZeros(count)));
  }

  private void zeros(long n) {
    at += n;
    room(1);
  }

  private void put(long value, int width) {
    room(width);
    int left = width;
    while (left > 0) {
      int free = 8 - (int) (at & 7);
      int take = Math.min(left, free);
      int part = (int) (value >>> (left - take)) & (1 << take) - 1;
      bytes[(int) (at >>> 3)] |= (byte) (part << (free - take));
      at += take;
      left -= take;
    }
  }

  private void room(int width) {
    long needed = (at + width + 7) / 8;
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.toIntExact(2 * needed));
    }
  }

  private long get(int width) {
    check(at + width <= 8L * bytes.length);
    long value = 0;
    int left = width;
    while (left > 0) {
      int skip = (int) (at & 7);
      int take = Math.min(left, 8 - skip);
      int part = (bytes[(int) (at >>> 3)] & 0xFF >>> skip) >>> (8 - skip - take);
      value = value << take | part;
      at += take;
      left -= take;
    }
    return value;
  }

  private long countZeros() {
    long start = at;
    while (true) {
      check(at < 8L * bytes.length);
      int rest = bytes[(int) (at >>> 3)] & 0xFF >>> (at & 7);
      if (rest != 0) {
        at = (at & ~7L) + Integer.numberOfLeadingZeros(rest) - 24;
        long zeros = at - start;
        at++;
        return zeros;
      }
      at = (at & ~7L) + 8;
    }
  }

  private void check(boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException("a damaged fingerprint of " + bytes.length + " bytes");
    }
  }
}
