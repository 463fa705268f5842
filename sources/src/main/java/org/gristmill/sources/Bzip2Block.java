package org.gristmill.sources;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Unpacks one block of a bzip2 stream, at whatever bit of a buffer it starts. Blocks know nothing
 * of each other: each has its own codes and the checksum of its text.
 *
 * <p>The largest block of any level is taken whatever the stream's header says. A block that is
 * scrambled ("randomised"), as none has been since bzip2 0.9.5 of 1999, counts as damaged.
 */
final class Bzip2Block {
  /** What a block starts with: 48 bits. */
  static final long MAGIC = 0x314159265359L;

  static final int MAGIC_BITS = 48;

  /** Bytes that a block takes at most, and some more: 900,001 codes of 20 bits, and its tables. */
  static final int MAX_STORED_BYTES = 2_300_000;

  private static final int MAX_SYMBOLS = 900_000;
  private static final int MAX_CODE_BITS = 20;
  private static final int MAX_TABLES = 6;
  private static final int MAX_SELECTORS = 18_002;
  private static final int GROUP = 50;
  private static final int ALPHABET = 258;

  /** Four equal bytes are followed by how many more there are. */
  private static final int RUN = 4;

  /** Codes up to this length are looked up, longer ones compared. */
  private static final int FAST_BITS = 10;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final int[] CRC = new int[256];

  static {
    for (int i = 0; i < CRC.length; i++) {
      int crc = i << 24;
      for (int bit = 0; bit < 8; bit++) {
        crc = crc << 1 ^ (crc < 0 ? 0x04C11DB7 : 0);
      }
      CRC[i] = crc;
    }
  }

  /** Whether a block is one. */
  enum State {
    /** Its text has the checksum that it should have. */
    SOUND,
    /** There is no block, or a damaged one. */
    CORRUPT,
    /** The bytes end within it. */
    CUT
  }

  private byte[] in;
  private int to;

  /** The next bits, from the highest on, and how many of them there are. */
  private long bits;

  private int have;

  /** The next byte to take; beyond {@link #to} there are zeros. */
  private int next;

  /** Of each symbol of the block its byte, and where the one behind it is, 8 bits to the left. */
  private int[] symbols = new int[1 << 10];

  private final int[] counts = new int[256];
  private final byte[] recent = new byte[256];
  private final byte[] selectors = new byte[MAX_SELECTORS];
  private final byte[] lengths = new byte[ALPHABET];
  private final short[][] fast = new short[MAX_TABLES][1 << FAST_BITS];
  private final int[][] limits = new int[MAX_TABLES][MAX_CODE_BITS + 2];
  private final int[][] shifts = new int[MAX_TABLES][MAX_CODE_BITS + 2];
  private final short[][] ordered = new short[MAX_TABLES][ALPHABET];

  private byte[] text = {};
  private int length;
  private int checksum;

  /** The text of the last sound block, from 0 on; the next block overwrites it. */
  byte[] text() {
    return text;
  }

  /** Bytes of the text. */
  int length() {
    return length;
  }

  /** The checksum of the text. */
  int checksum() {
    return checksum;
  }

  /** The bit of the buffer behind the last sound block. */
  long end() {
    return 8L * next - have;
  }

  /**
   * Unpacks the block that starts at a bit.
   *
   * @param bytes a buffer, at whose {@code from} the block's magic starts
   * @param from number of a bit, the highest of the first byte being 0
   * @param end index behind the last byte of the buffer
   */
  State unpack(byte[] bytes, long from, int end) {
    in = bytes;
    to = end;
    next = (int) (from >>> 3);
    bits = 0;
    have = 0;
    take((int) from & 7);
    boolean sound = unpack();
    return end() > 8L * to ? State.CUT : sound ? State.SOUND : State.CORRUPT;
  }

