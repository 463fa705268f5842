package org.gristmill.filters.language;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * The classes of one script, and what each n-gram of characters says for each of them.
 *
 * <p>Weights add up: the sum over all n-grams of a word is the logarithm of the word's probability
 * in the class, less that of as many unseen characters.
 */
final class ScriptTable {
  /** How much one step of a stored weight is. */
  static final float STEP = 0.125f;

  /** From so many entries on a gram has a row for all classes. */
  private static final int DENSE = 32;

  /** Added to every weight of a row, so that none is negative: four weights lie in a number. */
  static final int BIAS = 256;

  /** The sums of four weights and biases stay below 2^16 for so many characters. */
  static final int FLUSH = 80;

  private static final long INLINE = 1L << 62;
  private static final long ROW = 1L << 61;
  private static final long ENTRIES = 1L << 60;

  final Category[] classes;

  /**
   * A gram and what it says in turn, so that both lie in one line of the cache: the gram's key, and
   * up to three entries of a class and a weight ({@link #INLINE}), or how many entries and where
   * ({@link #ENTRIES}), or where its row is ({@link #ROW}).
   */
  private final long[] slots;

  private final int mask;

  /** Class and weight in turn. */
  private final byte[] entries;

  /**
   * Of grams with many entries the weights of all classes, those of the gram's ends added, four to
   * a number.
   */
  private final long[] rows;

  /** Numbers of a row. */
  final int width;

  /**
   * A class: a language in one script, of one source.
   *
   * @param name unique
   * @param language its code
   * @param usual what a character of it usually weighs, in nats
   */
  record Category(String name, String language, float usual) {}

  /**
   * @param grams keys by {@link #key}
   * @param starts where each gram's number of entries stands, and the entries behind it
   */
  private ScriptTable(Category[] classes, long[] grams, int[] starts, byte[] entries) {
    this.classes = classes;
    this.entries = entries;
    mask = (Integer.highestOneBit(Math.max(8, grams.length)) << 1) * 2 - 1;
    slots = new long[2 * (mask + 1)];
    for (int i = 0; i < grams.length; i++) {
      int slot = slot(grams[i]);
      slots[slot] = grams[i];
      slots[slot + 1] = packed(starts[i]);
    }
    width = (classes.length + 3) / 4;
    rows = rows(grams, starts);
  }

  private long packed(int start) {
    int count = entries[start] & 0xFF;
    if (count > 3) {
      return ENTRIES | (long) count << 32 | start + 1;
    }
    long packed = INLINE | (long) count << 48;
    for (int i = 0; i < 2 * count; i++) {
      packed |= (entries[start + 1 + i] & 0xFFL) << 8 * i;
    }
    return packed;
  }

  /**
   * Rows for grams with many entries; an end of such a gram has a row too, or the gram has none.
   */
  private long[] rows(long[] grams, int[] starts) {
    long[] all = new long[0];
    int used = 0;
    for (int n = 1; n <= 4; n++) {
      for (int i = 0; i < grams.length; i++) {
        int length = (79 - Long.numberOfLeadingZeros(grams[i])) / 16;
        int count = entries[starts[i]] & 0xFF;
        long end = n == 1 ? 0 : slots[slot(end(grams[i], n - 1)) + 1];
        if (length != n || count < DENSE || n > 1 && (end & ROW) == 0) {
          continue;
        }
        if (all.length < used + width) {
          all = Arrays.copyOf(all, Math.max(1 << 12, 2 * all.length) + width);
        }
        if (n > 1) {
          System.arraycopy(all, (int) end, all, used, width);
        } else {
          Arrays.fill(all, used, used + width, BIAS * 0x0001_0001_0001_0001L);
        }
        for (int e = starts[i] + 1; e < starts[i] + 1 + 2 * count; e += 2) {
          int category = entries[e] & 0xFF;
          all[used + category / 4] += (long) entries[e + 1] << 16 * (category % 4);
        }
        checkRow(all, used);
        slots[slot(grams[i]) + 1] = ROW | used;
        used += width;
      }
    }
    return Arrays.copyOf(all, used);
  }

