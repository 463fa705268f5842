package org.gristmill.dedup.spans;

import java.io.Serializable;

/**
 * A stretch of a text or of a row of tokens.
 *
 * @param from where it starts, at least 0; in bytes of UTF-8, or in tokens
 * @param to where it ends, exclusive, above {@code from}
 */
public record Span(int from, int to) implements Serializable, Comparable<Span> {
  public Span {
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException("no span from " + from + " to " + to);
    }
  }

  public int length() {
    return to - from;
  }

  /** By start, then by end. */
  @Override
  public int compareTo(Span other) {
    int order = Integer.compare(from, other.from);
    return order == 0 ? Integer.compare(to, other.to) : order;
  }
}
