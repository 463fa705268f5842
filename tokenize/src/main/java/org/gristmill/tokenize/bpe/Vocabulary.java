package org.gristmill.tokenize.bpe;

import java.util.Arrays;

/**
 * The bytes of every token and the id of every token's bytes; immutable.
 *
 * <p>Ids need not be dense. Two tokens never have the same bytes or the same id.
 */
public final class Vocabulary {
  /** One more than the largest id that an encoder can hold: words are cached with 20-bit ids. */
  public static final int MOST = 1 << 20;

  private final byte[] bytes;
  private final int[] starts; // of the bytes of each id, which end where those of the next start
  private final long[] slots; // the upper half of the hash, and id + 1; 0 is free
  private final int size;
  private int longest;

  private Vocabulary(byte[] tokens, int[] ids, int[] from, int[] to) {
    this.size = ids.length;
    int bound = 0;
    for (int id : ids) {
      if (id < 0 || id >= MOST) {
        throw new IllegalArgumentException(
            "the id " + id + " of a token is not below " + MOST + ", as all must be");
      }
      bound = Math.max(bound, id + 1);
    }
    this.starts = new int[bound + 1];
    for (int i = 0; i < size; i++) {
      if (from[i] == to[i]) {
        throw new IllegalArgumentException("the token of id " + ids[i] + " has no bytes");
      }
      if (starts[ids[i] + 1] > 0) {
        throw new IllegalArgumentException("two tokens have the id " + ids[i]);
      }
      starts[ids[i] + 1] = to[i] - from[i];
      longest = Math.max(longest, to[i] - from[i]);
    }
    for (int id = 0; id < bound; id++) {
      starts[id + 1] += starts[id];
    }
    this.bytes = new byte[starts[bound]];
    this.slots = new long[Integer.highestOneBit(Math.max(4, size * 2)) << 1];
    for (int i = 0; i < size; i++) {
      System.arraycopy(tokens, from[i], bytes, starts[ids[i]], to[i] - from[i]);
      add(ids[i]);
    }
  }

  private void add(int id) {
    int other = find(bytes, starts[id], starts[id + 1]);
    if (other >= 0) {
      throw new IllegalArgumentException("the ids " + other + " and " + id + " have equal bytes");
    }
    long hash = hash(bytes, starts[id], starts[id + 1]);
    int slot = (int) hash & slots.length - 1;
    while (slots[slot] != 0) {
      slot = slot + 1 & slots.length - 1;
    }
    slots[slot] = hash & 0xFFFFFFFF00000000L | id + 1;
  }

  /**
   * A vocabulary of tokens that lie in an array.
   *
   * @param bytes the tokens' bytes
   * @param ids their ids, each from 0 to {@link #MOST} - 1
   * @param starts where in {@code bytes} each of them starts
   * @param ends where each of them ends
   * @throws IllegalArgumentException if a token is empty, or an id or token is there twice
   */
  public static Vocabulary of(byte[] bytes, int[] ids, int[] starts, int[] ends) {
    return new Vocabulary(bytes, ids, starts, ends);
  }

  /**
   * A vocabulary from the bytes of each id.
   *
   * @param tokens the bytes of id 0, 1 and so on; null where no token has that id
   * @throws IllegalArgumentException if a token is empty or there twice
   */
  public static Vocabulary of(byte[][] tokens) {
    int size = 0;
    int length = 0;
    for (byte[] token : tokens) {
      size += token == null ? 0 : 1;
      length += token == null ? 0 : token.length;
    }
    byte[] bytes = new byte[length];
    int[] ids = new int[size];
    int[] starts = new int[size];
    int[] ends = new int[size];
    int at = 0;
    int n = 0;
    for (int id = 0; id < tokens.length; id++) {
      if (tokens[id] != null) {
        System.arraycopy(tokens[id], 0, bytes, at, tokens[id].length);
        ids[n] = id;
        starts[n] = at;
        at += tokens[id].length;
        ends[n++] = at;
      }
    }
    return new Vocabulary(bytes, ids, starts, ends);
  }

  /** How many tokens there are. */
  public int size() {
    return size;
  }

  /** One more than the largest id. */
  public int bound() {
    return starts.length - 1;
  }

  /** Length of the longest token in bytes. */
  public int longest() {
    return longest;
  }

  /** Length in bytes of the token of an id; 0 if there is none. */
  public int length(int id) {
    return id >= 0 && id < starts.length - 1 ? starts[id + 1] - starts[id] : 0;
  }

  /** The bytes of the token of an id, in an array of their own; empty if there is none. */
  public byte[] token(int id) {
    int length = length(id);
    return length == 0 ? new byte[0] : Arrays.copyOfRange(bytes, starts[id], starts[id + 1]);
  }

  /** The id of the token {@code text[from, to)}, or -1 if there is none. */
  public int find(byte[] text, int from, int to) {
    if (to - from > longest) {
      return -1;
    }
    long hash = hash(text, from, to);
    int slot = (int) hash & slots.length - 1;
    while (slots[slot] != 0) {
      long entry = slots[slot];
      if ((entry ^ hash) >>> 32 == 0) {
        int id = (int) entry - 1;
        if (Arrays.equals(bytes, starts[id], starts[id + 1], text, from, to)) {
          return id;
        }
      }
      slot = slot + 1 & slots.length - 1;
    }
    return -1;
  }

  /** Writes the bytes of a token to {@code out} and says how many there were, 0 for no token. */
  int copy(int id, byte[] out, int at) {
    int length = length(id);
    if (length > 0) {
      System.arraycopy(bytes, starts[id], out, at, length);
    }
    return length;
  }

  /** All tokens' bytes; a token of an id lies at {@link #start}. */
  byte[] bytes() {
    return bytes;
  }

  /** Where the bytes of a token start. */
  int start(int id) {
    return starts[id];
  }

  private static long hash(byte[] text, int from, int to) {
    long hash = to - from;
    int at = from;
    for (; to - at > 8; at += 8) {
      hash = (hash ^ Utf8.word(text, at)) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 29;
    }
    hash = (hash ^ Utf8.word(text, at, to - at)) * 0x9E3779B97F4A7C15L;
    return hash ^ hash >>> 32;
  }
}
