package org.gristmill.dedup.lines;

import org.gristmill.dedup.spans.Span;

/**
 * A unit of a text that may go if it stands elsewhere too.
 *
 * @param key equal for equal units
 * @param span what of the text it is, in bytes
 * @param gone what of the text goes with it, in bytes: line ends and blank lines behind it too
 */
public record Unit(Key key, Span span, Span gone) {}
