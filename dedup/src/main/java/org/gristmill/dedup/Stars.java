package org.gristmill.dedup;

import java.util.BitSet;

/**
 * Decides which of many documents stay, so that each one that is dropped is similar to one that
 * stays: documents come in their order, and one is dropped if it is similar to one that stays
 * before it. What stays is the lexicographically first maximal independent set of the graph of
 * similar pairs; the dropped ones lie as stars around it.
 *
 * <p>One bit for each document.
 */
public final class Stars {
  private final BitSet dropped = new BitSet();
  private int keeper = -1;
  private double similarity;
  private int at = -1;

  /** Takes what was decided of one document. */
  @FunctionalInterface
  public interface Decision {
    /**
     * A document is dropped.
     *
     * @param keeper the most similar that stays before it, of equals the first
     */
    void dropped(int document, int keeper, double similarity);
  }

  /**
   * A similar pair.
   *
   * @param document never less than in the call before
   * @param before number of a document that comes before it
   * @param out is told of the document before this one, when it is dropped
   * @throws IllegalArgumentException if the order is another
   */
  public void pair(int document, int before, double similarity, Decision out) {
    if (document < at || before >= document || before < 0) {
      throw new IllegalArgumentException(
          "pair " + before + ", " + document + " after those of document " + at);
    }
    if (document > at) {
      finish(out);
      at = document;
    }
    if (!dropped.get(before)
        && (keeper < 0
            || similarity > this.similarity
            || similarity == this.similarity && before < keeper)) {
      keeper = before;
      this.similarity = similarity;
    }
  }

  /** Decides the last document; once, after all pairs. */
  public void finish(Decision out) {
    if (keeper >= 0) {
      dropped.set(at);
      out.dropped(at, keeper, similarity);
    }
    keeper = -1;
  }
}
