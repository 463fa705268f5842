package org.gristmill.filters;

import java.util.Arrays;

/**
 * Ranges of a text (lines, paragraphs, words), and which of them are equal.
 *
 * <p>A hash says only where to look; the bytes are compared, so that answers are exact.
 */
class Pieces {
  final byte[] text;
  private int[] starts;
  private int[] ends;
  private int count;

  Pieces(byte[] text, int expected) {
    this.text = text;
    starts = new int[expected];
    ends = new int[expected];
  }

  final void add(int start, int end) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count + 8);
      ends = Arrays.copyOf(ends, 2 * count + 8);
    }
    starts[count] = start;
    ends[count++] = end;
  }

  final int count() {
    return count;
  }

  /** Where a piece begins, in bytes. */
  final int start(int piece) {
    return starts[piece];
  }

  /** Where a piece ends, in bytes, exclusive. */
  final int end(int piece) {
    return ends[piece];
  }

  final int bytes(int piece) {
    return ends[piece] - starts[piece];
  }

  /** For each piece the first that equals it, which may be itself. */
  final int[] firstEquals() {
    int[] first = new int[count];
    long[] keys = new long[count];
    int[] table = new int[Integer.highestOneBit(Math.max(2, count)) << 2];
    int mask = table.length - 1;
    for (int i = 0; i < count; i++) {
      int bytes = ends[i] - starts[i];
      long key =
          bytes <= Long.BYTES
              ? Utf8.upTo(Utf8.eight(text, starts[i]), bytes)
              : Utf8.hash(text, starts[i], ends[i]);
      keys[i] = key;
      int slot = (int) (Utf8.hash(key + bytes) >>> 32) & mask;
      int seen = table[slot] - 1;
      while (seen >= 0 && !(keys[seen] == key && sameRest(seen, i, bytes))) {
        slot = slot + 1 & mask;
        seen = table[slot] - 1;
      }
      if (seen < 0) {
        table[slot] = i + 1;
        seen = i;
      }
      first[i] = seen;
    }
    return first;
  }

  /** Whether two pieces of equal keys are equal. */
  private boolean sameRest(int a, int b, int bytes) {
    return ends[a] - starts[a] == bytes
        && (bytes <= Long.BYTES
            || Arrays.equals(text, starts[a], ends[a], text, starts[b], ends[b]));
  }

  final String string(int piece) {
    return new String(text, starts[piece], bytes(piece), java.nio.charset.StandardCharsets.UTF_8);
  }
}
