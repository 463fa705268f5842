/** Spans of a text, and those of at least a given length that stand elsewhere too. */
package org.gristmill.dedup.spans;
