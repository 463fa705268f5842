package org.gristmill.filters;

import java.io.Serializable;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.gristmill.core.Block;
import org.gristmill.core.Blocks;
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

    String name() {
      return Blocks.name(filter.getClass());
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
    return judged(current, drop, numbers);
  }

  private static Judged judged(
      Document document, Verdict.Drop drop, SortedMap<String, Double> numbers) {
    SortedMap<String, Double> all = Collections.unmodifiableSortedMap(numbers);
    return drop == null
        ? new Judged(document, "", 0, 0, all)
        : new Judged(document, drop.rule(), drop.measured(), drop.limit(), all);
  }

  /**
   * Whether this chain measures what one measured that had another value of a setting, so that
   * {@link #again} holds for what that one judged.
   *
   * @param setting name of the filter, a dot, the setting
   * @param before the other's value, as {@link Blocks#facts} has it
   */
  public boolean measuresAlike(String setting, String before) {
    int dot = setting.indexOf('.');
    return dot > 0
        && steps.stream()
            .filter(step -> step.name().equals(setting.substring(0, dot)))
            .anyMatch(
                step ->
                    Blocks.measuresAlike(
                        (Record) step.filter(), setting.substring(dot + 1), before));
  }

  /**
   * Whether {@link #again} can answer at all: no two filters share the names of their numbers, and
   * one before those that judge by language has identified it.
   */
  public boolean canDecideAgain() {
    Set<String> names = new HashSet<>();
    for (Step step : steps) {
      boolean unknown = isByLanguage(step.filter()) && !names.contains("language");
      if (!names.add(step.name()) || unknown) {
        return false;
      }
    }
    return true;
  }

  private static boolean isByLanguage(Filter filter) {
    return filter instanceof Measured measured && measured.limits() == Limits.BY_LANGUAGE;
  }

  /**
   * What {@link #judge} would answer, from the answer of a chain that differs in settings only of
   * which {@link #measuresAlike} holds, if {@link #canDecideAgain}. Texts are neither read nor
   * changed.
   *
   * @return empty where only the text can tell: a language that is needed was not identified, or a
   *     filter that is not asked again stands behind the one that dropped the document and now does
   *     not
   */
  public Optional<Judged> again(Judged before) {
    Document current = before.document().withLanguage(Document.UNDETERMINED);
    SortedMap<String, Double> numbers = new TreeMap<>(before.numbers());
    Verdict.Drop drop = null;
    boolean dropped = false; // before: from then on nobody knows what a filter said
    for (Step step : steps) {
      if (!step.appliesTo(current)) {
        continue;
      }
      boolean itsDrop = before.rule().startsWith(step.name() + ".");
      if (step.filter() instanceof Language) {
        current = before.document();
      }
      if (step.filter() instanceof Measured filter) {
        boolean byLanguage = isByLanguage(filter) || filter instanceof Language;
        if (byLanguage && current.language().equals(Document.UNDETERMINED)) {
          return Optional.empty();
        }
        Verdict verdict = again(step.name(), filter, current, before.numbers());
        numbers.putAll(verdict.findings().numbers());
        drop = drop == null && verdict instanceof Verdict.Drop d ? d : drop;
      } else if (drop == null && dropped) {
        return Optional.empty();
      } else if (drop == null && itsDrop) {
        drop = new Verdict.Drop(before.rule(), before.measured(), before.limit(), Findings.NONE);
      }
      dropped |= itsDrop;
    }
    return Optional.of(judged(before.document(), drop, numbers));
  }

  private static Verdict again(
      String name, Measured filter, Document document, SortedMap<String, Double> numbers) {
    SortedMap<String, Double> its = numbers.subMap(name + ".", name + (char) ('.' + 1));
    return filter.decide(new Findings(its, document.language()), Tongue.of(document.language()));
  }
}
