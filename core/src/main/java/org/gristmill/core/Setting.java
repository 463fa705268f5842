package org.gristmill.core;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a setting of a block is for; shown by {@code gristmill list}. The bounds are held by the
 * block's constructor, and a law test holds the two together.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
  /** What it decides, in one sentence. */
  String does();

  /** Unit of its value, {@code words} or {@code bytes} for example; empty if it has none. */
  String unit() default "";

  /** Least value of a number, inclusive; of a list of numbers, of each. */
  double min() default Double.NEGATIVE_INFINITY;

  /** Largest value of a number, inclusive; of a list of numbers, of each. */
  double max() default Double.POSITIVE_INFINITY;

  /** Whether a pipeline must give it, because no default could be right. */
  boolean required() default false;

  /**
   * Whether it only decides on what is measured whatever it is, so that other values need no
   * document again; a list of numbers as long as it holds as many.
   */
  boolean decides() default false;
}
