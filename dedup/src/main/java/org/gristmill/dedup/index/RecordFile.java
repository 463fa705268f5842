package org.gristmill.dedup.index;

/**
 * The format of a file that tells what belongs to an id.
 *
 * <p>A record is an id of 16 bytes, of which the first eight are a hash as likely as any other, and
 * a payload; records stand in ascending order of id, unsigned. Numbers are big-endian.
 *
 * <ol>
 *   <li>The records, in groups, each followed by its CRC32C: of every record its id, the length of
 *       its payload (4 bytes), its payload. A group ends with the record that fills {@link
 *       #GROUP_BYTES}; it is what a lookup reads.
 *   <li>The directory, of every group: the first eight bytes of its last id, its bytes without the
 *       CRC32C (4); then the directory's CRC32C.
 *   <li>Records (8 bytes), nothing (4), bytes in the directory (4), the CRC32C of these, and the
 *       letters {@code gmrecs02}.
 * </ol>
 */
public final class RecordFile {
  /** Bytes in an id. */
  public static final int ID_BYTES = 16;

  /** Most bytes in a payload. */
  public static final int MAX_PAYLOAD_BYTES = 1 << 20;

  /** Most records in a file. */
  public static final long MAX_RECORDS = 1L << 31;

  /** Bytes that make a group full. */
  static final int GROUP_BYTES = 16 << 10;

  static final String FORMAT = "gmrecs02";
  static final int HEAD_BYTES = ID_BYTES + Integer.BYTES;
  static final int LINE_BYTES = Long.BYTES + Integer.BYTES;

  private RecordFile() {}
}
