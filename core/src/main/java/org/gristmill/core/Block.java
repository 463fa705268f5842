package org.gristmill.core;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a person, and the fingerprint of a table, must know of a block besides its settings.
 *
 * <p>Whoever changes what a block puts out for the same input raises its {@link #version} in the
 * same change; a golden test holds block and version together. Nothing else of the code goes into
 * fingerprints, so that a release makes anew only what it changes.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Block {
  /** What it does, in one sentence; shown by {@code gristmill list}. */
  String does();

  /** Counts the changes of its output, from 1. */
  int version() default 1;

  /**
   * Libraries that decide its output, by their names in {@link Libraries}: another version of one
   * of them is a change of the block.
   */
  String[] libraries() default {};
}
