/**
 * Decontamination: which documents hold text of benchmarks, where, how much of it, and what is done
 * about it.
 *
 * <p>{@link org.gristmill.dedup.contamination.Units} say what a text's words are, {@link
 * org.gristmill.dedup.contamination.NgramIndex} finds the n-grams of known benchmarks in documents,
 * {@link org.gristmill.dedup.contamination.Decontamination} drops, cuts or marks, and {@link
 * org.gristmill.dedup.contamination.Fingerprint} keeps enough of a document to ask it later about
 * benchmarks not known today.
 */
package org.gristmill.dedup.contamination;
