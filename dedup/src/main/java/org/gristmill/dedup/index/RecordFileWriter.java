package org.gristmill.dedup.index;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Writes a {@link RecordFile}; it keeps a group in memory, and 12 bytes of every one. */
public final class RecordFileWriter implements Closeable {
  private final OutputStream out;
  private final ByteArrayOutputStream group = new ByteArrayOutputStream();
  private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
  private final byte[] lastId = new byte[RecordFile.ID_BYTES];
  private long records;

  /**
   * @param out closed with this
   */
  public RecordFileWriter(OutputStream out) {
    this.out = out;
  }

  /**
   * Adds a record.
   *
   * @param id of 16 bytes, copied
   * @param payload of at most {@link RecordFile#MAX_PAYLOAD_BYTES}, copied
   * @throws IllegalArgumentException if a length is wrong, or the id does not come after the last
   *     one, unsigned; the same id twice is refused too
   * @throws IllegalStateException if there are {@link RecordFile#MAX_RECORDS} already
   */
  public void add(byte[] id, byte[] payload) throws IOException {
    check(id, payload);
    group.write(id);
    group.write(ByteBuffer.allocate(Integer.BYTES).putInt(payload.length).array());
    group.write(payload);
    System.arraycopy(id, 0, lastId, 0, RecordFile.ID_BYTES);
    records++;
    if (group.size() >= RecordFile.GROUP_BYTES) {
      flush();
    }
  }

  private void flush() throws IOException {
    if (group.size() > 0) {
      directory.write(lastId, 0, Long.BYTES);
      directory.write(ByteBuffer.allocate(Integer.BYTES).putInt(group.size()).array());
      Pieces.write(out, group.toByteArray(), group.size());
      group.reset();
    }
  }

  private void check(byte[] id, byte[] payload) {
    if (id.length != RecordFile.ID_BYTES || payload.length > RecordFile.MAX_PAYLOAD_BYTES) {
      throw new IllegalArgumentException(
          "a record has an id of %d bytes and a payload of %d, not 16 and at most %d"
              .formatted(id.length, payload.length, RecordFile.MAX_PAYLOAD_BYTES));
    }
    if (records == RecordFile.MAX_RECORDS) {
      throw new IllegalStateException("a record file holds at most 2^31 records");
    }
    if (records > 0 && Arrays.compareUnsigned(lastId, id) >= 0) {
      throw new IllegalArgumentException(
          "the id of record " + records + " does not come after the one before it");
    }
  }

  /** Writes what is still missing; once, and last. */
  public void finish() throws IOException {
    flush();
    Footer.write(out, RecordFile.FORMAT, directory.toByteArray(), records, 0);
  }

  /** Closes the stream. What was not finished before is no record file, and readers refuse it. */
  @Override
  public void close() throws IOException {
    out.close();
  }
}
