package org.gristmill.tokenize.objective;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gristmill.core.Setting;
import org.gristmill.core.SettingError;
import org.gristmill.tokenize.Packer;
import org.gristmill.tokenize.ShardFormats;
import org.gristmill.tokenize.Tokenizer;
import org.gristmill.tokenize.Track;

/**
 * Objectives and the documents each is for: the first that names a document's source decides, and
 * what none is for is {@link Causal}.
 */
public record ObjectiveChain(
    @Setting(does = "The objectives and the sources each is for.") List<Step> steps)
    implements Serializable {
  /** All documents are causal. */
  public static final ObjectiveChain CAUSAL = new ObjectiveChain(List.of());

  private static final Objective OTHERWISE = new Causal();

  /**
   * An objective and the documents it is for.
   *
   * @param sources names of ingest steps; empty means all
   */
  public record Step(
      @Setting(does = "Which objective.", required = true) Objective objective,
      @Setting(does = "Names of ingest steps; empty means all.") List<String> sources)
      implements Serializable {
    public Step {
      sources = List.copyOf(sources);
    }
  }

  public ObjectiveChain {
    steps = List.copyOf(steps);
  }

  /** The objective of a source's documents. */
  public Objective of(String source) {
    return steps.stream()
        .filter(step -> step.sources().isEmpty() || step.sources().contains(source))
        .map(Step::objective)
        .findFirst()
        .orElse(OTHERWISE);
  }

  /** All that is said of tokens, by one objective or another. */
  public SortedSet<Track> tracks() {
    SortedSet<Track> tracks = new TreeSet<>();
    steps.forEach(step -> tracks.addAll(step.objective().tracks()));
    return Collections.unmodifiableSortedSet(tracks);
  }

  /** Whether one of them needs to know who said what. */
  public boolean ofDialogues() {
    return steps.stream().anyMatch(step -> step.objective().ofDialogues());
  }

  /**
   * Whether all go with a tokenizer.
   *
   * @throws SettingError naming {@code objectives} and what is missing
   */
  public void check(Tokenizer tokenizer) {
    for (Step step : steps) {
      try {
        step.objective().check(tokenizer);
      } catch (SettingError e) {
        throw new SettingError("objectives", step.objective().name() + ": " + e.getMessage());
      }
    }
  }

  /**
   * Whether all go with what shards are to be.
   *
   * @throws SettingError naming {@code sequenceTokens} or {@code formats}
   */
  public void check(int sequenceTokens, List<String> formats) {
    for (Step step : steps) {
      if (step.objective().wholeTokens() > sequenceTokens) {
        throw new SettingError(
            "sequenceTokens",
            "must be at least the maxTokens of %s (%d), is %d"
                .formatted(
                    step.objective().name(), step.objective().wholeTokens(), sequenceTokens));
      }
    }
    for (String format : formats) {
      Set<Track> missing = new TreeSet<>(tracks());
      missing.removeAll(ShardFormats.BY_NAME.get(format).tracks());
      if (!missing.isEmpty()) {
        throw new SettingError(
            "formats", format + " cannot hold what the objectives say of tokens: " + missing);
      }
    }
  }

  /**
   * What is packed of the documents of a shard.
   *
   * @param documents in an order that follows from their ids
   * @param sources the source of each
   */
  public List<Packer.Tokens> examples(
      Tokenizer tokenizer, List<Encoded> documents, List<String> sources) {
    if (steps.isEmpty()) {
      return OTHERWISE.examples(tokenizer, documents);
    }
    SortedMap<Integer, List<Encoded>> byStep = new TreeMap<>();
    for (int i = 0; i < documents.size(); i++) {
      int step = step(sources.get(i));
      byStep.computeIfAbsent(step, s -> new ArrayList<>()).add(documents.get(i));
    }
    List<Packer.Tokens> examples = new ArrayList<>();
    byStep.forEach(
        (step, its) -> {
          Objective objective = step < steps.size() ? steps.get(step).objective() : OTHERWISE;
          examples.addAll(objective.examples(tokenizer, its));
        });
    return examples;
  }

  private int step(String source) {
    for (int i = 0; i < steps.size(); i++) {
      List<String> its = steps.get(i).sources();
      if (its.isEmpty() || its.contains(source)) {
        return i;
      }
    }
    return steps.size();
  }
}
