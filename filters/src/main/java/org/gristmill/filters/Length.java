package org.gristmill.filters;

import org.gristmill.core.Block;
import org.gristmill.core.Bounds;
import org.gristmill.core.Document;
import org.gristmill.core.Setting;

/**
 * Drops documents by their length.
 *
 * @param minChars least length in code points, inclusive, at least 0
 * @param maxChars largest length in code points, inclusive
 */
@Block(does = "Drops documents by their length.", version = 1)
public record Length(
    @Setting(does = "Least length.", unit = "code points", min = 0, decides = true) int minChars,
    @Setting(does = "Largest length.", unit = "code points", min = 0, decides = true) int maxChars)
    implements Measured {
  /** Drops only what is empty or larger than any book. */
  public static final Length DEFAULT = new Length(1, 10_000_000);

  public Length {
    Bounds.atLeast("minChars", minChars, 0);
    Bounds.atLeast("maxChars", maxChars, 0);
    Bounds.ordered("minChars", minChars, "maxChars", maxChars);
  }

  @Override
  public Findings measure(Document document, Scan scan, Tongue tongue) {
    Rules rules = new Rules("length");
    rules.number("chars", scan.chars());
    return rules.findings();
  }

  @Override
  public Verdict decide(Findings found, Tongue tongue) {
    Rules rules = new Rules("length", found);
    rules.atLeast("chars", minChars);
    rules.atMost("chars", maxChars);
    return rules.verdict();
  }
}
