package org.gristmill.dedup.lines;

import java.io.Serializable;
import org.gristmill.dedup.spans.Span;

/**
 * Where a unit stands.
 *
 * @param document the place of its document in the order of documents
 * @param span of the unit in it
 */
public record Occurrence(long document, Span span) implements Serializable {
  /** Whether it shares nothing with another: units of three sentences may overlap. */
  public boolean apart(Occurrence other) {
    return document != other.document
        || span.from() >= other.span.to()
        || other.span.from() >= span.to();
  }
}
