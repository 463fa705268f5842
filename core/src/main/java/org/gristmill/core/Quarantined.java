package org.gristmill.core;

/**
 * A record that could not become a document: kept as a row, so that counts reconcile and a person
 * can look at the bytes.
 *
 * @param source name of the ingest step
 * @param kind kind of source
 * @param file URI of the input file
 * @param offset see {@link Found#offset}
 * @param url address of the record, empty if unknown
 * @param reason why
 * @param detail one line for a person, at most {@link #MAX_DETAIL} characters
 */
public record Quarantined(
    String source, String kind, String file, long offset, String url, Reason reason, String detail)
    implements Found {

  /** Longest detail kept, in characters. */
  public static final int MAX_DETAIL = 500;

  public Quarantined {
    detail = Text.of(detail.replaceAll("\\p{Cntrl}+", " ").strip()).toString();
    if (detail.length() > MAX_DETAIL) {
      detail = Text.of(detail.substring(0, MAX_DETAIL)).toString();
    }
  }
}
