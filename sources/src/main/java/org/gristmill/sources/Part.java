package org.gristmill.sources;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A range of a file's bytes as stored: the records that start in it.
 *
 * @param start first byte, from 0
 * @param end byte behind the last, above {@code start}; {@link Long#MAX_VALUE} for the last part,
 *     which goes to the end of the file
 */
public record Part(long start, long end) implements Serializable {
  /** All of a file. */
  public static final Part WHOLE = new Part(0, Long.MAX_VALUE);

  public Part {
    if (start < 0 || end <= start) {
      throw new IllegalArgumentException("no range of bytes: " + start + " to " + end);
    }
  }

  /** The parts of a file: all of it, once; each but the last of {@code bytes} bytes. */
  public static List<Part> of(long length, long bytes) {
    List<Part> parts = new ArrayList<>();
    long start = 0;
    for (; length - start > bytes; start += bytes) {
      parts.add(new Part(start, start + bytes));
    }
    parts.add(new Part(start, Long.MAX_VALUE));
    return parts;
  }

  /** Whether it holds the start of the file. */
  public boolean isFirst() {
    return start == 0;
  }

  /** Whether it goes to the end of the file. */
  public boolean isLast() {
    return end == Long.MAX_VALUE;
  }

  /** Bytes of it in a file of some length, which reaches into it. */
  public long bytes(long length) {
    return Math.min(end, length) - start;
  }
}
