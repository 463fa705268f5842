package org.gristmill.filters;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.gristmill.core.Block;
import org.gristmill.core.Bounds;
import org.gristmill.core.Document;
import org.gristmill.core.Setting;

/**
 * Drops pages that are lists, menus or repeated lines, by the rules that FineWeb adds.
 *
 * <p>The definitions are those of datatrove at commit a649de79. Lines end at line feeds; only lines
 * with more than white space count. Words are {@link Words}. Lengths are in code points.
 *
 * <p>Source: Penedo et al., The FineWeb Datasets, arXiv:2406.17557.
 *
 * @param minTerminalLines least share of lines that end with a terminal, inclusive
 * @param maxShortLines largest share of short lines, inclusive
 * @param shortLineChars longest line that is short, in characters, inclusive, at least 0
 * @param maxDuplicateLineChars largest share of characters, line feeds not counted, in lines that
 *     an earlier line equals, inclusive
 * @param maxNewlineRatio most line feeds for each word, inclusive, at least 0
 * @param terminals what a line may end with; empty means any character that Unicode says ends a
 *     sentence (property Sentence_Terminal); the reference lists those of Unicode 15 and three
 *     signs of Khmer
 * @param words what words are; in languages without spaces always Unicode's, unless limits hold as
 *     set
 * @param limits which limits a document is judged by
 */
@Block(
    does = "Drops pages that are lists, menus or repeated lines.",
    version = 2,
    libraries = "icu")
public record FinewebQuality(
    @Setting(
            does = "Least share of lines that end with a terminal.",
            min = 0,
            max = 1,
            decides = true)
        double minTerminalLines,
    @Setting(does = "Largest share of short lines.", min = 0, max = 1, decides = true)
        double maxShortLines,
    @Setting(does = "Longest line that is short.", unit = "code points", min = 0)
        int shortLineChars,
    @Setting(
            does = "Largest share of characters in lines that an earlier line equals.",
            min = 0,
            max = 1,
            decides = true)
        double maxDuplicateLineChars,
    @Setting(
            does = "Most line feeds for each word.",
            unit = "line feeds for each word",
            min = 0,
            max = Double.MAX_VALUE,
            decides = true)
        double maxNewlineRatio,
    @Setting(does = "What a line may end with; empty means any end of a sentence in Unicode.")
        List<String> terminals,
    @Setting(does = "What words are: unicode, spacy or whitespace.") Splitter words,
    @Setting(does = "Which limits a document is judged by: by-language or as-set.") Limits limits)
    implements Measured {

  /** The limits of the paper. */
  public static final FinewebQuality PAPER =
      new FinewebQuality(0.12, 0.67, 30, 0.01, 0.3, List.of(), Splitter.SPACY, Limits.BY_LANGUAGE);

  public FinewebQuality {
    Bounds.share("minTerminalLines", minTerminalLines);
    Bounds.share("maxShortLines", maxShortLines);
    Bounds.atLeast("shortLineChars", shortLineChars, 0);
    Bounds.share("maxDuplicateLineChars", maxDuplicateLineChars);
    Bounds.limit("maxNewlineRatio", maxNewlineRatio);
    terminals = List.copyOf(terminals);
    Bounds.nonEmpty("terminals", terminals);
  }

  @Override
  public Findings measure(Document document, Scan scan, Tongue tongue) {
    double shortLine = shortLine(new Rules("fineweb-quality", Findings.NONE, limits, tongue));
    Lines lines = scan.lines();
    List<byte[]> ends = terminals.stream().map(t -> t.getBytes(StandardCharsets.UTF_8)).toList();
    int solid = 0;
    int terminal = 0;
    int small = 0;
    long duplicates = 0;
    for (int line = 0; line < lines.count(); line++) {
      if (lines.isBlank(line)) {
        continue;
      }
      int chars = lines.chars(line);
      solid++;
      terminal += isTerminated(lines, line, ends) ? 1 : 0;
      small += chars <= shortLine ? 1 : 0;
      duplicates += lines.isDuplicate(line) ? chars : 0;
    }
    Rules rules = new Rules("fineweb-quality");
    rules.number("lines", solid);
    rules.number("terminal-lines", Rules.share(terminal, solid));
    rules.number("short-lines", Rules.share(small, solid));
    rules.number(
        "duplicate-line-chars", Rules.share(duplicates, lines.chars() - lines.lineFeeds()));
    rules.number(
        "newline-ratio",
        Rules.share(lines.lineFeeds(), scan.words(tongue.splitter(words, limits)).count()));
    return rules.findings();
  }

  @Override
  public Verdict decide(Findings found, Tongue tongue) {
    Rules rules = new Rules("fineweb-quality", found, limits, tongue);
    rules.atLeast("lines", 1);
    rules.atLeast(
        "terminal-lines",
        rules.limit("minTerminalLines", minTerminalLines, PAPER.minTerminalLines));
    rules.atMost("short-lines", Double.isNaN(shortLine(rules)) ? Double.NaN : maxShortLines);
    rules.atMost("duplicate-line-chars", maxDuplicateLineChars);
    rules.atMost(
        "newline-ratio", rules.limit("maxNewlineRatio", maxNewlineRatio, PAPER.maxNewlineRatio));
    rules.numberUnjudged();
    return rules.verdict();
  }

  private double shortLine(Rules rules) {
    return rules.limit("shortLineChars", shortLineChars, PAPER.shortLineChars);
  }

  private static boolean isTerminated(Lines lines, int line, List<byte[]> ends) {
    if (ends.isEmpty()) {
      int last = Utf8.codePoint(lines.text, Utf8.before(lines.text, lines.end(line)));
      return last < 0x80
          ? last == '.' || last == '?' || last == '!'
          : UCharacter.hasBinaryProperty(last, UProperty.S_TERM);
    }
    for (byte[] end : ends) {
      if (Utf8.endsWith(lines.text, lines.start(line), lines.end(line), end)) {
        return true;
      }
    }
    return false;
  }
}
