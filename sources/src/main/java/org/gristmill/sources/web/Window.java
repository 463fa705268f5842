package org.gristmill.sources.web;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.gristmill.sources.Input;

/** A stream with a position, in which one can look ahead without moving. */
final class Window implements Closeable {
  /** Bytes looked at in one go while scanning. */
  static final int CHUNK = 1 << 16;

  /** Opens what the window goes over, from some position on. */
  private interface Opener {
    InputStream open(long from) throws IOException;
  }

  private final Opener opener;
  private InputStream in;
  private byte[] buffer;
  private int start;
  private int end;
  private long position;
  private boolean ended;

  /** A window over a file, at its start. */
  Window(Input input) throws IOException {
    this.opener = input::open;
    this.in = input.open();
    this.buffer = new byte[2 * CHUNK];
  }

  /** A window over a stream, which it does not close. */
  Window(InputStream in) {
    this.opener = Window::forwardOnly;
    this.in = in;
    this.buffer = new byte[2 * CHUNK];
  }

  /** A window over the first {@code length} bytes, which are not copied. */
  Window(byte[] bytes, int length) {
    this.opener = Window::forwardOnly;
    this.in = InputStream.nullInputStream();
    this.buffer = bytes;
    this.end = length;
    this.ended = true;
  }

  /** Bytes skipped so far. */
  long position() {
    return position;
  }

  /**
   * How many bytes can be looked at: {@code wanted} or more, fewer only where the stream ends. The
   * array may be another one afterwards.
   */
  int ahead(int wanted) throws IOException {
    while (end - start < wanted && !ended) {
      makeRoom(wanted);
      int read = in.read(buffer, end, buffer.length - end);
      if (read < 0) {
        ended = true;
      } else {
        end += read;
      }
    }
    return end - start;
  }

  byte[] bytes() {
    return buffer;
  }

  /** Index of the current position in {@link #bytes()}. */
  int start() {
    return start;
  }

  /** Moves on over bytes that have been looked at. */
  void skip(int count) {
    start += count;
    position += count;
  }

  /** Moves to any position of a file, which must have so many bytes. */
  void moveTo(long target) throws IOException {
    if (target >= position && target - position <= end - start) {
      skip((int) (target - position));
      return;
    }
    in.close();
    in = opener.open(target);
    start = 0;
    end = 0;
    position = target;
    ended = false;
  }

  private static InputStream forwardOnly(long from) {
    throw new IllegalStateException("no way to " + from + " but forward");
  }

  /** Closes the file. */
  @Override
  public void close() throws IOException {
    in.close();
  }

  /** Keeps half of the array free after each move, so that moving costs O(1) per byte read. */
  private void makeRoom(int wanted) {
    if (end < buffer.length) {
      return;
    }
    int held = end - start;
    int capacity = buffer.length;
    while (capacity < 2 * held && capacity < Integer.MAX_VALUE / 2 - 1) {
      capacity *= 2;
    }
    capacity = Math.max(capacity, Math.min(wanted + CHUNK, 2 * held + CHUNK));
    byte[] target = capacity == buffer.length ? buffer : new byte[capacity];
    System.arraycopy(buffer, start, target, 0, held);
    buffer = target;
    start = 0;
    end = held;
  }

  /** A copy of some bytes ahead. */
  byte[] copy(int from, int to) {
    return Arrays.copyOfRange(buffer, start + from, start + to);
  }
}
