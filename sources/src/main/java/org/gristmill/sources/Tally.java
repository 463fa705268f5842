package org.gristmill.sources;

/**
 * What one file gave.
 *
 * @param documents number of documents found
 * @param quarantined number of records that could not become documents
 * @param bytesRead bytes taken from the input's streams, as stored
 */
public record Tally(long documents, long quarantined, long bytesRead) {}
