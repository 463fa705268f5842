package org.gristmill.sources;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.gristmill.core.Reason;

/**
 * The text of a bzip2 file, a piece for each block.
 *
 * <p>Which bits are blocks follows from the bits near by, so that every part agrees: a block stands
 * wherever its magic stands and what follows has the checksum it says, unless it starts among the
 * bits of another such. It belongs to the part that has the byte in which it starts. It joins the
 * block before it if it starts where that ends, or with nothing but ends and headers of streams
 * between them; anything else between two blocks is damage, and so is a file that ends without an
 * end. The checksum over all blocks of a stream is compared if the stream takes at most {@link
 * Bzip2Block#MAX_STORED_BYTES}.
 *
 * <p>The offset of a place is that of its block, and how many bytes of the block's text come
 * before. The first is the number of the sixteenth byte at or before that in which the block
 * starts, divided by 16 and times {@link #BLOCK_OFFSETS}: no block has more text, and no two start
 * in the same sixteen bytes. In the first block the offset is the place in the text.
 */
final class Bzip2Pieces implements Pieces {
  /** Offsets of a block; its text has at most 46,620,000 bytes. */
  static final long BLOCK_OFFSETS = 1L << 26;

  /** No block takes fewer bytes. */
  private static final int LEAST_BLOCK = 16;

  /** Longest file whose places have offsets, in bytes. */
  static final long MAX_LENGTH = Long.MAX_VALUE / BLOCK_OFFSETS * LEAST_BLOCK;

  private static final long END_MAGIC = 0x177245385090L;
  private static final int END_BITS = 80;
  private static final int HEADER_BYTES = 4;

  /** Most bytes of ends and headers of streams between two blocks that join. */
  private static final int MAX_BETWEEN = 1 << 16;

  /** So far back lies what decides on the blocks of a part. */
  private static final int BEFORE = 2 * Bzip2Block.MAX_STORED_BYTES + MAX_BETWEEN;

  private static final int SCANNED = 1 << 16;
  private static final long NONE = -1;

  /** Of the third byte behind a magic's start: at which bits of the first it may start. */
  private static final byte[] STARTS = new byte[256];

  static {
    for (int bit = 0; bit < 8; bit++) {
      STARTS[(int) (Bzip2Block.MAGIC >>> 24 + bit) & 0xFF] |= (byte) (1 << bit);
    }
  }

  /** Told of what is wrong at a place of the part. */
  interface Damage {
    void at(long offset, Reason reason, String detail) throws IOException;
  }

  private final InputStream in;
  private final Part part;
  private final Damage damage;
  private final Bzip2Block block = new Bzip2Block();

  /** Bytes of the file from {@code base} on. */
  private byte[] buffer = new byte[1 << 13];

  private long base;
  private int filled;
  private boolean ended;

  /** The next bit at which a block may start. */
  private long next;

  /** The bit behind all sound blocks so far, whether they count or not. */
  private long covered;

  /** The bit behind the last block; 0 before the first of the file, {@link #NONE} if unknown. */
  private long last;

  private boolean lastOwn;
  private boolean lineEnd;
  private long lastOffset;

  /** Where a block must start to join the last; {@link #NONE} if none can. */
  private long expected = NONE;

  private boolean inOrder;
  private Reason lost = Reason.GZIP_CORRUPT;

  /** The first bit of the stream, if known, and the checksum of its blocks so far. */
  private long stream = NONE;

  private int combined;

  private boolean begun;
  private boolean done;
  private boolean again;
  private boolean heading;
  private boolean own;
  private boolean joined;
  private boolean startsLine;
  private long offset;

  /**
   * @param in a stream at the byte {@link #start} of the file
   * @param damage told of what is wrong at or behind a block of the part
   */
  Bzip2Pieces(InputStream in, Part part, Damage damage) {
    this.in = in;
    this.part = part;
    this.damage = damage;
    this.base = start(part);
    this.next = 8 * base;
    this.last = base == 0 ? 0 : NONE;
    this.lastOwn = part.isFirst();
    this.lineEnd = base == 0;
    this.begun = part.isFirst();
  }

