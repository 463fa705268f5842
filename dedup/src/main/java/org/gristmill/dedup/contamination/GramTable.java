package org.gristmill.dedup.contamination;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Numbers n-grams of {@link Units}: a table of hashes with open addresses, at most half of them
 * taken.
 */
final class GramTable implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int MOST_UNITS = 1 << 30;

  private long[] units = new long[1 << 10];
  private int unitCount;
  private long[] hashes = new long[1 << 8];
  private int[] ats = new int[1 << 8];
  private byte[] lengths = new byte[1 << 8];
  private int size;
  private int[] slots = new int[1 << 9];

  /** How many there are. */
  int size() {
    return size;
  }

  /** Units in one. */
  int length(int gram) {
    return lengths[gram];
  }

  /** Adds the n-grams of a field that are new; tells all its n-grams, each once, ascending. */
  int[] add(Units field, int n) {
    if (n == 0) {
      return new int[0];
    }
    if (unitCount + (long) field.size() > MOST_UNITS) {
      throw new IllegalArgumentException("benchmarks of more than 2^30 words");
    }
    int start = unitCount;
    if (start + field.size() > units.length) {
      units = Arrays.copyOf(units, 2 * (start + field.size()));
    }
    for (int i = 0; i < field.size(); i++) {
      units[unitCount++] = field.hash(i);
    }
    Grams grams = new Grams(field);
    long power = Grams.power(n);
    int[] found = new int[field.size() - n + 1];
    for (int at = 0; at < found.length; at++) {
      long hash = grams.hash(at, n, power);
      int gram = find(hash, field, at, n);
      found[at] = gram >= 0 ? gram : put(hash, start + at, n);
    }
    return Arrays.stream(found).sorted().distinct().toArray();
  }

  /** The number of the n units from a place on; -1 if they are none of these. */
  int find(long hash, Units text, int at, int n) {
    int mask = slots.length - 1;
    for (int slot = slot(hash, mask); slots[slot] > 0; slot = slot + 1 & mask) {
      int gram = slots[slot] - 1;
      if (hashes[gram] == hash && lengths[gram] == n && same(gram, text, at)) {
        return gram;
      }
    }
    return -1;
  }

  private boolean same(int gram, Units text, int at) {
    for (int i = 0; i < lengths[gram]; i++) {
      if (units[ats[gram] + i] != text.hash(at + i)) {
        return false;
      }
    }
    return true;
  }

  private int put(long hash, int at, int n) {
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * size);
      ats = Arrays.copyOf(ats, 2 * size);
      lengths = Arrays.copyOf(lengths, 2 * size);
      slots = new int[2 * hashes.length];
      for (int gram = 0; gram < size; gram++) {
        fill(gram);
      }
    }
    hashes[size] = hash;
    ats[size] = at;
    lengths[size] = (byte) n;
    fill(size);
    return size++;
  }

  private void fill(int gram) {
    int mask = slots.length - 1;
    int slot = slot(hashes[gram], mask);
    while (slots[slot] > 0) {
      slot = slot + 1 & mask;
    }
    slots[slot] = gram + 1;
  }

  private static int slot(long hash, int mask) {
    return (int) (hash >>> 32) & mask;
  }

  /** Gives back what room was made for more. */
  void trim() {
    units = Arrays.copyOf(units, unitCount);
    hashes = Arrays.copyOf(hashes, size);
    ats = Arrays.copyOf(ats, size);
    lengths = Arrays.copyOf(lengths, size);
  }

  /** A set of bits, about 16 for each n-gram, in which those of the first n units of each are. */
  long[] starts(int n) {
    long[] bits = new long[Math.max(16, Integer.highestOneBit(Math.max(1, size)) / 2)];
    for (int gram = 0; gram < size; gram++) {
      long hash = Grams.hash(units, ats[gram], n);
      int bit = bit(bits, hash);
      bits[bit >> 6] |= 1L << bit;
    }
    return bits;
  }

  /** Whether an n-gram may start so; always said of those that do. */
  static boolean mayStart(long[] bits, long hash) {
    int bit = bit(bits, hash);
    return (bits[bit >> 6] & 1L << bit) != 0;
  }

  private static int bit(long[] bits, long hash) {
    return (int) (hash & (64L * bits.length - 1));
  }
}
