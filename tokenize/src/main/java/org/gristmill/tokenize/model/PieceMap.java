package org.gristmill.tokenize.model;

import java.util.Arrays;
import org.gristmill.core.Hash;

/** From strings of bytes to ids; one array for all bytes, looked up by ranges of a text. */
public final class PieceMap {
  /** What {@link #get} says of a string that is not in the map. */
  public static final int NONE = -1;

  private byte[] bytes = new byte[1 << 12];
  private int used;
  private int[] starts = new int[64];
  private int[] ids = new int[64];
  private int size;
  private int[] slots = new int[128];
  private int longest;

  /** Adds a string, or gives it another id. */
  public void put(byte[] piece, int id) {
    int slot = slot(piece, 0, piece.length);
    if (slots[slot] != 0) {
      ids[slots[slot] - 1] = id;
      return;
    }
    if (size + 1 >= ids.length) {
      ids = Arrays.copyOf(ids, 2 * ids.length);
      starts = Arrays.copyOf(starts, 2 * starts.length);
    }
    if (used + piece.length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, used + piece.length));
    }
    System.arraycopy(piece, 0, bytes, used, piece.length);
    starts[size] = used;
    used += piece.length;
    ids[size++] = id;
    starts[size] = used;
    slots[slot] = size;
    longest = Math.max(longest, piece.length);
    if (2 * size > slots.length) {
      grow();
    }
  }

  /** The id of a range of bytes, or {@link #NONE}. */
  public int get(byte[] text, int from, int to) {
    if (to - from > longest) {
      return NONE;
    }
    int entry = slots[slot(text, from, to)];
    return entry == 0 ? NONE : ids[entry - 1];
  }

  public int get(byte[] piece) {
    return get(piece, 0, piece.length);
  }

  public int size() {
    return size;
  }

  /** Length of the longest string, in bytes. */
  public int longest() {
    return longest;
  }

  private int slot(byte[] text, int from, int to) {
    int slot = first(text, from, to);
    for (; slots[slot] != 0; slot = slot + 1 & slots.length - 1) {
      int entry = slots[slot] - 1;
      if (Arrays.equals(bytes, starts[entry], starts[entry + 1], text, from, to)) {
        return slot;
      }
    }
    return slot;
  }

  private int first(byte[] text, int from, int to) {
    return (int) Hash.xx64(0, text, from, to - from) & slots.length - 1;
  }

  private void grow() {
    slots = new int[2 * slots.length];
    for (int entry = 0; entry < size; entry++) {
      int slot = first(bytes, starts[entry], starts[entry + 1]);
      while (slots[slot] != 0) {
        slot = slot + 1 & slots.length - 1;
      }
      slots[slot] = entry + 1;
    }
  }
}
