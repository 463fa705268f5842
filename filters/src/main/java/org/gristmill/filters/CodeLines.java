package org.gristmill.filters;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.gristmill.core.Block;
import org.gristmill.core.Bounds;
import org.gristmill.core.Document;
import org.gristmill.core.Setting;

/**
 * Drops source files that are generated, minified or data, by the rules on lines and characters of
 * BigCode's StarCoder.
 *
 * <p>Lines end at line feeds; lengths are in code points; alphanumeric are letters and decimal
 * digits of any script.
 *
 * <p>Source: Li et al., StarCoder: may the source be with you!, arXiv:2305.06161, section 3.1, with
 * the defaults of bigcode-dataset.
 *
 * @param maxLineChars longest line, inclusive, at least 1
 * @param maxMeanLineChars largest mean length of lines, inclusive
 * @param minAlphanumeric least share of characters that are alphanumeric, inclusive
 * @param xmlHeadChars how many characters at the beginning must not hold an XML declaration; 0
 *     allows one
 */
@Block(
    does = "Drops source files that are generated, minified or data.",
    version = 1,
    libraries = "icu")
public record CodeLines(
    @Setting(does = "Longest line.", unit = "code points", min = 1, decides = true)
        int maxLineChars,
    @Setting(
            does = "Largest mean length of lines.",
            unit = "code points",
            min = 0,
            max = Double.MAX_VALUE,
            decides = true)
        double maxMeanLineChars,
    @Setting(
            does = "Least share of characters that are alphanumeric.",
            min = 0,
            max = 1,
            decides = true)
        double minAlphanumeric,
    @Setting(
            does = "How many characters at the beginning must not hold an XML declaration.",
            unit = "code points",
            min = 0)
        int xmlHeadChars)
    implements Measured {
  /** The limits of StarCoder. */
  public static final CodeLines PAPER = new CodeLines(1000, 100, 0.25, 100);

  private static final String XML = "<?xml version=";

  public CodeLines {
    Bounds.atLeast("maxLineChars", maxLineChars, 1);
    Bounds.limit("maxMeanLineChars", maxMeanLineChars);
    Bounds.share("minAlphanumeric", minAlphanumeric);
    Bounds.atLeast("xmlHeadChars", xmlHeadChars, 0);
  }

  @Override
  public Findings measure(Document document, Scan scan, Tongue tongue) {
    Lines lines = scan.lines();
    int longest = 0;
    for (int line = 0; line < lines.count(); line++) {
      longest = lines.bytes(line) > longest ? Math.max(longest, lines.chars(line)) : longest;
    }
    byte[] text = scan.bytes();
    int alphanumeric = 0;
    for (int i = 0; i < text.length; i += Utf8.length(text[i])) {
      int classes = CharClasses.of(Utf8.codePoint(text, i));
      alphanumeric += (classes & (CharClasses.LETTER | CharClasses.DIGIT)) != 0 ? 1 : 0;
    }
    Rules rules = new Rules("code-lines");
    rules.number("longest-line", longest);
    rules.number("mean-line", Rules.share(lines.chars() - lines.lineFeeds(), lines.count()));
    double share = lines.chars() == 0 ? 1 : (double) alphanumeric / lines.chars();
    rules.number("alphanumeric", share);
    rules.number("xml-heads", hasXmlHead(text) ? 1 : 0);
    return rules.findings();
  }

  @Override
  public Verdict decide(Findings found, Tongue tongue) {
    Rules rules = new Rules("code-lines", found);
    rules.atMost("longest-line", maxLineChars);
    rules.atMost("mean-line", maxMeanLineChars);
    rules.atLeast("alphanumeric", minAlphanumeric);
    rules.atMost("xml-heads", 0);
    return rules.verdict();
  }

  private boolean hasXmlHead(byte[] text) {
    int end = 0;
    for (int chars = 0; chars < xmlHeadChars && end < text.length; chars++) {
      end += Utf8.length(text[end]);
    }
    return new String(Arrays.copyOf(text, end), StandardCharsets.UTF_8).contains(XML);
  }
}
