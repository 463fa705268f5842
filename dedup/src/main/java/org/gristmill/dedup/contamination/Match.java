package org.gristmill.dedup.contamination;

/**
 * How much of a field was found.
 *
 * @param field of a task
 * @param matched different n-grams of it that were found, at least 1
 */
public record Match(BenchmarkField field, int matched) {
  /** The share of its n-grams, above 0, up to 1. PaLM calls a task contaminated from 0.7 on. */
  public double share() {
    return (double) matched / field.grams();
  }
}
