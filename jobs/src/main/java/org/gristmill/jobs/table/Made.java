package org.gristmill.jobs.table;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
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
    List<String> reasons = new ArrayList<>(differences(before.facts, facts));
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

  private static List<String> differences(Map<String, String> before, Map<String, String> now) {
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(now.keySet());
    List<String> found = new ArrayList<>();
    for (String name : names) {
      String old = before.getOrDefault(name, "nothing");
      String fresh = now.getOrDefault(name, "nothing");
      if (!old.equals(fresh)) {
        found.add(name + " " + old + " -> " + fresh);
      }
    }
    return found;
  }
}
