package org.gristmill.sources;

/**
 * What one file gave.
 *
 * @param documents number of documents found
 * @param quarantined number of records that could not become documents
 * @param bytesRead bytes taken from the input's streams, as stored; more than the file has where it
 *     was opened more than once
 * @param sha256 SHA-256 of the file as stored, 64 hexadecimal digits in lower case
 */
public record Tally(long documents, long quarantined, long bytesRead, String sha256) {}
