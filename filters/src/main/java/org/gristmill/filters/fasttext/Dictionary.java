package org.gristmill.filters.fasttext;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The words and labels of a model, found by their bytes. */
final class Dictionary {
  private static final int FNV_START = 0x811C9DC5;
  private static final int FNV_PRIME = 0x01000193;

  /** What stands at the end of a line, and ends it wherever it stands as a word. */
  static final byte[] LINE_END = "</s>".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] LABEL = "__label__".getBytes(StandardCharsets.US_ASCII);

  private final int words;
  private final byte[][] entries;

  /** Ids by hash, open addressing; -1 is a free place. */
  private final int[] slots;

  /** How often each label stood in the text it was trained with. */
  final long[] labelCounts;

  /** Rows of the n-grams that a pruned model still has. */
  private final Kept kept;

  private final boolean pruned;

  private Dictionary(int words, byte[][] entries, long[] labelCounts, boolean pruned, Kept kept) {
    this.words = words;
    this.entries = entries;
    this.labelCounts = labelCounts;
    this.pruned = pruned;
    this.kept = kept;
    slots = new int[Integer.highestOneBit(Math.max(8, entries.length)) << 2];
    Arrays.fill(slots, -1);
    for (int id = 0; id < entries.length; id++) {
      int slot = slot(hash(entries[id], 0, entries[id].length), entries[id], 0, entries[id].length);
      slots[slot] = id;
    }
  }

  static Dictionary read(ModelReader in) throws IOException {
    int size = in.within("the number of entries", in.i32(), 0, Integer.MAX_VALUE / 8);
    int words = in.within("the number of words", in.i32(), 0, size);
    int labels = in.within("the number of labels", in.i32(), 0, size);
    in.i64(); // tokens it was trained with
    long kept = in.i64();
    if (words + labels != size) {
      throw ModelReader.broken(words + " words and " + labels + " labels are not " + size);
    }
    List<byte[]> entries = new ArrayList<>();
    long[] labelCounts = new long[labels];
    for (int i = 0; i < size; i++) {
      entries.add(in.string());
      long count = in.i64();
      if (in.bool() != i >= words) {
        throw ModelReader.broken("entry " + i + " is of the wrong kind");
      }
      if (i >= words) {
        labelCounts[i - words] = count;
      }
    }
    Kept rows = new Kept(in.within("the number of kept n-grams", kept, -1, Integer.MAX_VALUE / 8));
    for (long i = 0; i < kept; i++) {
      rows.put(in.i32(), in.within("the row of an n-gram", in.i32(), 0, Integer.MAX_VALUE / 2));
    }
    return new Dictionary(words, entries.toArray(new byte[0][]), labelCounts, kept >= 0, rows);
  }

  int words() {
    return words;
  }

  boolean isPruned() {
    return pruned;
  }

  /** Most rows that n-grams of a pruned model can have. */
  int keptRows() {
    return kept.rows;
  }

  byte[] word(int id) {
    return entries[id];
  }

  String label(int label) {
    return new String(entries[words + label], StandardCharsets.UTF_8);
  }

  /** FNV-1a of 32 bits, which in fastText takes bytes as signed. */
  static int hash(byte[] text, int from, int to) {
    return hash(FNV_START, text, from, to);
  }

  /** The hash of some bytes and more. */
  static int hash(int start, byte[] text, int from, int to) {
    int hash = start;
    for (int i = from; i < to; i++) {
      hash = (hash ^ text[i]) * FNV_PRIME;
    }
    return hash;
  }

  private int slot(int hash, byte[] text, int from, int to) {
    int mask = slots.length - 1;
    int slot = (hash ^ hash >>> 15) & mask;
    while (slots[slot] >= 0 && !equal(entries[slots[slot]], text, from, to)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private static boolean equal(byte[] entry, byte[] text, int from, int to) {
    return Arrays.equals(entry, 0, entry.length, text, from, to);
  }

  /** The id of a word or label with its hash, -1 if there is none. */
  int id(int hash, byte[] text, int from, int to) {
    return slots[slot(hash, text, from, to)];
  }

  /** Whether a token is a label, which says nothing of the text it stands in. */
  boolean isLabel(int id, byte[] text, int from, int to) {
    return id < 0 ? startsWithLabel(text, from, to) : id >= words;
  }

  private static boolean startsWithLabel(byte[] text, int from, int to) {
    return to - from >= LABEL.length
        && Arrays.equals(text, from, from + LABEL.length, LABEL, 0, LABEL.length);
  }

  static boolean isLineEnd(byte[] text, int from, int to) {
    return equal(LINE_END, text, from, to);
  }

  /** The row of an n-gram, -1 if a pruned model has none for it. */
  int row(int bucket) {
    return pruned ? keptRow(bucket) : words + bucket;
  }

  private int keptRow(int bucket) {
    int row = kept.get(bucket);
    return row < 0 ? -1 : words + row;
  }

  /** Rows by bucket, open addressing. */
  private static final class Kept {
    private final int[] buckets;
    private final int[] plusOne;

    /** One more than the largest row. */
    private int rows;

    Kept(int size) {
      buckets = new int[Integer.highestOneBit(Math.max(8, size)) << 2];
      plusOne = new int[buckets.length];
    }

    private int slot(int bucket) {
      int slot = bucket * 0x9E3779B1 >>> 8 & buckets.length - 1;
      while (plusOne[slot] != 0 && buckets[slot] != bucket) {
        slot = slot + 1 & buckets.length - 1;
      }
      return slot;
    }

    void put(int bucket, int row) {
      int slot = slot(bucket);
      buckets[slot] = bucket;
      plusOne[slot] = row + 1;
      rows = Math.max(rows, row + 1);
    }

    int get(int bucket) {
      return plusOne[slot(bucket)] - 1;
    }
  }
}
