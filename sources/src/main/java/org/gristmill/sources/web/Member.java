package org.gristmill.sources.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.gristmill.sources.OneByte;

/**
 * Inflates the gzip member at a window's position, without moving the window, and checks it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>
 */
final class Member implements AutoCloseable {
  /** What stands at the window's position. */
  enum State {
    /** No gzip header. */
    NONE,
    /** A whole member whose checksum and length agree. */
    SOUND,
    /** Data that do not inflate, or not to what the checksum says. */
    CORRUPT,
    /** The stream ends inside the member. */
    TRUNCATED,
    /** More bytes than are held at once; read on with {@link #rest}. */
    LARGE
  }

  private static final int TRAILER = 8;
  private static final int PROBE = 1 << 10;

  private final Window window;
  private final int maxBytes;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private byte[] out = new byte[Window.CHUNK];
  private int length;
  private int stored;

  Member(Window window, int maxBytes) {
    this.window = window;
    this.maxBytes = maxBytes;
  }

  /** Stored bytes of a sound member. */
  int stored() {
    return stored;
  }

  /** The bytes inflated so far, valid up to {@link #length} and until the next call. */
  byte[] bytes() {
    return out;
  }

  int length() {
    return length;
  }

  State inflate() throws IOException {
    State head = begin();
    return head == State.SOUND ? inflate(maxBytes) : head;
  }

  /** Whether a member starts here whose first bytes inflate to the start of a record. */
  boolean startsRecord() throws IOException {
    State head = begin();
    if (head == State.SOUND) {
      inflate(PROBE);
    }
    return Head.startsAt(out, 0, length);
  }

  /** Reads the member's header; SOUND if it is one. */
  private State begin() throws IOException {
    inflater.reset();
    crc.reset();
    length = 0;
    int have = Math.min(window.ahead(Window.CHUNK), Window.CHUNK);
    byte[] b = window.bytes();
    int s = window.start();
    if (!GzipHeader.mayStartAt(b, s, s + have)) {
      return State.NONE;
    }
    if (have < GzipHeader.BYTES) {
      return State.TRUNCATED;
    }
    stored = GzipHeader.length(b, s, s + have);
    return !GzipHeader.isSound(b, s)
        ? State.CORRUPT
        : stored >= have && have < Window.CHUNK ? State.TRUNCATED : State.SOUND;
  }

  private State inflate(int max) throws IOException {
    try {
      while (!inflater.finished()) {
        if (inflater.needsInput() && !feed()) {
          return State.TRUNCATED;
        }
        if (length == out.length) {
          out = Arrays.copyOf(out, (int) Math.min(2L * length, Integer.MAX_VALUE - 8));
        }
        int n = inflater.inflate(out, length, Math.min(out.length, max) - length);
        crc.update(out, length, n);
        length += n;
        if (n == 0 && inflater.needsDictionary()) {
          return State.CORRUPT;
        }
        if (!inflater.finished() && (length >= max || stored > maxBytes)) {
          return State.LARGE;
        }
      }
    } catch (DataFormatException e) {
      return State.CORRUPT;
    }
    stored -= inflater.getRemaining();
    return check(stored);
  }

  private boolean feed() throws IOException {
    int have = window.ahead(stored + Window.CHUNK) - stored;
    if (have <= 0) {
      return false;
    }
    int n = Math.min(have, Window.CHUNK);
    inflater.setInput(window.bytes(), window.start() + stored, n);
    stored += n;
    return true;
  }

  /** Compares checksum and length at the given place ahead. */
  private State check(int at) throws IOException {
    if (window.ahead(at + TRAILER) < at + TRAILER) {
      return State.TRUNCATED;
    }
    long expected = 0;
    for (int i = TRAILER - 1; i >= 0; i--) {
      expected = expected << 8 | window.bytes()[window.start() + at + i] & 0xFF;
    }
    stored = at + TRAILER;
    long found = crc.getValue() | (inflater.getBytesWritten() & 0xFFFFFFFFL) << 32;
    return expected == found ? State.SOUND : State.CORRUPT;
  }

  /** A LARGE member from its first byte on; reading it moves the window. */
  Rest rest() {
    return new Rest();
  }

  @Override
  public void close() {
    inflater.end();
  }

  /** The inflated bytes of a member that is too large to be held. Damage ends the stream. */
  final class Rest extends InputStream {
    private final byte[] input = new byte[Window.CHUNK];
    private int given;
    private int fed;
    private State state = State.LARGE;

    private Rest() {
      window.skip(stored - inflater.getRemaining());
      inflater.setInput(new byte[0]);
    }

    /** LARGE while reading, in the end SOUND, CORRUPT or TRUNCATED. */
    State state() {
      return state;
    }

    @Override
    public int read() throws IOException {
      return OneByte.read(this);
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
      if (given < length) {
        int n = Math.min(len, length - given);
        System.arraycopy(out, given, b, off, n);
        given += n;
        return n;
      }
      int n = 0;
      while (n == 0 && len > 0 && state == State.LARGE) {
        n = step(b, off, len);
      }
      return n == 0 && len > 0 ? -1 : n;
    }

    private int step(byte[] b, int off, int len) throws IOException {
      if (inflater.finished()) {
        window.skip(fed - inflater.getRemaining());
        fed = 0;
        state = check(0);
        window.skip(state == State.SOUND ? TRAILER : 0);
        return 0;
      }
      if (inflater.needsInput()) {
        window.skip(fed);
        fed = Math.min(window.ahead(1), input.length);
        if (fed == 0) {
          state = State.TRUNCATED;
          return 0;
        }
        System.arraycopy(window.bytes(), window.start(), input, 0, fed);
        inflater.setInput(input, 0, fed);
      }
      try {
        int n = inflater.inflate(b, off, len);
        crc.update(b, off, n);
        if (n == 0 && inflater.needsDictionary()) {
          state = State.CORRUPT;
        }
        return n;
      } catch (DataFormatException e) {
        state = State.CORRUPT;
        return 0;
      }
    }
  }
}
