package org.gristmill.dedup.contamination;

import java.io.Serializable;

/**
 * A field of a task.
 *
 * @param item id of the task
 * @param field its name
 * @param units in it
 * @param grams different n-grams in it; 0 if it is too short to be looked for
 */
public record BenchmarkField(String item, String field, int units, int grams)
    implements Serializable {}
