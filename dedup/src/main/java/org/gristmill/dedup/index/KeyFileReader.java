package org.gristmill.dedup.index;

import java.io.IOException;
import java.util.PrimitiveIterator;

/** Looks keys up in a {@link KeyFile}. For one thread. */
public final class KeyFileReader {
  /** Keys looked at together, to know which blocks will be wanted. */
  private static final int CHUNK = 1 << 17;

  /** Takes what is found. */
  @FunctionalInterface
  public interface Hit {
    /**
     * @param key one of those looked up
     * @param id of an entry with the same probe, of 16 bytes; the taker's to keep
     */
    void found(long key, byte[] id) throws IOException;
  }

  private final CountedAccess file;
  private final long entries;
  private final int probeBits;
  private final Lasts lasts;
  private final Pieces blocks;
  private final Pieces ids;
  private final long[] probes = new long[KeyFile.BLOCK];
  private int decoded = -1;

  /**
   * Reads the footer.
   *
   * @throws IOException if the file cannot be read, is none of this format, cut short or damaged
   */
  public KeyFileReader(RandomAccess file) throws IOException {
    this.file = new CountedAccess(file);
    Footer footer = Footer.read(this.file, KeyFile.FORMAT);
    entries = footer.entries();
    probeBits = footer.setting();
    int count = footer.directory().capacity() / KeyFile.LINE_BYTES;
    lasts = new Lasts(new long[count]);
    long[] starts = new long[count + 1];
    starts[0] = FixedWidth.start(FixedWidth.groups(entries), KeyFile.ID_BYTES, entries);
    for (int i = 0; i < count; i++) {
      lasts.values()[i] = footer.directory().getLong();
      starts[i + 1] = starts[i] + footer.directory().getInt() + Pieces.CHECK;
    }
    footer.follows(starts[count]);
    blocks = new Pieces(this.file, "block", count, i -> starts[i]);
    ids = FixedWidth.read(this.file, KeyFile.ID_BYTES, entries);
  }

  /** Entries in the file. */
  public long entries() {
    return entries;
  }

  /** Top bits kept of a key. */
  public int probeBits() {
    return probeBits;
  }

  /** Bytes read of the file so far, the footer among them. */
  public long bytesRead() {
    return file.bytes();
  }

  /**
   * Finds every entry whose probe is that of a key, in the order of keys, then entries. A key that
   * comes twice is answered twice.
   *
   * <p>Goes once over the blocks that the keys may be in, and reads the ids found alone; both in
   * reads of up to 256 KiB, together where little lies between.
   *
   * @param keys ascending, as unsigned numbers
   * @throws IllegalArgumentException if the keys do not ascend
   * @throws IOException if the file cannot be read or is damaged where it is read
   */
  public void lookup(PrimitiveIterator.OfLong keys, Hit hit) throws IOException {
    long[] chunk = new long[CHUNK];
    Hits hits = new Hits(ids, hit);
    long last = 0;
    while (keys.hasNext()) {
      int n = 0;
      while (n < CHUNK && keys.hasNext()) {
        chunk[n] = keys.nextLong();
        if (Long.compareUnsigned(last, chunk[n]) > 0) {
          throw new IllegalArgumentException(
              "key %016x comes after %016x".formatted(chunk[n], last));
        }
        last = chunk[n++];
      }
      lookup(chunk, n, hits);
    }
    hits.flush();
  }

  private void lookup(long[] keys, int n, Hits hits) throws IOException {
    int[] wanted = new int[n];
    for (int i = 0; i < n; i++) {
      wanted[i] = lasts.piece(probe(keys[i]));
    }
    for (int i = 0; i < n; i++) {
      long probe = probe(keys[i]);
      for (int block = wanted[i]; block < lasts.count(); block = lasts.next(block, probe)) {
        int size = decode(block, wanted, i);
        int at = Lasts.below(probes, size, probe);
        for (; at < size && probes[at] == probe; at++) {
          hits.add(keys[i], (long) block * KeyFile.BLOCK + at);
        }
      }
    }
  }

  private long probe(long key) {
    return key >>> (64 - probeBits);
  }

  /** Fills {@code probes} with a block's; tells how many it has. */
  private int decode(int block, int[] wanted, int i) throws IOException {
    int size = (int) Math.min(KeyFile.BLOCK, entries - (long) block * KeyFile.BLOCK);
    if (decoded != block) {
      decoded = -1;
      int from = blocks.load(block, wanted, i, wanted.length);
      probes[size - 1] = lasts.values()[block];
      Rice.decode(blocks.bytes(), from, blocks.length(block), probes, size);
      decoded = block;
    }
    return size;
  }
}
