package org.gristmill.tokenize.bpe;

import java.util.Arrays;

/**
 * The ids of words that were met lately. It decides how fast words are encoded, never how.
 *
 * <p>An entry is a key, which is the word's bytes, and a value: up to three ids of 20 bits each and
 * above them their number; or, negative, where more ids lie.
 *
 * <p>Entries stand in sets of one or two cache lines. A new word takes a free place or that of the
 * last word of its set; a word that is found behind another changes places with it. So what is
 * frequent is found first, and what is rare makes room first.
 */
final class WordCache {
  /** How many ids {@link #unpack} may write beyond the last one. */
  static final int SLACK = 2;

  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
  private static final int ID_BITS = 20;
  private static final int ID = (1 << ID_BITS) - 1;
  private static final int PACKED = 3;

  /** The first set starts here, so that sets do not cross lines of 64 bytes where arrays start. */
  private static final int FIRST = 6;

  private final int keyLongs;
  private final int entry;
  private final int set;
  private final int shift;
  final long[] table;
  private int[] more = new int[1 << 10];
  private int used;

  /**
   * An empty cache.
   *
   * @param keyLongs longs of a key: 1, 2 or 4
   * @param setBits the cache has two to this many sets, of four, two and two words
   */
  WordCache(int keyLongs, int setBits) {
    this.keyLongs = keyLongs;
    this.entry = 2 * keyLongs;
    this.set = Math.max(8, 2 * entry);
    this.shift = Long.SIZE - setBits;
    this.table = new long[FIRST + (set << setBits)];
  }

  /** Where the set of a word of one long starts. */
  int set(long key) {
    return FIRST + (int) (key * MULTIPLIER >>> shift) * 8;
  }

  /** Where the set of a word of two longs starts. */
  int set(long low, long high) {
    return FIRST + (int) ((low ^ high * MULTIPLIER) * MULTIPLIER >>> shift) * 8;
  }

  /** Where the set of a word of four longs starts. */
  int set(long k0, long k1, long k2, long k3) {
    long mixed = ((k0 * MULTIPLIER ^ k1) * MULTIPLIER ^ k2) * MULTIPLIER;
    return FIRST + (int) ((mixed ^ mixed >>> 29 ^ k3) * MULTIPLIER >>> shift) * 16;
  }

  /** The value of a word of one long, 0 if it is not there. */
  long find(int set, long key) {
    if (table[set] == key) {
      return table[set + 1];
    }
    for (int at = set + 2; at < set + 8; at += 2) {
      if (table[at] == key) {
        return advance(at);
      }
    }
    return 0;
  }

  /** The value of a word of two longs, 0 if it is not there. */
  long find(int set, long low, long high) {
    if (table[set] == low && table[set + 1] == high) {
      return table[set + 2];
    }
    return table[set + 4] == low && table[set + 5] == high ? advance(set + 4) : 0;
  }

  /** The value of a word of four longs, 0 if it is not there. */
  long find(int set, long k0, long k1, long k2, long k3) {
    for (int at = set; at <= set + 8; at += 8) {
      if (table[at] == k0 && table[at + 1] == k1 && table[at + 2] == k2 && table[at + 3] == k3) {
        return at == set ? table[at + 4] : advance(at);
      }
    }
    return 0;
  }

  /** Lets an entry change places with the one before it; its value. */
  private long advance(int at) {
    for (int i = at; i <= at + keyLongs; i++) {
      long before = table[i - entry];
      table[i - entry] = table[i];
      table[i] = before;
    }
    return table[at - entry + keyLongs];
  }

  /** Adds a word that is not there. */
  void put(int set, long k0, long k1, long k2, long k3, int[] ids, int from, int to) {
    long value = pack(ids, from, to);
    int at = set;
    while (table[at + keyLongs] != 0 && at + entry < set + this.set) {
      at += entry;
    }
    table[at] = k0;
    if (keyLongs > 1) {
      table[at + 1] = k1;
    }
    if (keyLongs > 2) {
      table[at + 2] = k2;
      table[at + 3] = k3;
    }
    table[at + keyLongs] = value;
  }

  private long pack(int[] ids, int from, int to) {
    long count = to - from;
    if (count > PACKED) {
      return keep(ids, from, to);
    }
    long value = count << PACKED * ID_BITS;
    for (int i = from; i < to; i++) {
      value |= (long) ids[i] << (i - from) * ID_BITS;
    }
    return value;
  }

  private long keep(int[] ids, int from, int to) {
    int count = to - from;
    if (used + count > more.length) {
      if (more.length < table.length) {
        more = Arrays.copyOf(more, 2 * more.length);
      } else {
        Arrays.fill(table, 0);
        used = 0;
      }
    }
    System.arraycopy(ids, from, more, used, count);
    used += count;
    return Long.MIN_VALUE | (long) count << 32 | used - count;
  }

  /** Writes the ids of a value at {@code at}, with {@link #SLACK}; the new end. */
  int ids(long value, int[] ids, int at) {
    if (value > 0) {
      return unpack(value, ids, at);
    }
    int count = (int) (value >>> 32) & ID;
    System.arraycopy(more, (int) value, ids, at, count);
    return at + count;
  }

  /** Writes the ids of a value above 0 at {@code at}, with {@link #SLACK}; the new end. */
  static int unpack(long value, int[] ids, int at) {
    ids[at] = (int) value & ID;
    ids[at + 1] = (int) (value >>> ID_BITS) & ID;
    ids[at + 2] = (int) (value >>> 2 * ID_BITS) & ID;
    return at + (int) (value >>> PACKED * ID_BITS);
  }
}
