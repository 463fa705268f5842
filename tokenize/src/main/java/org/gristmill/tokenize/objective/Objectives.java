package org.gristmill.tokenize.objective;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Every objective a pipeline may name. */
public final class Objectives {
  /** The objectives, with their defaults, by name; unmodifiable. */
  public static final SortedMap<String, Objective> BY_NAME = byName();

  private Objectives() {}

  private static SortedMap<String, Objective> byName() {
    SortedMap<String, Objective> map = new TreeMap<>();
    for (Objective objective :
        new Objective[] {
          Bert.DEFAULT,
          new Causal(),
          Chat.DEFAULT,
          Fim.DEFAULT,
          FullSentences.DEFAULT,
          SpanCorruption.DEFAULT
        }) {
      map.put(objective.name(), objective);
    }
    return Collections.unmodifiableSortedMap(map);
  }
}
