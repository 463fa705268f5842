package org.gristmill.jobs.steps;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.gristmill.core.Block;
import org.gristmill.core.Document;
import org.gristmill.core.Setting;
import org.gristmill.core.Text;
import org.gristmill.dedup.contamination.Decontamination;
import org.gristmill.dedup.contamination.GramSize;
import org.gristmill.dedup.contamination.Match;
import org.gristmill.dedup.contamination.Scan;
import org.gristmill.dedup.spans.Span;
import org.gristmill.filters.Filter;
import org.gristmill.filters.Findings;
import org.gristmill.filters.Verdict;

/**
 * Keeps text of benchmarks out of the corpus: a document that shares an n-gram with one is dropped,
 * cut or marked. See {@link org.gristmill.dedup.contamination}.
 *
 * <p>Numbers: {@code contamination.grams}, different n-grams of benchmarks in the document; {@code
 * contamination.share}, the greatest share of a field's n-grams, from 0 to 1. Of a document that is
 * cut the pieces that stay are put together again with empty lines between them.
 *
 * @param benchmarks the files
 * @param fields their fields that count; empty for all with text
 * @param grams how long an n-gram is
 * @param remedy what is done
 */
@Block(
    does = "Drops, cuts or marks documents that share n-grams with benchmarks.",
    version = 1,
    libraries = "icu")
public record Contamination(
    @Setting(does = "files of JSON lines, an item a line", required = true) Benchmarks benchmarks,
    @Setting(does = "fields of the items that count; empty for all with text") List<String> fields,
    @Setting(does = "how long an n-gram is: 13 words as GPT-3, 8 as PaLM") GramSize grams,
    @Setting(does = "what is done with a document that holds some") Decontamination remedy)
    implements Filter {
  /** N-grams of 13 words; what holds one is cut around it, as GPT-3 did. */
  public static final Contamination DEFAULT =
      new Contamination(Benchmarks.NONE, List.of(), GramSize.GPT3, Decontamination.GPT3);

  private static final String NAME = "contamination";

  /**
   * @throws org.gristmill.core.SettingError if a file is not what it should be
   */
  public Contamination {
    fields = List.copyOf(fields);
    benchmarks.index(grams, fields);
  }

  @Override
  public Verdict judge(Document document, org.gristmill.filters.Scan measured) {
    Text text = document.text();
    Scan scan = benchmarks.index(grams, fields).scan(text);
    int found = scan.grams().cardinality();
    double share = scan.matches().stream().mapToDouble(Match::share).max().orElse(0);
    Findings findings =
        new Findings(
            new TreeMap<>(
                java.util.Map.of(NAME + ".grams", (double) found, NAME + ".share", share)),
            "",
            scan.spans().stream()
                .map(span -> new Findings.Span("benchmark", span.from(), span.to()))
                .toList());
    Decontamination.Verdict verdict = remedy.judge(text, scan.spans());
    return switch (verdict.outcome()) {
      case CLEAN, MARKED -> new Verdict.Keep(findings);
      case CUT -> new Verdict.Rewrite(NAME + ".cut", joined(text, verdict.kept()), findings);
      case DROPPED, TOO_MANY_PIECES, NOTHING_LEFT -> {
        String rule = verdict.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-');
        yield new Verdict.Drop(NAME + "." + rule, found, 0, findings);
      }
    };
  }

  private static Text joined(Text text, List<Span> pieces) {
    StringBuilder joined = new StringBuilder();
    for (Span piece : pieces) {
      joined.append(joined.isEmpty() ? "" : "\n\n");
      joined.append(
          new String(
              text.bytes(),
              piece.from(),
              piece.to() - piece.from(),
              java.nio.charset.StandardCharsets.UTF_8));
    }
    return Text.of(joined.toString());
  }
}
