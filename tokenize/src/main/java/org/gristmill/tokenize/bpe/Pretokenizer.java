package org.gristmill.tokenize.bpe;

/**
 * Cuts text into pieces, none of which a token crosses. Instances are immutable and may be used by
 * many threads.
 */
public interface Pretokenizer {
  /**
   * The pieces of {@code text[from, to)}, as if there were nothing around it.
   *
   * @param text well-formed UTF-8, which nobody changes while the pieces are read
   */
  Pieces pieces(byte[] text, int from, int to);

  /** The pieces of a text in their order, which together are the text; for one thread. */
  interface Pieces {
    /**
     * The next pieces, as many as there are or as {@code ends} can hold.
     *
     * @param ends receives the end of each piece, which is the start of the next one
     * @return how many pieces; 0 when the text is at its end
     */
    int next(int[] ends);
  }
}
