package org.gristmill.filters.language;

import java.io.DataInputStream;
import java.io.IOException;

/**
 * The classes of one script, and what each n-gram of characters says for each of them.
 *
 * <p>Weights add up: the sum over all n-grams of a word is the logarithm of the word's probability
 * in the class, less that of as many unseen characters.
 */
final class ScriptTable {
  /** How much one step of a stored weight is. */
  static final float STEP = 0.125f;

  final Category[] classes;
  private final long[] keys;
  private final int[] rows;

  /** Of each row: how many, and then class and weight in turn. */
  private final byte[] entries;

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
   * @param starts where each gram's entries begin
   */
  private ScriptTable(Category[] classes, long[] grams, int[] starts, byte[] entries) {
    this.classes = classes;
    this.entries = entries;
    int size = Integer.highestOneBit(Math.max(8, grams.length)) << 2;
    keys = new long[size];
    rows = new int[size];
    for (int i = 0; i < grams.length; i++) {
      int slot = slot(grams[i]);
      keys[slot] = grams[i];
      rows[slot] = starts[i];
    }
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
    int slot = (int) (key * 0x9E3779B97F4A7C15L >>> 36) & keys.length - 1;
    while (keys[slot] != 0 && keys[slot] != key) {
      slot = slot + 1 & keys.length - 1;
    }
    return slot;
  }

  /** Adds what an n-gram says, in steps, to the sums of the classes. */
  boolean add(long key, int[] sums) {
    int slot = slot(key);
    if (keys[slot] == 0) {
      return false;
    }
    int at = rows[slot];
    int end = at + 1 + 2 * (entries[at] & 0xFF);
    for (at++; at < end; at += 2) {
      sums[entries[at] & 0xFF] += entries[at + 1];
    }
    return true;
  }
}
