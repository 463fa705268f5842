package org.gristmill.tokenize.model;

import java.util.Arrays;
import org.gristmill.core.Hash;

/**
 * Remembers what words were encoded to; for one thread. When it is full it forgets all, so that its
 * memory is bounded: some 6 MB. What it holds decides the time, never the result.
 */
public final class WordCache {
  /** Longest word that is remembered, in bytes. */
  public static final int LONGEST = 64;

  private static final int SLOTS = 1 << 17;
  private static final int WORDS = SLOTS / 2;
  private static final int BYTES = 1 << 21;

  private final long[] hashes = new long[SLOTS];
  private final int[] words = new int[SLOTS];
  private final int[] starts = new int[WORDS + 1];
  private final int[] idStarts = new int[WORDS + 1];
  private final byte[] bytes = new byte[BYTES];
  private final IntList ids = new IntList(1 << 16);
  private int size;

  /**
   * Adds the ids of a word to a list.
   *
   * @return whether the word is known
   */
  public boolean get(byte[] text, int from, int to, IntList out) {
    if (to - from > LONGEST) {
      return false;
    }
    long hash = hash(text, from, to);
    for (int slot = (int) hash & SLOTS - 1; words[slot] != 0; slot = slot + 1 & SLOTS - 1) {
      int word = words[slot] - 1;
      if (hashes[slot] == hash
          && Arrays.equals(bytes, starts[word], starts[word + 1], text, from, to)) {
        int start = idStarts[word];
        out.addAll(ids.array(), start, idStarts[word + 1] - start);
        return true;
      }
    }
    return false;
  }

  /** Remembers that a word's ids are those of a list from an index on. */
  public void put(byte[] text, int from, int to, IntList out, int first) {
    if (to - from > LONGEST) {
      return;
    }
    if (size == WORDS || starts[size] + to - from > BYTES) {
      clear();
    }
    long hash = hash(text, from, to);
    int slot = (int) hash & SLOTS - 1;
    while (words[slot] != 0) {
      slot = slot + 1 & SLOTS - 1;
    }
    System.arraycopy(text, from, bytes, starts[size], to - from);
    ids.addAll(out.array(), first, out.size() - first);
    hashes[slot] = hash;
    size++;
    words[slot] = size;
    starts[size] = starts[size - 1] + to - from;
    idStarts[size] = ids.size();
  }

  private void clear() {
    Arrays.fill(words, 0);
    ids.truncate(0);
    size = 0;
  }

  private static long hash(byte[] text, int from, int to) {
    return Hash.xx64(0, text, from, to - from);
  }
}
