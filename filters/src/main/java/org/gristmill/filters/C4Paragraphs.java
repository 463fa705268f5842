package org.gristmill.filters;

import org.gristmill.core.Block;
import org.gristmill.core.Bounds;
import org.gristmill.core.Document;
import org.gristmill.core.Setting;

/**
 * Drops pages without enough long lines, as mC4 does.
 *
 * <p>Source: tensorflow-datasets {@code c4_utils.py} at commit 0560e686, {@code paragraph_filter}.
 *
 * @param minParagraphs how many long lines there must be, at least 0
 * @param minParagraphChars least length of a long line in code points, inclusive, at least 0
 */
@Block(does = "Drops pages without enough long lines.", version = 1)
public record C4Paragraphs(
    @Setting(does = "How many long lines there must be.", unit = "lines", min = 0, decides = true)
        int minParagraphs,
    @Setting(does = "Least length of a long line.", unit = "code points", min = 0)
        int minParagraphChars)
    implements Measured {
  /** The limits of mC4. */
  public static final C4Paragraphs PAPER = new C4Paragraphs(3, 200);

  public C4Paragraphs {
    Bounds.atLeast("minParagraphs", minParagraphs, 0);
    Bounds.atLeast("minParagraphChars", minParagraphChars, 0);
  }

  @Override
  public Findings measure(Document document, Scan scan, Tongue tongue) {
    Lines lines = scan.lines();
    int enough = 0;
    for (int line = 0; line < lines.count(); line++) {
      enough += lines.chars(line) >= minParagraphChars ? 1 : 0;
    }
    Rules rules = new Rules("c4-paragraphs");
    rules.number("paragraphs", enough);
    return rules.findings();
  }

  @Override
  public Verdict decide(Findings found, Tongue tongue) {
    Rules rules = new Rules("c4-paragraphs", found);
    rules.atLeast("paragraphs", minParagraphs);
    return rules.verdict();
  }
}