  private boolean unpack() {
    if (((long) take(24) << 24 | take(24)) != MAGIC) {
      return false;
    }
    int expected = take(16) << 16 | take(16);
    boolean scrambled = take(1) == 1;
    int first = take(24);
    int used = used();
    if (scrambled || used == 0) {
      return false;
    }
    int tables = take(3);
    int groups = take(15);
    if (tables < 2 || tables > MAX_TABLES || groups == 0 || !selectors(tables, groups)) {
      return false;
    }
    for (int table = 0; table < tables; table++) {
      if (!lengths(used + 2) || !table(table, used + 2)) {
        return false;
      }
    }
    int count = symbols(Math.min(groups, MAX_SELECTORS), used + 1);
    if (count <= first) {
      return false;
    }
    follow(count);
    write(first, count);
    return checksum == expected;
  }

  /** Reads which bytes are used, into {@link #recent}, and says how many. */
  private int used() {
    int ranges = take(16);
    int used = 0;
    for (int range = 0; range < 16; range++) {
      int bytes = (ranges << range & 0x8000) != 0 ? take(16) : 0;
      for (int i = 0; i < 16; i++) {
        if ((bytes << i & 0x8000) != 0) {
          recent[used++] = (byte) (range << 4 | i);
        }
      }
    }
    return used;
  }

  /** Reads which table each group of symbols uses; those beyond the most a block can have, too. */
  private boolean selectors(int tables, int groups) {
    byte[] order = {0, 1, 2, 3, 4, 5};
    for (int group = 0; group < groups; group++) {
      int place = 0;
      while (take(1) == 1) {
        place++;
        if (place >= tables) {
          return false;
        }
      }
      byte table = order[place];
      System.arraycopy(order, 0, order, 1, place);
      order[0] = table;
      if (group < MAX_SELECTORS) {
        selectors[group] = table;
      }
    }
    return true;
  }

  /** Reads the length of each symbol's code. */
  private boolean lengths(int alphabet) {
    int length = take(5);
    for (int symbol = 0; symbol < alphabet; symbol++) {
      while (length >= 1 && length <= MAX_CODE_BITS && take(1) == 1) {
        length += take(1) == 0 ? 1 : -1;
      }
      if (length < 1 || length > MAX_CODE_BITS) {
        return false;
      }
      lengths[symbol] = (byte) length;
    }
    return true;
  }

  /** Makes a table of codes by their lengths; false if there are more than fit. */
  private boolean table(int table, int alphabet) {
    short[] sorted = ordered[table];
    short[] looked = fast[table];
    Arrays.fill(looked, (short) 0);
    int code = 0;
    int place = 0;
    for (int length = 1; length <= MAX_CODE_BITS; length++) {
      shifts[table][length] = place - code;
      for (int symbol = 0; symbol < alphabet; symbol++) {
        if (lengths[symbol] == length) {
          if (code >= 1 << length) {
            return false;
          }
          if (length <= FAST_BITS) {
            int from = code << FAST_BITS - length;
            int entry = symbol << 5 | length;
            Arrays.fill(looked, from, from + (1 << FAST_BITS - length), (short) entry);
          }
          sorted[place++] = (short) symbol;
          code++;
        }
      }
      limits[table][length] = code;
      code <<= 1;
    }
    return true;
  }

  /**
   * Reads the symbols, which are places in a list of the bytes used last and runs of its first, and
   * counts how often each byte comes.
   *
   * @param last the symbol that ends the block
   * @return how many bytes there are; -1 if they are too many or their codes wrong
   */
  private int symbols(int groups, int last) {
    Arrays.fill(counts, 0);
    int count = 0;
    int run = 0;
    int weight = 1;
    for (int group = 0; group < groups && 8L * next - have <= 8L * to; group++) {
      int table = selectors[group];
      for (int i = 0; i < GROUP; i++) {
        int symbol = symbol(table);
        if (symbol < 0) {
          return -1;
        }
        if (symbol <= 1) {
          run += weight << symbol;
          weight <<= 1;
          if (run > MAX_SYMBOLS) {
            return -1;
          }
          continue;
        }
        if (run > 0) {
          if (count + run > MAX_SYMBOLS) {
            return -1;
          }
          makeRoom(count + run);
          int b = recent[0] & 0xFF;
          Arrays.fill(symbols, count, count + run, b);
          counts[b] += run;
          count += run;
          run = 0;
          weight = 1;
        }
        if (symbol == last) {
          return count;
        }
        if (count == MAX_SYMBOLS) {
          return -1;
        }
        makeRoom(count + 1);
        int b = toFront(symbol - 1);
        symbols[count++] = b;
        counts[b]++;
      }
    }
    return -1;
  }

