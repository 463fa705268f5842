package org.gristmill.sources.html;

import java.util.Arrays;

/** Numbers keys in the order in which they come, from 0 on: a hash table with open addressing. */
final class HtmlNumbers {
  private long[] keys = new long[64];
  private int[] numbers = new int[64];
  private int count;

  HtmlNumbers() {
    Arrays.fill(numbers, -1);
  }

  /** The number of a key, a new one if it is new. */
  int number(long key) {
    int at = slot(key);
    if (numbers[at] < 0) {
      keys[at] = key;
      numbers[at] = count++;
      if (2 * count > keys.length) {
        grow();
      }
      return count - 1;
    }
    return numbers[at];
  }

  /** The number of a key, -1 if it has none. */
  int find(long key) {
    return numbers[slot(key)];
  }

  boolean contains(long key) {
    return find(key) >= 0;
  }

  int count() {
    return count;
  }

  private int slot(long key) {
    long mixed = key * 0x9E3779B97F4A7C15L;
    mixed ^= mixed >>> 32;
    int at = (int) mixed & keys.length - 1;
    while (numbers[at] >= 0 && keys[at] != key) {
      at = at + 1 & keys.length - 1;
    }
    return at;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldNumbers = numbers;
    keys = new long[2 * oldKeys.length];
    numbers = new int[keys.length];
    Arrays.fill(numbers, -1);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldNumbers[i] >= 0) {
        int at = slot(oldKeys[i]);
        keys[at] = oldKeys[i];
        numbers[at] = oldNumbers[i];
      }
    }
  }
}
