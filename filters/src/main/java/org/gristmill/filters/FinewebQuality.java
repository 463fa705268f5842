package org.gristmill.filters;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import java.util.ArrayList;
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
 */
@Block(
    does = "Drops pages that are lists, menus or repeated lines.",
    version = 1,
    libraries = "icu")
public record FinewebQuality(
    @Setting(does = "Least share of lines that end with a terminal.", min = 0, max = 1)
        double minTerminalLines,
    @Setting(does = "Largest share of short lines.", min = 0, max = 1) double maxShortLines,
    @Setting(does = "Longest line that is short.", unit = "code points", min = 0)
        int shortLineChars,
    @Setting(
            does = "Largest share of characters in lines that an earlier line equals.",
            min = 0,
            max = 1)
        double maxDuplicateLineChars,
    @Setting(
            does = "Most line feeds for each word.",
            unit = "line feeds for each word",
            min = 0,
            max = Double.MAX_VALUE)
        double maxNewlineRatio,
    @Setting(does = "What a line may end with; empty means any end of a sentence in Unicode.")
        List<String> terminals)
    implements Filter {

  /** The limits of the paper. */
  public static final FinewebQuality PAPER =
      new FinewebQuality(0.12, 0.67, 30, 0.01, 0.3, List.of());

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
  public Verdict judge(Document document) {
    String text = document.text().toString();
    List<String> lines = new ArrayList<>();
    int terminal = 0;
    int small = 0;
    for (String line : PythonText.splitAtLineFeeds(text, 1)) {
      if (PythonText.leadingSpace(line) == line.length()) {
        continue;
      }
      lines.add(line);
      terminal += isTerminated(line) ? 1 : 0;
      small += PythonText.chars(line) <= shortLineChars ? 1 : 0;
    }
    int newlines = PythonText.occurrences(text, "\n");
    long duplicates = PythonText.Duplicates.in(lines).chars();

    Rules rules = new Rules("fineweb-quality");
    rules.atLeast("lines", lines.size(), 1);
    rules.atLeast("terminal-lines", Rules.share(terminal, lines.size()), minTerminalLines);
    rules.atMost("short-lines", Rules.share(small, lines.size()), maxShortLines);
    rules.atMost(
        "duplicate-line-chars",
        Rules.share(duplicates, PythonText.chars(text) - newlines),
        maxDuplicateLineChars);
    rules.atMost("newline-ratio", Rules.share(newlines, Words.of(text).count()), maxNewlineRatio);
    return rules.verdict();
  }

  private boolean isTerminated(String line) {
    if (terminals.isEmpty()) {
      return UCharacter.hasBinaryProperty(line.codePointBefore(line.length()), UProperty.S_TERM);
    }
    return PythonText.endsWithAny(line, terminals);
  }
}
