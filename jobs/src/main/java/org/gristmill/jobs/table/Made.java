package org.gristmill.jobs.table;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gristmill.core.Hash;

/**
 * Everything that decides the rows of one batch of a table.
 *
 * @param facts settings, versions of blocks and of libraries, by name
 * @param inputs what is read: {@code table/batch} or a file's name, to what it holds
 * @param id 32 hex digits: equal for equal facts and inputs, in any folder and on any machine
 */
public record Made(SortedMap<String, String> facts, SortedMap<String, String> inputs, String id)
    implements Serializable {
  public Made {
    facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    inputs = Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
  }

  /** What a batch is made from, with its id. */
  public static Made of(Map<String, String> facts, Map<String, String> inputs) {
    SortedMap<String, String> f = new TreeMap<>(facts);
    SortedMap<String, String> i = new TreeMap<>(inputs);
    StringBuilder text = new StringBuilder();
    f.forEach((k, v) -> text.append(k).append('\u0001').append(v).append('\u0002'));
    text.append('\u0003');
    i.forEach((k, v) -> text.append(k).append('\u0001').append(v).append('\u0002'));
    return new Made(f, i, Hash.sha256Hex(text.toString()).substring(0, 32));
  }

  /** A batch that is not there any more. */
  static Made gone() {
    return new Made(new TreeMap<>(), new TreeMap<>(), "");
  }

  /** Why a batch made from {@code before} must be made again, in a few words for a person. */
  public String why(Made before) {
    List<String> reasons = new ArrayList<>();
    for (String name : changed(before)) {
      String old = before.facts.getOrDefault(name, "nothing");
      reasons.add(name + " " + old + " -> " + facts.getOrDefault(name, "nothing"));
    }
    TreeSet<String> names = new TreeSet<>(before.inputs.keySet());
    names.addAll(inputs.keySet());
    names.removeIf(n -> inputs.getOrDefault(n, "").equals(before.inputs.getOrDefault(n, "")));
    if (names.size() == 1) {
      reasons.add(names.first() + " " + (inputs.containsKey(names.first()) ? "changed" : "gone"));
    } else if (!names.isEmpty()) {
      reasons.add(names.size() + " inputs changed, " + names.first() + " for one");
    }
    return String.join(", ", reasons);
  }

  /** The names of facts that {@code before} has not, or other values of, or that are gone. */
  public SortedSet<String> changed(Made before) {
    SortedSet<String> names = new TreeSet<>(before.facts.keySet());
    names.addAll(facts.keySet());
    names.removeIf(name -> Objects.equals(facts.get(name), before.facts.get(name)));
    return names;
  }
}
