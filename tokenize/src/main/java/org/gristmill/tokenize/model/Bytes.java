package org.gristmill.tokenize.model;

import java.util.Arrays;

/** A growing array of bytes. */
public final class Bytes {
  private byte[] bytes;
  private int size;

  /** An empty array with room for so many. */
  public Bytes(int room) {
    bytes = new byte[Math.max(room, 16)];
  }

  public void add(int value) {
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * size);
    }
    bytes[size++] = (byte) value;
  }

  /** Adds a range of an array. */
  public void addAll(byte[] from, int start, int end) {
    reserve(end - start);
    System.arraycopy(from, start, bytes, size, end - start);
    size += end - start;
  }

  /** Adds the UTF-8 of a code point. */
  public void addCodePoint(int c) {
    reserve(4);
    if (c < 0x80) {
      bytes[size++] = (byte) c;
    } else if (c < 0x800) {
      bytes[size++] = (byte) (0xC0 | c >> 6);
      bytes[size++] = (byte) (0x80 | c & 0x3F);
    } else if (c < 0x10000) {
      bytes[size++] = (byte) (0xE0 | c >> 12);
      bytes[size++] = (byte) (0x80 | c >> 6 & 0x3F);
      bytes[size++] = (byte) (0x80 | c & 0x3F);
    } else {
      bytes[size++] = (byte) (0xF0 | c >> 18);
      bytes[size++] = (byte) (0x80 | c >> 12 & 0x3F);
      bytes[size++] = (byte) (0x80 | c >> 6 & 0x3F);
      bytes[size++] = (byte) (0x80 | c & 0x3F);
    }
  }

  private void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }

  public int size() {
    return size;
  }

  /** Drops all from an index on. */
  public void truncate(int newSize) {
    size = newSize;
  }

  /** Whether the last bytes are these. */
  public boolean endsWith(byte[] suffix) {
    return size >= suffix.length
        && Arrays.equals(bytes, size - suffix.length, size, suffix, 0, suffix.length);
  }

  /** The own array, valid below {@link #size} until the next addition. */
  public byte[] array() {
    return bytes;
  }

  public byte[] toArray() {
    return Arrays.copyOf(bytes, size);
  }
}
