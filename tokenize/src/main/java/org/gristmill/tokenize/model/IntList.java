package org.gristmill.tokenize.model;

import java.util.Arrays;

/** A growing list of ints. */
public final class IntList {
  private int[] ints;
  private int size;

  /** An empty list with room for so many. */
  public IntList(int room) {
    ints = new int[Math.max(room, 4)];
  }

  public void add(int value) {
    if (size == ints.length) {
      ints = Arrays.copyOf(ints, 2 * size);
    }
    ints[size++] = value;
  }

  /** Adds a range of an array. */
  public void addAll(int[] values, int from, int length) {
    if (size + length > ints.length) {
      ints = Arrays.copyOf(ints, Math.max(2 * ints.length, size + length));
    }
    System.arraycopy(values, from, ints, size, length);
    size += length;
  }

  public int get(int index) {
    return ints[index];
  }

  public void set(int index, int value) {
    ints[index] = value;
  }

  public int size() {
    return size;
  }

  /** Drops all from an index on. */
  public void truncate(int newSize) {
    size = newSize;
  }

  /** The list's own array, valid below {@link #size} until the next addition. */
  public int[] array() {
    return ints;
  }

  public int[] toArray() {
    return Arrays.copyOf(ints, size);
  }
}
