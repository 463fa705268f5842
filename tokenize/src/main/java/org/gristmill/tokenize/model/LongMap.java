package org.gristmill.tokenize.model;

import org.gristmill.core.Hash;

/** From longs of at least 0 to ints of at least 0. */
public final class LongMap {
  /** What {@link #get} says of a key that is not in the map. */
  public static final int NONE = -1;

  private final long[] keys;
  private final int[] values;

  /** An empty map with room for so many. */
  public LongMap(int room) {
    int slots = Integer.highestOneBit(Math.max(room, 4)) << 2;
    keys = new long[slots];
    values = new int[slots];
  }

  /** Adds a key, or gives it another value. */
  public void put(long key, int value) {
    int slot = slot(key);
    while (keys[slot] != 0 && keys[slot] != key + 1) {
      slot = slot + 1 & keys.length - 1;
    }
    keys[slot] = key + 1;
    values[slot] = value;
  }

  /** The value of a key, or {@link #NONE}. */
  public int get(long key) {
    for (int slot = slot(key); keys[slot] != 0; slot = slot + 1 & keys.length - 1) {
      if (keys[slot] == key + 1) {
        return values[slot];
      }
    }
    return NONE;
  }

  private int slot(long key) {
    return (int) Hash.mix(key) & keys.length - 1;
  }
}
