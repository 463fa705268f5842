package org.gristmill.sources.web;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.gristmill.core.Reason;
import org.gristmill.sources.OneByte;

/**
 * Frames an archive packed with zstd: a frame per record, perhaps with a dictionary in a frame that
 * is passed over in front, or one frame around all.
 *
 * <p>A frame is found by its blocks' lengths and unpacked whole before anything in it is believed;
 * one that is larger than can be held is read as a stream. Behind damage, reading goes on at the
 * next frame that unpacks to the start of a record.
 *
 * @see <a href="https://iipc.github.io/warc-specifications/specifications/warc-zstd/">WARC with
 *     zstd</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8878">RFC 8878</a>
 */
final class ZstdArchive {
  /** Largest window, as a power of two in bytes; {@code zstd --ultra -22} needs 2^27. */
  private static final int WINDOW_LOG = 27;

  /** Largest dictionary, in bytes as it is used; longer ones have not been met. */
  private static final int MAX_DICTIONARY = 16 << 20;

  /** Number of the skippable frame that holds a dictionary. */
  private static final int DICTIONARY = 0x5D;

  private static final int PROBE = 1 << 10;

  /** A block's most bytes, and as many that its frame's first bytes are surely among. */
  private static final int PROBED = 1 << 18;

  /** How far into a file we look for the first frame. */
  private static final int SNIFF = 1 << 20;

  private final Window window;
  private final int maxFrame;
  private final long maxBytes;
  private final Findings sink;
  private byte[] dictionary = {};

  /** The archive from a window at its start. */
  ZstdArchive(Window window, int maxFrame, long maxBytes, Sink sink) {
    this.window = window;
    this.maxFrame = maxFrame;
    this.maxBytes = maxBytes;
    this.sink = new Findings(sink);
  }

  /** Whether a file is such an archive, or was one before its first bytes were damaged. */
  static boolean startsAt(Window window) throws IOException {
    int have = Math.min(window.ahead(SNIFF), SNIFF);
    byte[] b = window.bytes();
    int start = window.start();
    if (isFrame(b, start, start + have) || isSkippable(b, start, start + have)) {
      return true;
    }
    if (Head.startsAt(b, start, start + have) || GzipHeader.startsAt(b, start, start + have)) {
      return false;
    }
    int zstd = nextStart(b, start, start + have);
    return zstd >= 0 && Head.find(b, start, zstd) < 0 && !hasGzip(b, start, zstd);
  }

  void read() throws IOException {
    while (window.ahead(1) > 0) {
      long offset = window.position();
      int have = Math.min(window.ahead(8), 8);
      int at = window.start();
      if (isSkippable(window.bytes(), at, at + have)) {
        skip(offset, have);
      } else if (isFrame(window.bytes(), at, at + have)) {
        frame(offset);
      } else {
        seek(offset + 1);
        sink.garbage(offset, window.position());
      }
    }
    sink.end(window.position());
  }

  /** Passes over a frame that says so; its length is believed if a frame or the end follows. */
  private void skip(long offset, int have) throws IOException {
    long length = have < 8 ? Long.MAX_VALUE : 8 + little(4, 4);
    if (offset == 0 && byteAt(0) == DICTIONARY && length <= MAX_DICTIONARY) {
      int held = Math.min(window.ahead((int) length), (int) length);
      dictionary = dictionary(window.copy(Math.min(8, held), held));
    }
    boolean there = length < Long.MAX_VALUE && walk(length);
    if (there && (window.ahead(4) == 0 || isFrameHere())) {
      return;
    }
    window.moveTo(offset);
    seek(offset + 1);
    Reason reason = window.ahead(1) == 0 ? Reason.GZIP_TRUNCATED : Reason.GZIP_CORRUPT;
    sink.damage(offset, "", reason, "a frame to be passed over, " + length + " bytes");
  }

  private boolean isFrameHere() {
    int end = window.start() + 4;
    return isFrame(window.bytes(), window.start(), end)
        || isSkippable(window.bytes(), window.start(), end);
  }

  /** Moves on, in steps; false if the file ends before. */
  private boolean walk(long bytes) throws IOException {
    long left = bytes;
    while (left > 0) {
      int have = (int) Math.min(window.ahead(1), left);
      if (have == 0) {
        return false;
      }
      window.skip(have);
      left -= have;
    }
    return true;
  }

