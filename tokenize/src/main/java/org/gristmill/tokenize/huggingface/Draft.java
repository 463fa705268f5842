package org.gristmill.tokenize.huggingface;

import org.gristmill.tokenize.model.Bytes;

/** A stretch of text while it is normalized; each step reads one buffer and writes the other. */
final class Draft {
  private Bytes now = new Bytes(1 << 12);
  private Bytes next = new Bytes(1 << 12);

  /** Whether the first character of the stretch still stands first. */
  private boolean headed;

  /** Starts with a range of a text. */
  void start(byte[] text, int from, int to) {
    now.truncate(0);
    now.addAll(text, from, to);
    headed = from == 0;
  }

  byte[] text() {
    return now.array();
  }

  int length() {
    return now.size();
  }

  /** Where a step writes. */
  Bytes out() {
    return next;
  }

  /** Makes what a step wrote the text. */
  void done() {
    Bytes old = now;
    now = next;
    next = old;
    next.truncate(0);
  }

  /** Notes that the first character was taken away. */
  void beheaded() {
    headed = false;
  }

  /**
   * Whether what stands first comes from the first character of the whole text, which decides
   * whether a {@code Metaspace} of scheme {@code first} puts a mark before it.
   */
  boolean headed() {
    return headed;
  }
}