  /** From which byte of the file on a part must be read. */
  static long start(Part part) {
    return Math.max(0, part.start() - BEFORE);
  }

  /** The text of a stream at its start, of which damage is an {@code IOException}. */
  static InputStream stream(InputStream in) {
    return new PieceStream(
        new Bzip2Pieces(
            in,
            Part.WHOLE,
            (offset, reason, detail) -> {
              throw failure(reason, detail);
            }));
  }

  /**
   * The text of the file's first block, which comes again with {@link #next}; only before that.
   *
   * @throws IOException also if it is damaged
   */
  byte[] head() throws IOException {
    heading = true;
    boolean any = next();
    heading = false;
    if (!joined) {
      throw failure(lost, "the first block of bzip2 cannot be unpacked");
    }
    again = any;
    return any ? Arrays.copyOf(block.text(), block.length()) : new byte[0];
  }

  private static IOException failure(Reason reason, String detail) {
    return reason == Reason.GZIP_TRUNCATED ? new EOFException(detail) : new IOException(detail);
  }

  @Override
  public boolean next() throws IOException {
    if (again) {
      again = false;
      return true;
    }
    while (!done) {
      if (last != NONE) {
        pass();
      }
      long at = seek();
      joined = at == NONE ? last != NONE && inOrder : at == expected;
      if (!joined && lastOwn && !heading) {
        damage.at(lastOffset, lost, "what follows in the bzip2 file cannot be unpacked");
      }
      boolean starts = joined && lineEnd;
      own = at != NONE && at >>> 3 >= part.start() && at >>> 3 < part.end();
      boolean before = at != NONE && at >>> 3 < part.start();
      done = at == NONE || !before && !own && !(joined && begun);
      if (!done) {
        take(at);
      }
      if (!done && !before) {
        startsLine = starts;
        begun = true;
        return true;
      }
    }
    return false;
  }

  /** Makes a block the last one. */
  private void take(long at) {
    offset = (at >>> 3) / LEAST_BLOCK * BLOCK_OFFSETS;
    last = 8 * base + block.end();
    lastOwn = own;
    lastOffset = offset + block.length();
    lineEnd = block.text()[block.length() - 1] == '\n';
    stream = joined ? stream : NONE;
    combined = Integer.rotateLeft(combined, 1) ^ block.checksum();
  }

  /** Passes over ends and headers of streams behind the last block. */
  private void pass() throws IOException {
    long at = last;
    boolean header = at == 0;
    expected = NONE;
    inOrder = false;
    lost = Reason.GZIP_CORRUPT;
    while (at - last <= 8L * MAX_BETWEEN) {
      if (header) {
        int have = have(at >>> 3, HEADER_BYTES);
        if (have < HEADER_BYTES || !isHeader(at)) {
          inOrder = have == 0;
          lost = have < HEADER_BYTES ? Reason.GZIP_TRUNCATED : lost;
          return;
        }
        at += 8 * HEADER_BYTES;
        header = false;
        stream = at;
        combined = 0;
        continue;
      }
      int have = have(at >>> 3, END_BITS / 8 + 1);
      if (8 * have - (at & 7) < Bzip2Block.MAGIC_BITS) {
        lost = Reason.GZIP_TRUNCATED;
        return;
      }
      long magic = bits(at, Bzip2Block.MAGIC_BITS);
      if (magic == Bzip2Block.MAGIC) {
        expected = at;
        return;
      }
      if (magic != END_MAGIC || 8 * have - (at & 7) < END_BITS) {
        lost = magic == END_MAGIC ? Reason.GZIP_TRUNCATED : lost;
        return;
      }
      compare(at);
      at = at + END_BITS + 7 & ~7L;
      header = true;
    }
  }

  private boolean isHeader(long at) {
    long bytes = bits(at, 8 * HEADER_BYTES);
    long level = bytes & 0xFF;
    return bytes >>> 8 == ('B' << 16 | 'Z' << 8 | 'h') && level >= '1' && level <= '9';
  }