  /** A dictionary, which may itself be packed. */
  private static byte[] dictionary(byte[] stored) throws IOException {
    if (!isFrame(stored, 0, stored.length)) {
      return stored;
    }
    try (InputStream in = new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(stored))) {
      return in.readNBytes(MAX_DICTIONARY);
    } catch (IOException e) {
      return new byte[0]; // the frames that need it will say that they cannot be unpacked
    }
  }

  private void frame(long offset) throws IOException {
    long stored = stored();
    window.moveTo(offset);
    if (stored > maxFrame) {
      large(offset, stored);
      return;
    }
    byte[] out = new byte[0];
    int length = 0;
    boolean cut = stored < 0;
    boolean sound = false;
    int held = Math.min(window.ahead(cut ? maxFrame : (int) stored), cut ? maxFrame : (int) stored);
    try (InputStream in = unpacking(held)) {
      int read = 0;
      while (read >= 0 && length <= maxFrame) {
        length += read;
        out = length == out.length ? Arrays.copyOf(out, Math.max(PROBED, 2 * length)) : out;
        read = in.read(out, length, out.length - length);
      }
      sound = read < 0 && !cut;
      if (length > maxFrame) {
        large(offset, stored);
        return;
      }
    } catch (IOException e) {
      cut = cut || String.valueOf(e.getMessage()).startsWith("Truncated");
    }
    records(offset, held, out, length, sound, cut);
  }

  private void records(long offset, int stored, byte[] out, int length, boolean sound, boolean cut)
      throws IOException {
    Reason reason = cut ? Reason.GZIP_TRUNCATED : Reason.GZIP_CORRUPT;
    Window inside = new Window(out, length);
    if (sound && Head.find(out, 0, length) < 0) {
      window.skip(stored);
      sink.garbage(offset, window.position());
    } else if (sound) {
      RecordReader.packed(inside, maxBytes, sink, () -> Reason.WARC_LENGTH_MISMATCH, offset).read();
      window.skip(stored);
    } else {
      if (RecordReader.startsWithTwo(out, length)) {
        RecordReader.packed(inside, maxBytes, sink.sound(), () -> reason, offset).read();
      }
      seek(offset + 1);
      Reason shown = window.ahead(1) == 0 ? reason : Reason.GZIP_CORRUPT;
      sink.damage(offset, "", shown, window.position() - offset + " bytes");
    }
  }

  /** A frame that cannot be held, record by record. */
  private void large(long offset, long stored) throws IOException {
    boolean[] sound = {true};
    long end = stored < 0 ? Long.MAX_VALUE : offset + stored;
    boolean cut;
    try (InputStream in = stream(new Rest(end))) {
      Window inside = new Window(new Ending(in, sound));
      cut = RecordReader.packed(inside, maxBytes, sink, () -> reason(sound), offset).read();
    }
    boolean whole = sound[0] && stored >= 0;
    if (!whole && !cut) {
      sink.damage(offset, "", reason(sound), "the frame's end");
    }
    if (whole) {
      window.moveTo(end);
    } else {
      window.moveTo(offset);
      seek(offset + 1);
    }
  }

  private static Reason reason(boolean[] sound) {
    return sound[0] ? Reason.WARC_LENGTH_MISMATCH : Reason.GZIP_CORRUPT;
  }

  private InputStream unpacking(int length) throws IOException {
    return stream(new ByteArrayInputStream(window.bytes(), window.start(), length));
  }

  private InputStream stream(InputStream in) throws IOException {
    ZstdInputStreamNoFinalizer zstd = new ZstdInputStreamNoFinalizer(in);
    zstd.setLongMax(WINDOW_LOG);
    if (dictionary.length > 0) {
      zstd.setDict(dictionary);
    }
    return zstd;
  }

  /**
   * Bytes of the frame at the window's position, which it moves; -1 if the file ends in it or its
   * blocks are none.
   */
  private long stored() throws IOException {
    long start = window.position();
    if (window.ahead(18) < 6) {
      return -1;
    }
    int descriptor = byteAt(4);
    boolean single = (descriptor & 0x20) != 0;
    int content = descriptor >> 6 == 0 ? (single ? 1 : 0) : 1 << (descriptor >> 6);
    int header = 5 + (single ? 0 : 1) + new int[] {0, 1, 2, 4}[descriptor & 3] + content;
    if (!walk(header)) {
      return -1;
    }
    boolean last = false;
    while (!last) {
      if (window.ahead(3) < 3) {
        return -1;
      }
      long block = little(0, 3);
      last = (block & 1) != 0;
      int type = (int) (block >> 1) & 3;
      if (type == 3 || !walk(3 + (type == 1 ? 1 : block >> 3))) {
        return -1;
      }
    }
    boolean whole = (descriptor & 4) == 0 || walk(4);
    return whole ? window.position() - start : -1;
  }

  private int byteAt(int ahead) {
    return window.bytes()[window.start() + ahead] & 0xFF;
  }

  private long little(int ahead, int bytes) {
    long value = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      value = value << 8 | byteAt(ahead + i);
    }
    return value;
  }

  /** Moves to the next frame that starts a record, from some place on, or to the end. */
  private void seek(long from) throws IOException {
    window.moveTo(from);
    while (true) {
      int have = window.ahead(Window.CHUNK);
      int start = window.start();
      int found = nextFrame(window.bytes(), start, start + have);
      if (found >= 0) {
        window.skip(found - start);
        int probed = Math.min(window.ahead(PROBED), PROBED);
        if (startsRecord(probed)) {
          return;
        }
        window.skip(1);
      } else if (have < Window.CHUNK) {
        window.skip(have);
        return;
      } else {
        window.skip(have - 3);
      }
    }
  }

  private boolean startsRecord(int length) {
    byte[] out = new byte[PROBE];
    int n = 0;
    try (InputStream in = unpacking(length)) {
      for (int read = 0; read >= 0 && n < PROBE; read = in.read(out, n, PROBE - n)) {
        n += read;
      }
    } catch (IOException e) {
      return Head.startsAt(out, 0, n); // what came before the damage
    }
    return Head.startsAt(out, 0, n);
  }

  private static int nextStart(byte[] b, int from, int end) throws IOException {
    int found = nextFrame(b, from, end);
    while (found >= 0) {
      Window there = new Window(b, end);
      there.skip(found);
      ZstdArchive probe = new ZstdArchive(there, 0, 0, null);
      if (probe.startsRecord(Math.min(PROBED, end - found))) {
        return found;
      }
      found = nextFrame(b, found + 1, end);
    }
    return -1;
  }

  private static int nextFrame(byte[] b, int from, int end) {
    for (int i = from; i < end - 3; i++) {
      if (b[i] == 0x28 && isFrame(b, i, end)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean hasGzip(byte[] b, int from, int to) {
    for (int i = from; i < to - 2; i++) {
      if (GzipHeader.startsAt(b, i, to)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isFrame(byte[] b, int at, int end) {
    return end - at >= 4
        && b[at] == 0x28
        && b[at + 1] == (byte) 0xb5
        && b[at + 2] == 0x2f
        && b[at + 3] == (byte) 0xfd;
  }

  private static boolean isSkippable(byte[] b, int at, int end) {
    return end - at >= 4
        && (b[at] & 0xF0) == 0x50
        && b[at + 1] == 0x2a
        && b[at + 2] == 0x4d
        && b[at + 3] == 0x18;
  }

  /** The window's bytes up to a place; reading moves the window. */
  private final class Rest extends InputStream {
    private final long end;

    Rest(long end) {
      this.end = end;
    }

    @Override
    public int read() throws IOException {
      return OneByte.read(this);
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
      int n = (int) Math.min(Math.min(window.ahead(1), len), end - window.position());
      if (n <= 0) {
        return -1;
      }
      System.arraycopy(window.bytes(), window.start(), b, off, n);
      window.skip(n);
      return n;
    }
  }

  /** Ends where its stream breaks, and remembers that. */
  private static final class Ending extends InputStream {
    private final InputStream in;
    private final boolean[] sound;

    Ending(InputStream in, boolean[] sound) {
      this.in = in;
      this.sound = sound;
    }

    @Override
    public int read() throws IOException {
      return OneByte.read(this);
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
      try {
        return in.read(b, off, len);
      } catch (IOException e) {
        sound[0] = false;
        return -1;
      }
    }
  }
}
