package org.gristmill.sources.web;

/** What becomes of a WARC record whose bytes are not those its digest was taken of. */
public enum WebDigests {
  /** A row with the reason {@code warc-digest}, and no document. */
  QUARANTINE,
  /** The document all the same, with the fact {@code digest = mismatch}. */
  MARK,
  /** The document; digests are not looked at. */
  IGNORE
}
