package org.gristmill.dedup.index;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Writes rows of one width in groups, each a piece of {@link Pieces}. */
final class FixedWidth {
  /** FixedWidth in every group but the last. */
  static final int PER_GROUP = 64;

  private final OutputStream out;
  private final ByteBuffer group;

  FixedWidth(OutputStream out, int width) {
    this.out = out;
    this.group = ByteBuffer.allocate(Math.multiplyExact(PER_GROUP, width));
  }

  /** Adds a row of two parts, which together have the width. */
  void add(byte[] head, byte[] tail) throws IOException {
    group.put(head).put(tail);
    if (!group.hasRemaining()) {
      flush();
    }
  }

  /** Writes the last group, if it is not yet written. */
  void flush() throws IOException {
    if (group.position() > 0) {
      Pieces.write(out, group.array(), group.position());
      group.clear();
    }
  }

  /** How many groups some rows make. */
  static int groups(long rows) {
    return (int) ((rows + PER_GROUP - 1) / PER_GROUP);
  }

  /** Where a group starts; where the last one ends, for the number after its own. */
  static long start(int group, int width, long rows) {
    return Math.min((long) group * PER_GROUP, rows) * width + (long) group * Pieces.CHECK;
  }

  /** The groups of a section at the start of a file. */
  static Pieces read(RandomAccess file, int width, long rows) {
    return new Pieces(file, "group", groups(rows), group -> start(group, width, rows));
  }
}
