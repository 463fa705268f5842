package org.gristmill.dedup.spans;

/**
 * A stretch of a document whose windows meet those of other documents under one key.
 *
 * @param key equal for any two segments that have an equal window
 * @param span where it is; at least a window long
 */
public record Segment(long key, Span span) {}
