package org.gristmill.filters;

/** Which limits a document is judged by. */
public enum Limits {
  /**
   * A limit that is left at its default holds for English; documents in other languages are judged
   * by the limit of {@code limits.tsv} for their language, and not at all where it has none. A
   * limit that is set to something else holds for every document.
   */
  BY_LANGUAGE,
  /** Every limit holds for every document, whatever its language. */
  AS_SET
}
