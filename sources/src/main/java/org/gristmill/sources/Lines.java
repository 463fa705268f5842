package org.gristmill.sources;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * Reads the lines that start in a part, as bytes, and says exactly where each one starts; passes
 * over a byte order mark, blank lines and those of which a piece is lost, and never holds more than
 * the longest line allowed.
 */
final class Lines {
  private static final int MARK_BYTES = 3;

  private final Pieces pieces;
  private final long maxLineBytes;
  private final Bytes line = new Bytes();
  private byte[] buffer = {};
  private int from;
  private int to;

  /** Offset of {@code buffer[0]}, if it had one. */
  private long base;

  private boolean begun;
  private boolean ended;

  /** Whether what comes next is the rest of a line whose start is not here. */
  private boolean rest;

  private long offset;
  private long length;

  Lines(Pieces pieces, long maxLineBytes) {
    this.pieces = pieces;
    this.maxLineBytes = maxLineBytes;
  }

  /**
   * Goes to the next line that is not blank; false at the end.
   *
   * @throws IOException of the pieces; {@link #offset} is then where the unfinished line starts
   */
  boolean next() throws IOException {
    while (true) {
      offset = base + from;
      if (!fill() || !pieces.isOwn()) {
        return false;
      }
      offset = base + from;
      boolean isFirst = offset == 0 && !rest;
      boolean whole = readLine();
      if (isFirst && line.removeMark()) {
        offset += MARK_BYTES;
        length -= MARK_BYTES;
      }
      if (whole && (length > maxLineBytes || !line.isBlank())) {
        return true;
      }
    }
  }

  /** Where the line starts: see {@link Pieces}. */
  long offset() {
    return offset;
  }

  /** Whether the line was longer than allowed, and is not here. */
  boolean tooLong() {
    return length > maxLineBytes;
  }

  /** Length of the line in bytes, without its line feed. */
  long length() {
    return length;
  }

  /** A copy of the line without its line feed. */
  byte[] bytes() {
    return line.toByteArray();
  }

  /** Reads to the next line feed; false if that was no whole line, but a rest or a start. */
  private boolean readLine() throws IOException {
    boolean whole = !rest;
    rest = false;
    length = 0;
    line.reset();
    while (true) {
      int end = lineEnd();
      keep(end, whole);
      boolean feed = end < to;
      from = feed ? end + 1 : end;
      if (feed) {
        return whole;
      }
      if (!fill()) {
        return whole && pieces.isJoined();
      }
      if (rest || !whole && !pieces.isOwn()) {
        return false;
      }
    }
  }

  private void keep(int end, boolean whole) {
    length += end - from;
    if (whole && length <= maxLineBytes + MARK_BYTES) {
      line.write(buffer, from, end - from);
    } else {
      line.reset();
    }
  }

  /** Index of the next line feed in the buffer, or its end. */
  private int lineEnd() {
    int end = from;
    while (end < to && buffer[end] != '\n') {
      end++;
    }
    return end;
  }

  private boolean fill() throws IOException {
    if (from == to && !ended) {
      ended = !pieces.next();
      if (!ended) {
        buffer = pieces.bytes();
        from = 0;
        to = pieces.length();
        base = pieces.offset();
        rest |= !pieces.isJoined() || !begun && !pieces.startsLine();
        begun = true;
      }
    }
    return !ended;
  }

  /** A growing buffer that can tell whether it holds nothing but white space. */
  private static final class Bytes extends ByteArrayOutputStream {
    boolean isBlank() {
      for (int i = 0; i < count; i++) {
        if (buf[i] != ' ' && buf[i] != '\t' && buf[i] != '\r') {
          return false;
        }
      }
      return true;
    }

    /** Removes a byte order mark in front; false if there is none. */
    boolean removeMark() {
      boolean marked =
          Mark.of(Arrays.copyOf(buf, Math.min(count, MARK_BYTES)))
              .filter(mark -> mark.length() == MARK_BYTES)
              .isPresent();
      if (marked) {
        System.arraycopy(buf, MARK_BYTES, buf, 0, count - MARK_BYTES);
        count -= MARK_BYTES;
      }
      return marked;
    }
  }
}
