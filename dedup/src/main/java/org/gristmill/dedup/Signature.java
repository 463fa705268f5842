package org.gristmill.dedup;

/**
 * What deduplication keeps of a text.
 *
 * @param bands hashes under which near duplicates meet, one for each band; none for a text that is
 *     too short to have near duplicates
 * @param shingles a {@link ShingleSet}, which tells how similar two that met are; empty likewise
 */
public record Signature(long[] bands, byte[] shingles) {
  static final Signature NONE = new Signature(new long[0], new byte[0]);
}
