package org.gristmill.filters;

import org.gristmill.core.Text;

/** A filter's answer, with the numbers behind it for kept documents too. */
public sealed interface Verdict {
  /** Everything the filter measured, whatever it decided. */
  Findings findings();

  /** The document stays as it is. */
  record Keep(Findings findings) implements Verdict {}

  /** The document stays with another text. */
  record Rewrite(String rule, Text text, Findings findings) implements Verdict {}

  /**
   * The document goes.
   *
   * @param rule filter name, a dot, the rule
   * @param measured the value that broke the rule
   * @param limit the bound it broke
   */
  record Drop(String rule, double measured, double limit, Findings findings) implements Verdict {}
}
