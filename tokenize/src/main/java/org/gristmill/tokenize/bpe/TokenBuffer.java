package org.gristmill.tokenize.bpe;

import java.util.Arrays;

/** Token ids in a growing array; for one thread. */
public final class TokenBuffer {
  int[] ids = new int[256];
  int size;

  /** How many ids there are. */
  public int size() {
    return size;
  }

  /** Adds an id at the end. */
  public void add(int id) {
    reserve(1);
    ids[size++] = id;
  }

  /** Takes all ids out. */
  public void clear() {
    size = 0;
  }

  /** The ids, in an array of their own. */
  public int[] toArray() {
    return Arrays.copyOf(ids, size);
  }

  /** Makes room for so many more ids. */
  void reserve(int more) {
    if (ids.length - size < more) {
      ids = Arrays.copyOf(ids, Math.max(size + more, ids.length + (ids.length >> 1)));
    }
  }
}
