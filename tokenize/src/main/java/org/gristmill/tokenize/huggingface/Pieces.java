package org.gristmill.tokenize.huggingface;

import org.gristmill.tokenize.model.Bytes;
import org.gristmill.tokenize.model.IntList;

/** Pieces of a text in their order; what lies between them is dropped. */
final class Pieces {
  /** The text that the pieces are ranges of. */
  byte[] text;

  /** Whether the first piece starts with what comes from the first character of the whole text. */
  boolean headed;

  private final IntList bounds = new IntList(256);
  private final Bytes own = new Bytes(256);

  /** Starts with no pieces of a text. */
  void reset(byte[] newText, boolean newHeaded) {
    text = newText;
    headed = newHeaded;
    bounds.truncate(0);
  }

  /** Starts with no pieces of a text that is still to be written to the buffer returned. */
  Bytes rewrite(boolean newHeaded) {
    reset(null, newHeaded);
    own.truncate(0);
    return own;
  }

  /** Ends the writing. */
  void written() {
    text = own.array();
  }

  /** Adds a piece, unless it is empty. */
  void add(int from, int to) {
    if (from < to) {
      bounds.add(from);
      bounds.add(to);
    }
  }

  int size() {
    return bounds.size() / 2;
  }

  int from(int piece) {
    return bounds.get(2 * piece);
  }

  int to(int piece) {
    return bounds.get(2 * piece + 1);
  }

  /** Moves the end of the last piece. */
  void extendLast(int to) {
    bounds.set(bounds.size() - 1, to);
  }
}
