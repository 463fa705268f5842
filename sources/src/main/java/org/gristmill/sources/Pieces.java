package org.gristmill.sources;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * The text of a part of a file, piece by piece, and on behind the part for who must finish a
 * record. Of a file that cannot be read in parts, all of it is the first one's.
 *
 * <p>A place in the text has a number, its offset, that grows from one place to the next and does
 * not depend on the part; within a piece it grows by one a byte.
 */
public interface Pieces extends Closeable {
  /** All of a text, from a stream at its start. */
  static Pieces of(InputStream in) {
    return StreamPieces.first(in, Part.WHOLE);
  }

  /**
   * Goes to the next piece, which has at least one byte and holds until the next call; false at the
   * end.
   */
  boolean next() throws IOException;

  /** An array that begins with the piece. */
  byte[] bytes();

  /** Bytes of the piece. */
  int length();

  /** Offset of its first byte. */
  long offset();

  /** Whether what starts in it belongs to the part. Behind a piece that is not, none is. */
  boolean isOwn();

  /**
   * Whether the piece follows what came before it; at the end, whether the text ended in order. If
   * not, something is lost between the two, and whoever has the place before it says so.
   */
  boolean isJoined();

  /** Of the first piece: whether it starts the file, or the byte before it is a line feed. */
  boolean startsLine();
}
