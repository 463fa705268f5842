package org.gristmill.filters;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.gristmill.core.Block;
import org.gristmill.core.Document;
import org.gristmill.core.Setting;

/**
 * Filters in their order. Every filter that applies is asked, also after one has dropped the
 * document, so that all measurements are there when somebody wants to choose other limits; the
 * first drop decides.
 */
@Block(
    does = "Asks every filter that applies, in order; the first that drops decides.",
    version = 1)
public record FilterChain(
    @Setting(does = "The filters and the documents each is for.") List<Step> steps)
    implements Serializable {

  /**
   * A filter and the documents it is for.
   *
   * @param sources names of ingest steps; empty means all
   * @param languages codes as identified so far, of {@link Language#CODES} or {@link
   *     Document#UNDETERMINED}; empty means all
   */
  public record Step(
      @Setting(does = "Which filter.", required = true) Filter filter,
      @Setting(does = "Names of ingest steps; empty means all.") List<String> sources,
      @Setting(does = "Codes of languages as identified so far; empty means all.")
          List<String> languages)
      implements Serializable {
    public Step {
      sources = List.copyOf(sources);
      languages = List.copyOf(languages);
    }

    boolean appliesTo(Document document) {
      return (sources.isEmpty() || sources.contains(document.source()))
          && (languages.isEmpty()
              || languages.contains(document.language())
              || languages.contains(Language.primary(document.language())));
    }
  }

  /**
   * The chain's answer.
   *
   * @param document the document with its language and its text after all rewrites
   * @param rule the rule that dropped it, empty if kept
   * @param measured the value that broke the rule, 0 if kept
   * @param limit the bound it broke, 0 if kept
   * @param numbers all measurements by name, unmodifiable
   */
  public record Judged(
      Document document,
      String rule,
      double measured,
      double limit,
      SortedMap<String, Double> numbers) {

    /** Whether no filter dropped it. */
    public boolean kept() {
      return rule.isEmpty();
    }
  }

  public FilterChain {
    steps = List.copyOf(steps);
  }

  /** Asks every filter that applies. */
  public Judged judge(Document document) {
    Document current = document;
    Scan scan = Scan.of(document.text());
    Verdict.Drop drop = null;
    SortedMap<String, Double> numbers = new TreeMap<>();
    for (Step step : steps) {
      if (!step.appliesTo(current)) {
        continue;
      }
      Verdict verdict = step.filter().judge(current, scan);
      numbers.putAll(verdict.findings().numbers());
      if (!verdict.findings().language().isEmpty()) {
        current = current.withLanguage(verdict.findings().language());
      }
      if (verdict instanceof Verdict.Rewrite rewrite) {
        current = current.withText(rewrite.text());
        scan = Scan.of(rewrite.text());
      } else if (verdict instanceof Verdict.Drop d && drop == null) {
        drop = d;
      }
    }
    SortedMap<String, Double> all = Collections.unmodifiableSortedMap(numbers);
    return drop == null
        ? new Judged(current, "", 0, 0, all)
        : new Judged(current, drop.rule(), drop.measured(), drop.limit(), all);
  }
}
