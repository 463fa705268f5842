package org.gristmill.jobs.steps;

import static org.apache.spark.sql.functions.col;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.gristmill.dedup.MinHash;

/**
 * What an index keeps of a document, in a fixed number of bytes: content hash (32 letters), length
 * (8, big-endian), source (40, filled up with zeros), whether it has a signature (1), signature.
 */
record RecordLayout(MinHash minhash) implements Serializable {
  /** Most letters in the name of a source. */
  static final int SOURCE_BYTES = 40;

  static final Column[] COLUMNS = {
    col("contentHash"), col("bytes"), col("source"), col("signature")
  };

  private static final int HASH_BYTES = 32;
  private static final int SOURCE_AT = HASH_BYTES + Long.BYTES;
  private static final int SIGNATURE_AT = SOURCE_AT + SOURCE_BYTES + 1;

  int bytes() {
    return SIGNATURE_AT + Integer.BYTES * minhash.bands() * minhash.rows();
  }

  /** From {@link #COLUMNS}. */
  byte[] pack(Row row) {
    byte[] payload = new byte[bytes()];
    put(row.getString(0), payload, 0, HASH_BYTES);
    ByteBuffer.wrap(payload).putLong(HASH_BYTES, row.getLong(1));
    put(row.getString(2), payload, SOURCE_AT, SOURCE_BYTES);
    byte[] signature = row.getAs(3);
    if (signature.length > 0) {
      payload[SIGNATURE_AT - 1] = 1;
      System.arraycopy(signature, 0, payload, SIGNATURE_AT, payload.length - SIGNATURE_AT);
    }
    return payload;
  }

  private static void put(String text, byte[] payload, int at, int most) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > most) {
      throw new IllegalArgumentException(text + " has more than " + most + " bytes");
    }
    System.arraycopy(bytes, 0, payload, at, bytes.length);
  }

  String contentHash(byte[] payload) {
    return new String(payload, 0, HASH_BYTES, StandardCharsets.UTF_8);
  }

  long length(byte[] payload) {
    return ByteBuffer.wrap(payload).getLong(HASH_BYTES);
  }

  String source(byte[] payload) {
    int end = SOURCE_AT;
    while (end < SOURCE_AT + SOURCE_BYTES && payload[end] != 0) {
      end++;
    }
    return new String(payload, SOURCE_AT, end - SOURCE_AT, StandardCharsets.UTF_8);
  }

  byte[] signature(byte[] payload) {
    return payload[SIGNATURE_AT - 1] == 0
        ? new byte[0]
        : Arrays.copyOfRange(payload, SIGNATURE_AT, payload.length);
  }
}
