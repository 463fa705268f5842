package org.gristmill.dedup.index;

/**
 * The format of a file that tells what belongs to an id.
 *
 * <p>A record is an id of 16 bytes, of which the first eight are a hash as likely as any other, and
 * a payload, of one length in a file; records stand in ascending order of id, unsigned.
 *
 * <ol>
 *   <li>The records, in groups of 64, each followed by its CRC32C. A group is what a lookup reads.
 *   <li>The directory: the first eight bytes of the last id of every group; then its CRC32C.
 *   <li>Records (8 bytes), bytes of a payload (4), bytes in the directory (4), the CRC32C of these,
 *       and the letters {@code gmrecs01}.
 * </ol>
 */
public final class RecordFile {
  /** Bytes in an id. */
  public static final int ID_BYTES = 16;

  /** Most bytes in a payload. */
  public static final int MAX_PAYLOAD_BYTES = 1 << 20;

  /** Most records in a file. */
  public static final long MAX_RECORDS = 1L << 31;

  static final String FORMAT = "gmrecs01";
  static final int LINE_BYTES = 8;

  private RecordFile() {}
}
