package org.gristmill.tokenize.model;

import java.util.Arrays;

/**
 * Merges that may be done, smallest key first. A key holds a rank above its 32nd bit and a position
 * below, so that equal ranks come from left to right; beside it stands a number that tells whether
 * the merge still holds. A heap of four children.
 */
public final class MergeQueue {
  private long[] keys = new long[64];
  private int[] tags = new int[64];
  private int size;
  private int tag;

  public void clear() {
    size = 0;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /** Adds a merge. */
  public void push(long key, int newTag) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, 2 * size);
      tags = Arrays.copyOf(tags, 2 * size);
    }
    int hole = size++;
    while (hole > 0) {
      int parent = hole - 1 >> 2;
      if (keys[parent] <= key) {
        break;
      }
      keys[hole] = keys[parent];
      tags[hole] = tags[parent];
      hole = parent;
    }
    keys[hole] = key;
    tags[hole] = newTag;
  }

  /** Takes the smallest key; {@link #tag} is then what was added with it. */
  public long pop() {
    long top = keys[0];
    tag = tags[0];
    size--;
    long key = keys[size];
    int last = tags[size];
    int hole = 0;
    for (int child = 1; child < size; child = 4 * hole + 1) {
      int least = child;
      for (int other = child + 1; other < Math.min(child + 4, size); other++) {
        least = keys[other] < keys[least] ? other : least;
      }
      if (key <= keys[least]) {
        break;
      }
      keys[hole] = keys[least];
      tags[hole] = tags[least];
      hole = least;
    }
    keys[hole] = key;
    tags[hole] = last;
    return top;
  }

  /** What was added with the key taken last. */
  public int tag() {
    return tag;
  }
}
