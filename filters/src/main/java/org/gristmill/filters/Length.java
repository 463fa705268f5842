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
    @Setting(does = "Least length.", unit = "code points", min = 0) int minChars,
    @Setting(does = "Largest length.", unit = "code points", min = 0) int maxChars)
    implements Filter {
  /** Drops only what is empty or larger than any book. */
  public static final Length DEFAULT = new Length(1, 10_000_000);

  public Length {
    Bounds.atLeast("minChars", minChars, 0);
    Bounds.atLeast("maxChars", maxChars, 0);
    Bounds.ordered("minChars", minChars, "maxChars", maxChars);
  }

  @Override
  public Verdict judge(Document document, Scan scan) {
    int chars = scan.chars();
    Rules rules = new Rules("length");
    rules.atLeast("chars", chars, minChars);
    rules.atMost("chars", chars, maxChars);
    return rules.verdict();
  }
}