  /** Compares the checksum at a stream's end. */
  private void compare(long at) throws IOException {
    boolean known = stream != NONE && at - stream <= 8L * Bzip2Block.MAX_STORED_BYTES;
    if (known && lastOwn && (int) bits(at + Bzip2Block.MAGIC_BITS, 32) != combined) {
      String detail = "the checksum of a bzip2 stream that ends here is another";
      damage.at(lastOffset, Reason.GZIP_CORRUPT, detail);
    }
  }

  /**
   * Unpacks the next block that counts: of those in or before the part, or the one that joins the
   * last; {@link #NONE} if there is none.
   */
  private long seek() throws IOException {
    long end = part.isLast() ? Long.MAX_VALUE : 8 * part.end() - 1;
    end = Math.max(end, expected);
    for (long at = find(end); at != NONE; at = find(end)) {
      next = at + 1;
      have(at >>> 3, Bzip2Block.MAX_STORED_BYTES);
      Bzip2Block.State state = block.unpack(buffer, at - 8 * base, filled);
      if (state == Bzip2Block.State.SOUND) {
        boolean counts = at >= covered;
        covered = Math.max(covered, 8 * base + block.end());
        if (counts) {
          return at;
        }
      } else if (at == expected && state == Bzip2Block.State.CUT) {
        lost = Reason.GZIP_TRUNCATED;
      }
    }
    return NONE;
  }

  /** The next bit up to {@code end} at which a magic stands; {@link #NONE} if there is none. */
  private long find(long end) throws IOException {
    while (next <= end) {
      int have = have(next >>> 3, SCANNED);
      int from = (int) ((next >>> 3) - base);
      int to = from + have - Bzip2Block.MAGIC_BITS / 8;
      for (int i = from; i <= to; i++) {
        int starts = i + 2 < filled ? STARTS[buffer[i + 2] & 0xFF] : 0;
        for (int bit = 0; starts != 0 && bit < 8; bit++) {
          long at = 8 * (base + i) + bit;
          if ((starts & 1 << bit) != 0
              && at >= next
              && at + Bzip2Block.MAGIC_BITS <= 8 * (base + filled)
              && bits(at, Bzip2Block.MAGIC_BITS) == Bzip2Block.MAGIC) {
            return at <= end ? at : NONE;
          }
        }
      }
      if (have < SCANNED) {
        return NONE;
      }
      next = 8 * (base + to);
    }
    return NONE;
  }

  /** Bits of the buffer, at most 48. */
  private long bits(long at, int count) {
    int index = (int) ((at >>> 3) - base);
    int bit = (int) (at & 7);
    long bits = 0;
    for (int i = 0; i < bit + count; i += 8) {
      bits = bits << 8 | buffer[index++] & 0xFF;
    }
    return bits >>> (8 - (bit + count) % 8) % 8 & (1L << count) - 1;
  }

  /**
   * Makes some bytes of the file stand in the buffer, together with those from {@link #next} on.
   *
   * @return how many of them there are
   */
  private int have(long from, int count) throws IOException {
    long end = from + count;
    while (!ended && base + filled < end) {
      if (filled == buffer.length) {
        makeRoom((int) (Math.min(next >>> 3, from) - base));
      }
      int read = in.read(buffer, filled, (int) Math.min(end - base, buffer.length) - filled);
      ended = read < 0;
      filled += Math.max(0, read);
    }
    return (int) Math.max(0, Math.min(count, base + filled - from));
  }

  /** Drops the first bytes of the buffer, or doubles it if they are few. */
  private void makeRoom(int gone) {
    byte[] to = gone > buffer.length / 2 ? buffer : new byte[2 * buffer.length];
    System.arraycopy(buffer, gone, to, 0, filled - gone);
    buffer = to;
    base += gone;
    filled -= gone;
  }

  @Override
  public byte[] bytes() {
    return block.text();
  }

  @Override
  public int length() {
    return block.length();
  }

  @Override
  public long offset() {
    return offset;
  }

  @Override
  public boolean isOwn() {
    return own;
  }

  @Override
  public boolean isJoined() {
    return joined;
  }

  @Override
  public boolean startsLine() {
    return startsLine;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
