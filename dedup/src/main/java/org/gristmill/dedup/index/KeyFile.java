package org.gristmill.dedup.index;

/**
 * The format of a file that tells which ids have a 64-bit key.
 *
 * <p>An entry is a key, a hash as likely as any other, and an id of 16 bytes; entries stand in
 * ascending order of key, then id, both unsigned. Of keys only the top bits are kept, the
 * <i>probe</i>: whoever finds an id by its probe checks by other means whether it has the key. With
 * {@link #probeBits} one in 1,000 keys that are not there is found, and an entry takes less than
 * 1.65 bytes beside its id.
 *
 * <ol>
 *   <li>The ids, in groups of 64, each followed by its CRC32C. Only those found are read.
 *   <li>The probes, in blocks of 4,096, each followed by its CRC32C: the Rice codes of their gaps.
 *       A lookup passes over those that its keys may be in.
 *   <li>The directory: for every block its last probe (8 bytes) and its bytes without the CRC32C
 *       (4); then its CRC32C.
 *   <li>Entries (8), bits of a probe (4), bytes in the directory (4), the CRC32C of these, and the
 *       letters {@code gmkeys01}.
 * </ol>
 */
public final class KeyFile {
  /** Bytes in an id. */
  public static final int ID_BYTES = 16;

  /** Most entries in a file. */
  public static final long MAX_ENTRIES = 1L << 31;

  static final String FORMAT = "gmkeys01";
  static final int BLOCK = 4_096;
  static final int LINE_BYTES = 12;

  private KeyFile() {}

  /**
   * Bits of a probe with which about one in 1,000 keys that are not there is found.
   *
   * @param entries about as many as will be in the file
   * @return from 10 to 64
   */
  public static int probeBits(long entries) {
    int bits = 64 - Long.numberOfLeadingZeros(Math.max(1, entries) - 1);
    return Math.min(64, bits + 10);
  }
}
