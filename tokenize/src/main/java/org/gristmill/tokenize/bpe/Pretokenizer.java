package org.gristmill.tokenize.bpe;

/**
 * Cuts text into pieces, none of which a token crosses. Instances are immutable and may be used by
 * many threads.
 */
public interface Pretokenizer {
  /**
   * Cuts {@code text[from, to)}, as if there were nothing around it.
   *
   * @param text well-formed UTF-8
   * @param out receives the pieces
   */
  void cut(byte[] text, int from, int to, Pieces out);

  /** Receives the pieces of a text in their order, which together are the text. */
  interface Pieces {
    /** Takes the piece {@code text[from, to)}. */
    void add(byte[] text, int from, int to);
  }
}