  private void checkRow(long[] all, int row) {
    for (int i = 0; i < 4 * width; i++) {
      if ((all[row + i / 4] >>> 16 * (i % 4) & 0xFFFF) * FLUSH > 0xFFFF) {
        throw new IllegalStateException("weights of a gram are too large to be added in rows");
      }
    }
  }

  /** The last characters of a gram. */
  private static long end(long gram, int characters) {
    return gram & -1L >>> 64 - 16 * characters;
  }

  /**
   * Reads a table as the trainer writes it: grams in order, each after what it shares with the
   * last.
   */
  static ScriptTable read(DataInputStream data) throws IOException {
    Category[] classes = new Category[data.readInt()];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = new Category(data.readUTF(), data.readUTF(), data.readFloat());
    }
    int grams = data.readInt();
    byte[] entries = new byte[data.readInt()];
    long[] keys = new long[grams];
    int[] starts = new int[grams];
    char[] gram = new char[4];
    int at = 0;
    for (int i = 0; i < grams; i++) {
      int lengths = data.readUnsignedByte();
      int length = lengths & 0xF;
      for (int c = lengths >> 4; c < length; c++) {
        gram[c] = data.readChar();
      }
      for (int c = 0; c < length; c++) {
        keys[i] = key(keys[i], gram[c]);
      }
      starts[i] = at;
      int count = data.readUnsignedByte();
      entries[at++] = (byte) count;
      data.readFully(entries, at, 2 * count);
      at += 2 * count;
    }
    return new ScriptTable(classes, keys, starts, entries);
  }

  /** The key of an n-gram that is one character longer; that of none is 0. */
  static long key(long shorter, char next) {
    return shorter << 16 | next;
  }

  private int slot(long key) {
    int slot = (int) (key * 0x9E3779B97F4A7C15L >>> 36) & mask;
    while (slots[2 * slot] != 0 && slots[2 * slot] != key) {
      slot = slot + 1 & mask;
    }
    return 2 * slot;
  }

  /**
   * Adds what the grams say, in steps, that end with a character: those of one character up to so
   * many as are known, for what a gram rests on is in the table with it.
   *
   * @param key the character's longest gram
   * @param length how many characters it has
   */
  void add(long key, int length, Sums sums) {
    int row = -1;
    int first = 1;
    if (length > 1) { // of a row for two characters that for one is a part
      int slot = slot(end(key, 2));
      if ((slots[slot + 1] & ROW) != 0) {
        row = (int) slots[slot + 1];
        first = 3;
      }
    }
    for (int n = first; n <= length; n++) {
      int slot = slot(end(key, n));
      if (slots[slot] == 0) {
        if (n == 1) {
          continue;
        }
        break;
      }
      long packed = slots[slot + 1];
      if ((packed & ROW) != 0) {
        row = (int) packed;
      } else if ((packed & INLINE) != 0) {
        for (int left = (int) (packed >>> 48) & 3; left > 0; left--) {
          sums.all[(int) packed & 0xFF] += (byte) (packed >> 8);
          packed >>>= 16;
        }
      } else {
        int at = (int) packed;
        int end = at + 2 * ((int) (packed >>> 32) & 0xFF);
        for (; at < end; at += 2) {
          sums.all[entries[at] & 0xFF] += entries[at + 1];
        }
      }
    }
    if (row >= 0) {
      long[] fours = sums.fours;
      for (int i = 0; i < fours.length; i++) {
        fours[i] += rows[row + i];
      }
      if (++sums.rows == FLUSH) {
        sums.flush();
      }
    }
  }

  /** What some characters say, in steps. */
  static final class Sums {
    /** By class; complete after {@link #flush}. */
    final int[] all;

    private final long[] fours;
    private int rows;

    Sums(ScriptTable table) {
      all = new int[table.classes.length];
      fours = new long[table.width];
    }

    /** Empties the sums of rows into those of the classes. */
    void flush() {
      for (int i = 0; i < all.length; i++) {
        all[i] += (int) (fours[i / 4] >>> 16 * (i % 4) & 0xFFFF) - rows * BIAS;
      }
      Arrays.fill(fours, 0);
      rows = 0;
    }
  }
}
