package org.gristmill.dedup.index;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Writes a {@link KeyFile}. Ids go straight to the stream; blocks, a tenth of them in size, wait in
 * a local file for the last id.
 */
public final class KeyFileWriter implements Closeable {
  private static final byte[] NOTHING = {};

  private final OutputStream out;
  private final int probeBits;
  private final FixedWidth ids;
  private final Path spool;
  private final OutputStream blocks;
  private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
  private final long[] probes = new long[KeyFile.BLOCK];
  private final byte[] lastId = new byte[KeyFile.ID_BYTES];
  private long lastKey;
  private long entries;

  /**
   * @param out closed with this
   * @param probeBits top bits kept of a key, from 1 to 64; see {@link KeyFile#probeBits}
   * @param folder exists; holds one file while this is open, of about 1.5 bytes an entry
   */
  public KeyFileWriter(OutputStream out, int probeBits, Path folder) throws IOException {
    if (probeBits < 1 || probeBits > 64) {
      throw new IllegalArgumentException("probeBits is " + probeBits + ", not from 1 to 64");
    }
    this.out = out;
    this.probeBits = probeBits;
    this.ids = new FixedWidth(out, KeyFile.ID_BYTES);
    this.spool = Files.createTempFile(folder, "keys-", ".blocks");
    this.blocks = new BufferedOutputStream(Files.newOutputStream(spool), 1 << 16);
  }

  /**
   * Adds an entry.
   *
   * @param id of 16 bytes, copied
   * @throws IllegalArgumentException if the entry does not come after the last one by unsigned key,
   *     then id; the same entry twice is refused too
   * @throws IllegalStateException if there are {@link KeyFile#MAX_ENTRIES} already
   */
  public void add(long key, byte[] id) throws IOException {
    checkOrder(key, id);
    ids.add(id, NOTHING);
    probes[(int) (entries % KeyFile.BLOCK)] = key >>> (64 - probeBits);
    System.arraycopy(id, 0, lastId, 0, KeyFile.ID_BYTES);
    lastKey = key;
    entries++;
    if (entries % KeyFile.BLOCK == 0) {
      writeBlock(KeyFile.BLOCK);
    }
  }

  private void checkOrder(long key, byte[] id) {
    if (id.length != KeyFile.ID_BYTES) {
      throw new IllegalArgumentException("an id has " + id.length + " bytes, not 16");
    }
    if (entries == KeyFile.MAX_ENTRIES) {
      throw new IllegalStateException("a key file holds at most 2^31 entries");
    }
    int order = Long.compareUnsigned(lastKey, key);
    if (entries > 0 && (order > 0 || order == 0 && Arrays.compareUnsigned(lastId, id) >= 0)) {
      throw new IllegalArgumentException(
          "entry %d, of key %016x, does not come after that of key %016x before it"
              .formatted(entries, key, lastKey));
    }
  }

  private void writeBlock(int n) throws IOException {
    byte[] codes = Rice.encode(probes, n);
    Pieces.write(blocks, codes, codes.length);
    ByteBuffer line = ByteBuffer.allocate(KeyFile.LINE_BYTES);
    directory.writeBytes(line.putLong(probes[n - 1]).putInt(codes.length).array());
  }

  /** Writes what is still missing; once, and last. */
  public void finish() throws IOException {
    ids.flush();
    if (entries % KeyFile.BLOCK > 0) {
      writeBlock((int) (entries % KeyFile.BLOCK));
    }
    blocks.close();
    Files.copy(spool, out);
    Footer.write(out, KeyFile.FORMAT, directory.toByteArray(), entries, probeBits);
  }

  /** Closes the stream. What was not finished before is no key file, and readers refuse it. */
  @Override
  public void close() throws IOException {
    try (out;
        blocks) {
      Files.deleteIfExists(spool);
    }
  }
}
