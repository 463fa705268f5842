package org.gristmill.filters;

import org.gristmill.core.Document;

/**
 * Drops documents by their length.
 *
 * @param minChars least length in code points, inclusive, at least 0
 * @param maxChars largest length in code points, inclusive
 */
public record Length(int minChars, int maxChars) implements Filter {
  /** Drops only what is empty or larger than any book. */
  public static final Length DEFAULT = new Length(1, 10_000_000);

  public Length {
    Settings.atLeast("minChars", minChars, 0);
    Settings.ordered("minChars", minChars, "maxChars", maxChars);
  }

  @Override
  public Verdict judge(Document document) {
    int chars = Lines.chars(document.text().toString());
    Rules rules = new Rules("length");
    rules.atLeast("chars", chars, minChars);
    rules.atMost("chars", chars, maxChars);
    return rules.verdict();
  }
}
