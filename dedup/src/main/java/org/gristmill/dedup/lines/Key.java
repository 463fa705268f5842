package org.gristmill.dedup.lines;

import java.io.Serializable;
import java.nio.ByteBuffer;

/**
 * What equal units meet under: the first 128 bits of a SHA-256. Of 10^12 units that differ, two
 * have the same with a probability of 1.5 * 10^-15.
 *
 * @param high the first 64 bits
 * @param low the second 64 bits
 */
public record Key(long high, long low) implements Serializable {
  /** The key in 16 bytes, the highest first. */
  public byte[] bytes() {
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
  }
}
