package org.gristmill.tokenize.model;

import java.util.Arrays;

/**
 * A trie over bytes, its edges in one hash table. A walk starts at {@link #ROOT} and goes on by
 * {@link #next}, a step in constant time.
 */
public final class Trie {
  /** Where every walk starts. */
  public static final int ROOT = 0;

  /** No such edge. */
  public static final int END = -1;

  /** No string ends here. */
  public static final int NONE = -1;

  private static final int MOST_NODES = 1 << 23;

  /** Pairs of an edge's key (parent and label, plus 1) and the child. */
  private int[] edges = new int[1 << 9];

  private int shift = 32 - 8;
  private int[] ids = new int[1 << 6];
  private final int[] first = new int[256];
  private int nodes = 1;

  public Trie() {
    Arrays.fill(ids, NONE);
    Arrays.fill(first, END);
  }

  /**
   * Adds a string, or gives it another id.
   *
   * @param id at least 0
   */
  public void put(byte[] piece, int from, int id) {
    int node = ROOT;
    for (int i = from; i < piece.length; i++) {
      int label = piece[i] & 0xFF;
      int child = next(node, label);
      node = child == END ? add(node, label) : child;
    }
    ids[node] = id;
  }

  /** The node behind an edge, or {@link #END}. */
  public int next(int node, int label) {
    if (node == ROOT) {
      return first[label];
    }
    int key = (node << 8 | label) + 1;
    int mask = edges.length - 2;
    int slot = key * 0x9E3779B1 >>> shift << 1;
    while (true) {
      int found = edges[slot];
      if (found == key) {
        return edges[slot + 1];
      }
      if (found == 0) {
        return END;
      }
      slot = slot + 2 & mask;
    }
  }

  /** The id of the string that ends at a node, or {@link #NONE}. */
  public int id(int node) {
    return ids[node];
  }

  /** Whether a string starts with this byte. */
  public boolean starts(int label) {
    return first[label] != END;
  }

  /** End of the longest string in the trie that a text has at an index; -1 if it has none. */
  public int longest(byte[] text, int from, int to) {
    int node = ROOT;
    int end = -1;
    for (int i = from; i < to; i++) {
      node = next(node, text[i] & 0xFF);
      if (node == END) {
        break;
      }
      if (ids[node] != NONE) {
        end = i + 1;
      }
    }
    return end;
  }

  /** The id of a whole range, or {@link #NONE}. */
  public int get(byte[] text, int from, int to) {
    int node = ROOT;
    for (int i = from; i < to; i++) {
      node = next(node, text[i] & 0xFF);
      if (node == END) {
        return NONE;
      }
    }
    return ids[node];
  }

  private int add(int parent, int label) {
    if (nodes == MOST_NODES) {
      throw new ModelError("the vocabulary's strings have more than " + MOST_NODES + " prefixes");
    }
    int child = nodes++;
    if (child == ids.length) {
      ids = Arrays.copyOf(ids, 2 * child);
      Arrays.fill(ids, child, 2 * child, NONE);
    }
    if (parent == ROOT) {
      first[label] = child;
      return child;
    }
    if (4 * nodes > edges.length) {
      grow();
    }
    insert((parent << 8 | label) + 1, child);
    return child;
  }

  private void insert(int key, int child) {
    int slot = key * 0x9E3779B1 >>> shift << 1;
    while (edges[slot] != 0) {
      slot = slot + 2 & edges.length - 2;
    }
    edges[slot] = key;
    edges[slot + 1] = child;
  }

  private void grow() {
    int[] old = edges;
    edges = new int[2 * old.length];
    shift--;
    for (int i = 0; i < old.length; i += 2) {
      if (old[i] != 0) {
        insert(old[i], old[i + 1]);
      }
    }
  }
}