  private void makeRoom(int count) {
    if (count > symbols.length) {
      symbols = Arrays.copyOf(symbols, Math.min(MAX_SYMBOLS, 2 * count));
    }
  }

  private int toFront(int place) {
    byte b = recent[place];
    System.arraycopy(recent, 0, recent, 1, place);
    recent[0] = b;
    return b & 0xFF;
  }

  /** The next symbol; -1 if no code fits. */
  private int symbol(int table) {
    if (have < MAX_CODE_BITS) {
      fill();
    }
    int entry = fast[table][(int) (bits >>> 64 - FAST_BITS)];
    if (entry != 0) {
      int length = entry & 31;
      bits <<= length;
      have -= length;
      return entry >> 5;
    }
    for (int length = FAST_BITS + 1; length <= MAX_CODE_BITS; length++) {
      int code = (int) (bits >>> 64 - length);
      if (code < limits[table][length]) {
        bits <<= length;
        have -= length;
        return ordered[table][code + shifts[table][length]];
      }
    }
    return -1;
  }

  /** Says for each symbol which one follows it in the text. */
  private void follow(int count) {
    int sum = 0;
    for (int b = 0; b < counts.length; b++) {
      int its = counts[b];
      counts[b] = sum;
      sum += its;
    }
    for (int i = 0; i < count; i++) {
      symbols[counts[symbols[i] & 0xFF]++] |= i << 8;
    }
  }

  /** Writes the text, with its runs, and takes its checksum. */
  private void write(int first, int count) {
    if (text.length < count) {
      text = new byte[count];
    }
    byte[] out = text;
    int at = 0;
    int crc = -1;
    int equal = 0;
    int before = -1;
    int entry = symbols[symbols[first] >>> 8];
    for (int i = 0; i < count; i++) {
      int b = entry & 0xFF;
      entry = symbols[entry >>> 8];
      if (equal == RUN) {
        equal = 0;
        if (out.length < at + b + count - i) {
          out = Arrays.copyOf(out, 2 * (at + b + count - i));
        }
        Arrays.fill(out, at, at + b, (byte) before);
        at += b;
        for (int n = 0; n < b; n++) {
          crc = crc << 8 ^ CRC[crc >>> 24 ^ before];
        }
        continue;
      }
      equal = equal > 0 && b == before ? equal + 1 : 1;
      before = b;
      out[at++] = (byte) b;
      crc = crc << 8 ^ CRC[crc >>> 24 ^ b];
    }
    text = out;
    length = at;
    checksum = ~crc;
  }

  /** The next bits, at most 24. */
  private int take(int n) {
    if (n == 0) {
      return 0;
    }
    if (have < n) {
      fill();
    }
    int taken = (int) (bits >>> 64 - n);
    bits <<= n;
    have -= n;
    return taken;
  }

  private void fill() {
    if (next + 8 <= to) {
      bits |= (long) LONGS.get(in, next) >>> have;
      int bytes = 63 - have >> 3;
      next += bytes;
      have += bytes << 3;
      bits &= -1L << 64 - have; // what was not counted is taken again
    } else {
      while (have <= 56) {
        bits |= (next < to ? in[next] & 0xFFL : 0) << 56 - have;
        next++;
        have += 8;
      }
    }
  }
}
