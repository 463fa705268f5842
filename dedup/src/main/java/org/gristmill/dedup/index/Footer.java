package org.gristmill.dedup.index;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The end of a file: a directory of its pieces and its CRC32C; then how many entries they hold (8
 * bytes), the format's one setting (4), bytes in the directory (4), the CRC32C of these three, and
 * eight letters that name format and version.
 *
 * @param position of the directory in the file: where all else must end
 */
record Footer(ByteBuffer directory, long entries, int setting, long position) {
  private static final int NUMBERS = 16;
  private static final int LETTERS = 8;
  private static final int TAIL = NUMBERS + Pieces.CHECK + LETTERS;

  static void write(OutputStream out, String format, byte[] directory, long entries, int setting)
      throws IOException {
    Pieces.write(out, directory, directory.length);
    ByteBuffer numbers = ByteBuffer.allocate(NUMBERS).putLong(entries).putInt(setting);
    Pieces.write(out, numbers.putInt(directory.length).array(), NUMBERS);
    out.write(letters(format));
  }

  static Footer read(RandomAccess file, String format) throws IOException {
    long length = file.length();
    if (length < TAIL) {
      throw new IOException("no file of format " + format + ": it has only " + length + " bytes");
    }
    byte[] tail = read(file, length - TAIL, TAIL);
    if (!Arrays.equals(letters(format), Arrays.copyOfRange(tail, TAIL - LETTERS, TAIL))) {
      throw new IOException("no file of format " + format + ", or one that is cut short");
    }
    Pieces.check(tail, 0, NUMBERS, "the footer");
    ByteBuffer numbers = ByteBuffer.wrap(tail);
    long entries = numbers.getLong();
    int setting = numbers.getInt();
    int size = numbers.getInt();
    long position = length - TAIL - Pieces.CHECK - size;
    if (position < 0) {
      throw new IOException(
          "a file of format " + format + " that is cut short: " + length + " bytes");
    }
    byte[] directory = read(file, position, size + Pieces.CHECK);
    Pieces.check(directory, 0, size, "the directory");
    return new Footer(ByteBuffer.wrap(directory, 0, size).slice(), entries, setting, position);
  }

  /**
   * Checks that the pieces end where the directory starts.
   *
   * @throws IOException if something was put before them or taken away
   */
  void follows(long end) throws IOException {
    if (position != end) {
      throw new IOException(
          "the footer starts at byte " + position + ", not where it says, at " + end);
    }
  }

  private static byte[] read(RandomAccess file, long position, int length) throws IOException {
    byte[] bytes = new byte[length];
    file.read(position, bytes, 0, length);
    return bytes;
  }

  private static byte[] letters(String format) {
    return format.getBytes(StandardCharsets.US_ASCII);
  }
}
