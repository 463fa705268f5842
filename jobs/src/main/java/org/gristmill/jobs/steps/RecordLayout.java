package org.gristmill.jobs.steps;

import static org.apache.spark.sql.functions.col;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.gristmill.jobs.table.Rows;

/**
 * What an index keeps of a document: content hash (16 bytes), length (8, big-endian), letters in
 * the name of its source (1), that name, number of bands (2), the bands (8 each), its set of
 * shingles.
 */
final class RecordLayout {
  static final Column[] COLUMNS = {
    col("contentHash"), col("bytes"), col("source"), col("bands"), col("shingles")
  };

  private static final int HASH_BYTES = 16;
  private static final int MOST_SOURCE_BYTES = 255;

  private RecordLayout() {}

  /** From {@link #COLUMNS}. */
  static byte[] pack(Row row) {
    byte[] source = row.getString(2).getBytes(StandardCharsets.UTF_8);
    if (source.length > MOST_SOURCE_BYTES) {
      throw new IllegalArgumentException("a source of more than 255 bytes: " + row.getString(2));
    }
    long[] bands = Rows.longs(row.getSeq(3));
    byte[] shingles = row.getAs(4);
    ByteBuffer payload =
        ByteBuffer.allocate(
            HASH_BYTES
                + Long.BYTES
                + 1
                + source.length
                + Short.BYTES
                + Long.BYTES * bands.length
                + shingles.length);
    payload.put(HexFormat.of().parseHex(row.getString(0))).putLong(row.getLong(1));
    payload.put((byte) source.length).put(source).putShort((short) bands.length);
    for (long band : bands) {
      payload.putLong(band);
    }
    return payload.put(shingles).array();
  }

  /** Undoes {@link #pack}. */
  record Fields(String contentHash, long bytes, String source, long[] bands, byte[] shingles) {
    static Fields of(byte[] payload) {
      ByteBuffer in = ByteBuffer.wrap(payload);
      String contentHash = HexFormat.of().formatHex(take(in, HASH_BYTES));
      long bytes = in.getLong();
      String source = new String(take(in, in.get() & 0xFF), StandardCharsets.UTF_8);
      long[] bands = new long[in.getShort()];
      for (int i = 0; i < bands.length; i++) {
        bands[i] = in.getLong();
      }
      return new Fields(contentHash, bytes, source, bands, take(in, in.remaining()));
    }

    private static byte[] take(ByteBuffer in, int length) {
      byte[] bytes = new byte[length];
      in.get(bytes);
      return bytes;
    }
  }
}
