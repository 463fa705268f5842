package org.gristmill.tokenize.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The rules of a {@code precompiled_charsmap}: a double array of prefixes, in the layout of
 * darts-clone, whose values are places in a blob of replacements that end in a zero byte.
 *
 * @see <a href="https://github.com/s-yata/darts-clone">darts-clone</a>
 * @see <a
 *     href="https://github.com/google/sentencepiece/blob/master/src/normalizer.cc">SentencePiece's
 *     normalizer</a>
 */
public final class Charsmap {
  private final int[] units;
  private final byte[] blob;
  private final boolean[] starts = new boolean[256];

  /**
   * @param bytes size of the double array in bytes (little endian, 4 bytes), the array, the blob
   * @throws ModelError if they are no charsmap
   */
  public Charsmap(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int size = bytes.length < 8 ? -1 : buffer.getInt();
    if (size < 4 || size % 4 != 0 || size > bytes.length - 4) {
      throw new ModelError("precompiled_charsmap is broken");
    }
    units = new int[size / 4];
    buffer.asIntBuffer().get(units);
    blob = new byte[bytes.length - 4 - size];
    System.arraycopy(bytes, 4 + size, blob, 0, blob.length);
    for (int label = 0; label < 256; label++) {
      int node = offset(units[0]) ^ label;
      starts[label] = node < units.length && label(units[node]) == label;
    }
  }

  /** Whether a rule may start with this byte. */
  public boolean starts(byte first) {
    return starts[first & 0xFF];
  }

  /**
   * The longest rule at an index of a text.
   *
   * @return bytes that it reads, shifted left by 32, and the place of what it writes; 0 if no rule
   *     applies
   */
  public long longest(byte[] text, int from, int to) {
    return rule(text, from, to, to);
  }

  /** The same for the shortest rule. */
  public long shortest(byte[] text, int from, int to) {
    return rule(text, from, to, from);
  }

  /** Reads on after a match that ends before {@code enough}. */
  private long rule(byte[] text, int from, int to, int enough) {
    long found = 0;
    int node = offset(units[0]);
    for (int i = from; i < to; i++) {
      int label = text[i] & 0xFF;
      node ^= label;
      if (node >= units.length || label(units[node]) != label) {
        break;
      }
      int unit = units[node];
      node ^= offset(unit);
      if ((unit >> 8 & 1) == 1 && node < units.length) {
        found = (long) (i + 1 - from) << 32 | units[node] & 0x7FFFFFFF;
        if (i + 1 > enough) {
          break;
        }
      }
    }
    return found;
  }

  /** Where the replacements are. */
  public byte[] blob() {
    return blob;
  }

  /** End of the replacement that starts at a place of the blob. */
  public int end(int place) {
    if (place > blob.length) {
      throw new ModelError("precompiled_charsmap is broken: a rule points behind its end");
    }
    int end = place;
    while (end < blob.length && blob[end] != 0) {
      end++;
    }
    return end;
  }

  private static int label(int unit) {
    return unit & 0x800000FF;
  }

  private static int offset(int unit) {
    return unit >>> 10 << ((unit & 1 << 9) >>> 6);
  }
}
