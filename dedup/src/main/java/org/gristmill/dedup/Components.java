package org.gristmill.dedup;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Connected components of few enough pairs to fit in memory, whatever the order of the pairs.
 *
 * <p>A union-find whose roots are the smallest ids, with paths halved on the way; the measure for
 * every distributed version.
 */
public final class Components {
  private final SortedMap<String, String> parents = new TreeMap<>();

  /** Says that two ids, which may be equal, belong together. */
  public void join(String a, String b) {
    String rootA = root(a);
    String rootB = root(b);
    if (rootA.compareTo(rootB) < 0) {
      parents.put(rootB, rootA);
    } else {
      parents.put(rootA, rootB);
    }
  }

  /** Every id seen so far with the smallest id of its component; unmodifiable. */
  public SortedMap<String, String> labels() {
    SortedMap<String, String> labels = new TreeMap<>();
    parents.keySet().forEach(id -> labels.put(id, root(id)));
    return Collections.unmodifiableSortedMap(labels);
  }

  private String root(String id) {
    parents.putIfAbsent(id, id);
    String at = id;
    while (!parents.get(at).equals(at)) {
      String above = parents.get(parents.get(at));
      parents.put(at, above);
      at = above;
    }
    return at;
  }
}
