package org.gristmill.dedup.contamination;

import org.gristmill.dedup.spans.Span;

/**
 * An n-gram of a benchmark in a document.
 *
 * @param gram its number in the index
 * @param span where it stands in the document's text, in bytes
 */
public record Hit(int gram, Span span) {}
