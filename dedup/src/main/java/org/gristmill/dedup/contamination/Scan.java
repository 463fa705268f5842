package org.gristmill.dedup.contamination;

import java.util.BitSet;
import java.util.List;
import org.gristmill.dedup.spans.Span;
import org.gristmill.dedup.spans.Spans;

/** What one document shares with the benchmarks of an index. */
public final class Scan {
  private final NgramIndex index;
  private final List<Hit> hits;

  Scan(NgramIndex index, List<Hit> hits) {
    this.index = index;
    this.hits = List.copyOf(hits);
  }

  /** Every place of every n-gram, in the order of the text. */
  public List<Hit> hits() {
    return hits;
  }

  /** The bytes of the text that belong to n-grams. */
  public List<Span> spans() {
    return Spans.union(hits.stream().map(Hit::span).toList());
  }

  /** The numbers of the n-grams found. */
  public BitSet grams() {
    BitSet grams = new BitSet();
    hits.forEach(hit -> grams.set(hit.gram()));
    return grams;
  }

  /** How much of which field was found, in the order of the index. */
  public List<Match> matches() {
    return index.matches(grams());
  }

  /**
   * The same without some n-grams, such as those of more than ten documents, which GPT-3 takes for
   * common phrases.
   */
  public Scan without(BitSet grams) {
    return new Scan(index, hits.stream().filter(hit -> !grams.get(hit.gram())).toList());
  }
}
