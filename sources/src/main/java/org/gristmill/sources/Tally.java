package org.gristmill.sources;

/**
 * What one file, or one part of it, gave.
 *
 * @param documents number of documents found
 * @param quarantined number of records that could not become documents
 * @param bytesRead bytes taken from the input's streams, as stored; more than it has where records
 *     reach beyond the part or the file was opened more than once
 * @param sha256 {@link ContentHash} of the file, or of the bytes of the part, as stored
 */
public record Tally(long documents, long quarantined, long bytesRead, String sha256) {}
