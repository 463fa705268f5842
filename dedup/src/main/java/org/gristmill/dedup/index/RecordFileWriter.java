package org.gristmill.dedup.index;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Writes a {@link RecordFile}; it keeps one byte in memory for eight records. */
public final class RecordFileWriter implements Closeable {
  private final OutputStream out;
  private final int payloadBytes;
  private final FixedWidth rows;
  private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
  private final byte[] lastId = new byte[RecordFile.ID_BYTES];
  private long records;

  /**
   * @param out closed with this
   * @param payloadBytes of every record, from 0 to {@link RecordFile#MAX_PAYLOAD_BYTES}
   */
  public RecordFileWriter(OutputStream out, int payloadBytes) {
    if (payloadBytes < 0 || payloadBytes > RecordFile.MAX_PAYLOAD_BYTES) {
      throw new IllegalArgumentException(
          "payloadBytes is " + payloadBytes + ", not from 0 to " + RecordFile.MAX_PAYLOAD_BYTES);
    }
    this.out = out;
    this.payloadBytes = payloadBytes;
    this.rows = new FixedWidth(out, RecordFile.ID_BYTES + payloadBytes);
  }

  /**
   * Adds a record.
   *
   * @param id of 16 bytes, copied
   * @param payload copied
   * @throws IllegalArgumentException if a length is wrong or the id does not come after the last
   *     one, unsigned; the same id twice is refused too
   * @throws IllegalStateException if there are {@link RecordFile#MAX_RECORDS} already
   */
  public void add(byte[] id, byte[] payload) throws IOException {
    check(id, payload);
    rows.add(id, payload);
    System.arraycopy(id, 0, lastId, 0, RecordFile.ID_BYTES);
    records++;
    if (records % FixedWidth.PER_GROUP == 0) {
      directory.write(lastId, 0, RecordFile.LINE_BYTES);
    }
  }

  private void check(byte[] id, byte[] payload) {
    if (id.length != RecordFile.ID_BYTES || payload.length != payloadBytes) {
      throw new IllegalArgumentException(
          "a record has an id of %d bytes and a payload of %d, not 16 and %d"
              .formatted(id.length, payload.length, payloadBytes));
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
    rows.flush();
    if (records % FixedWidth.PER_GROUP > 0) {
      directory.write(lastId, 0, RecordFile.LINE_BYTES);
    }
    Footer.write(out, RecordFile.FORMAT, directory.toByteArray(), records, payloadBytes);
  }

  /** Closes the stream. What was not finished before is no record file, and readers refuse it. */
  @Override
  public void close() throws IOException {
    out.close();
  }
}
