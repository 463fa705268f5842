package org.gristmill.dedup.index;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.function.IntToLongFunction;
import java.util.zip.CRC32C;

/**
 * A section of a file, made of pieces that each end with the CRC32C of the bytes before. It holds
 * those that were read last.
 */
final class Pieces {
  /** Bytes after a piece's own. */
  static final int CHECK = 4;

  /** Bytes of no meaning that end the buffer, so that readers of bits may overrun their piece. */
  static final int PADDING = 32;

  /** Most bytes of a read of several pieces. */
  private static final int WINDOW = 1 << 18;

  /** Most bytes that are read though not wanted, because they lie between two that are. */
  private static final int MOST_BETWEEN = 16 << 10;

  private final RandomAccess file;
  private final String name;
  private final int count;
  private final IntToLongFunction start;
  private byte[] bytes = new byte[PADDING];
  private int from;
  private int to;

  /**
   * @param name of a piece, for errors
   * @param start where each piece starts in the file, and for {@code count}, where the last ends
   */
  Pieces(RandomAccess file, String name, int count, IntToLongFunction start) {
    this.file = file;
    this.name = name;
    this.count = count;
    this.start = start;
  }

  static void write(OutputStream out, byte[] bytes, int length) throws IOException {
    out.write(bytes, 0, length);
    out.write(ByteBuffer.allocate(CHECK).putInt(crc(bytes, 0, length)).array());
  }

  /**
   * Compares what {@link #write} wrote with its check.
   *
   * @param length without the check
   * @throws IOException if they do not agree
   */
  static void check(byte[] bytes, int from, int length, String name) throws IOException {
    if (crc(bytes, from, length) != ByteBuffer.wrap(bytes).getInt(from + length)) {
      throw new IOException(name + " is damaged: its checksum differs");
    }
  }

  private static int crc(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  /**
   * Reads a piece, unless it is held, and with it those wanted after it that one read can take.
   *
   * @param wanted pieces that will be loaded, or {@code count} for none; those from {@code i} to
   *     {@code n} are still to come
   * @return where in {@link #bytes} the piece starts
   * @throws IOException if the file cannot be read or a piece is damaged
   */
  int load(int piece, int[] wanted, int i, int n) throws IOException {
    if (piece < from || piece >= to) {
      int last = piece;
      for (int j = i;
          j < n && wanted[j] < count && within(piece, wanted[j]) && near(last, wanted[j]);
          j++) {
        last = Math.max(last, wanted[j]);
      }
      read(piece, last + 1);
    }
    return at(piece);
  }

  byte[] bytes() {
    return bytes;
  }

  /** Bytes of a piece without its check. */
  int length(int piece) {
    return (int) (start.applyAsLong(piece + 1) - start.applyAsLong(piece)) - CHECK;
  }

  private boolean within(int first, int last) {
    return start.applyAsLong(last + 1) - start.applyAsLong(first) <= WINDOW;
  }

  /** Whether little lies between two pieces. */
  private boolean near(int before, int next) {
    return next <= before
        || start.applyAsLong(next) - start.applyAsLong(before + 1) <= MOST_BETWEEN;
  }

  private int at(int piece) {
    return (int) (start.applyAsLong(piece) - start.applyAsLong(from));
  }

  private void read(int first, int end) throws IOException {
    from = first;
    to = first;
    int length = at(end);
    if (length > bytes.length - PADDING) {
      bytes = new byte[length + PADDING];
    }
    file.read(start.applyAsLong(first), bytes, 0, length);
    for (int piece = first; piece < end; piece++) {
      check(bytes, at(piece), length(piece), name + " " + piece + " of " + count);
    }
    to = end;
  }
}
