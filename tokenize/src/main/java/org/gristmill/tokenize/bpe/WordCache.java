package org.gristmill.tokenize.bpe;

/**
 * The ids of words that were met lately: a table of sets of two entries, of which the older one
 * makes room. It decides how fast words are encoded, never how.
 *
 * <p>An entry is a key, which is the word's bytes and its length, and its ids, three to a long of
 * 20 bits each, their number in the upper four bits of the first long. A set of short words fills
 * one cache line.
 */
final class WordCache {
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
  private static final int ID_BITS = 20;
  private static final int ID = (1 << ID_BITS) - 1;

  /** The first set starts here, so that sets do not cross lines of 64 bytes where arrays start. */
  private static final int FIRST = 6;

  private final int keyLongs;
  private final int idLongs;
  private final int entry;
  private final int shift;
  final long[] table;

  /**
   * An empty cache.
   *
   * @param keyLongs longs of a key, which holds words of one byte less
   * @param idLongs longs of ids, each of which holds three
   * @param setBits the cache has two to this many sets of two words
   */
  WordCache(int keyLongs, int idLongs, int setBits) {
    this.keyLongs = keyLongs;
    this.idLongs = idLongs;
    this.entry = keyLongs + idLongs;
    this.shift = Long.SIZE - setBits;
    this.table = new long[FIRST + (2 * entry << setBits)];
  }

  /** How many ids a word of the cache has at most. */
  int mostIds() {
    return 3 * idLongs;
  }

  /** Where the set of a word of two longs starts. */
  int set(long low, long high) {
    return FIRST + (int) ((low ^ high * MULTIPLIER) * MULTIPLIER >>> shift) * 8;
  }

  /** Where the set of a word of four longs starts. */
  int longSet(long k0, long k1, long k2, long k3) {
    long mixed = ((k0 * MULTIPLIER ^ k1) * MULTIPLIER ^ k2) * MULTIPLIER;
    return FIRST + (int) ((mixed ^ mixed >>> 29 ^ k3) * MULTIPLIER >>> shift) * 16;
  }

  /** Puts a word into a set, as the newer of its two. */
  void put(int set, long[] key, int[] ids, int from, int to) {
    System.arraycopy(table, set, table, set + entry, entry);
    System.arraycopy(key, 0, table, set, keyLongs);
    for (int i = 0; i < idLongs; i++) {
      long packed = i == 0 ? (long) (to - from) << 3 * ID_BITS : 0;
      for (int j = 0; j < 3 && from + 3 * i + j < to; j++) {
        packed |= (long) ids[from + 3 * i + j] << j * ID_BITS;
      }
      table[set + keyLongs + i] = packed;
    }
  }

  /** Writes the ids packed in two longs at {@code at}, with room for six; the new end. */
  static int unpack(long[] table, int packed, int[] ids, int at) {
    long first = table[packed];
    int count = (int) (first >>> 3 * ID_BITS);
    ids[at] = (int) first & ID;
    if (count > 1) {
      ids[at + 1] = (int) (first >>> ID_BITS) & ID;
      ids[at + 2] = (int) (first >>> 2 * ID_BITS) & ID;
      for (int i = 3; i < count; i += 3) {
        long more = table[packed + i / 3];
        ids[at + i] = (int) more & ID;
        ids[at + i + 1] = (int) (more >>> ID_BITS) & ID;
        ids[at + i + 2] = (int) (more >>> 2 * ID_BITS) & ID;
      }
    }
    return at + count;
  }
}
