package org.gristmill.dedup.contamination;

import java.io.Serializable;
import java.util.BitSet;
import java.util.List;

/** How much of a benchmark a whole corpus holds, from whichever documents. */
public final class Coverage implements Serializable {
  private static final long serialVersionUID = 1L;

  private final BitSet grams = new BitSet();

  /** Adds what a document holds. */
  public void add(Scan scan) {
    grams.or(scan.grams());
  }

  /** Adds what other documents hold, by the same index. */
  public void add(Coverage other) {
    grams.or(other.grams);
  }

  /** How much of which field was found, in the order of the index. */
  public List<Match> matches(NgramIndex index) {
    return index.matches(grams);
  }
}
