/**
 * Lines, paragraphs and runs of sentences that stand in many documents: what the units of a text
 * are, under which keys equal ones meet, and the text without those that go.
 */
package org.gristmill.dedup.lines;
