package org.gristmill.sources.web;

/** What becomes of PDF, office and EPUB files in a web archive. */
public enum WebDocuments {
  /** A row with the reason {@code not-text}. */
  SKIP,
  /** They are read as the source {@code book} reads them. */
  READ
}
