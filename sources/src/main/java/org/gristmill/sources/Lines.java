package org.gristmill.sources;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads lines as bytes and says exactly where each one starts; passes over a byte order mark and
 * blank lines, and never holds more than the longest line allowed.
 */
final class Lines {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final InputStream in;
  private final Part part;
  private final long maxLineBytes;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final Bytes line = new Bytes();
  private int from;
  private int to;

  /** Offset of {@code buffer[from]} in the stream. */
  private long position;

  private long offset;
  private long length;

  /**
   * The lines that start in a part.
   *
   * @param in the first part from its start; any other from the byte before, which may end a line
   */
  Lines(InputStream in, Part part, long maxLineBytes) {
    this.in = in;
    this.part = part;
    this.maxLineBytes = maxLineBytes;
    this.position = Math.max(0, part.start() - 1);
  }

  /**
   * Goes to the next line that is not blank; false at the end.
   *
   * @throws IOException of the stream; {@link #offset} is then where the unfinished line starts
   */
  boolean next() throws IOException {
    if (position < part.start()) {
      skipLine();
    }
    do {
      offset = position;
      length = 0;
      line.reset();
      if (position >= part.end() || !fill()) {
        return false;
      }
      if (position == 0) {
        skipMark();
      }
      readLine();
    } while (length <= maxLineBytes && line.isBlank());
    return true;
  }

  /** Where the line starts, in bytes of the unpacked stream. */
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

  /** Passes over a line that started before the part, as far as the part goes. */
  private void skipLine() throws IOException {
    boolean ended = false;
    while (!ended && position < part.end() && fill()) {
      int end = lineEnd();
      ended = end < to;
      advance(end - from + (ended ? 1 : 0));
    }
  }

  private void readLine() throws IOException {
    while (fill()) {
      int end = lineEnd();
      length += end - from;
      if (length <= maxLineBytes) {
        line.write(buffer, from, end - from);
      } else {
        line.reset();
      }
      boolean ended = end < to;
      advance(end - from + (ended ? 1 : 0));
      if (ended) {
        return;
      }
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

  private void skipMark() throws IOException {
    while (to - from < 3) {
      int read = in.read(buffer, to, buffer.length - to);
      if (read < 0) {
        break;
      }
      to += read;
    }
    Optional<Mark> mark = Mark.of(Arrays.copyOf(buffer, Math.min(to, 3)));
    if (mark.isPresent() && mark.get().charset() == StandardCharsets.UTF_8) {
      advance(mark.get().length());
      offset = mark.get().length();
    }
  }

  private void advance(int bytes) {
    from += bytes;
    position += bytes;
  }

  private boolean fill() throws IOException {
    while (from == to) {
      int read = in.read(buffer, 0, buffer.length);
      if (read < 0) {
        return false;
      }
      from = 0;
      to = read;
    }
    return true;
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
  }
}
