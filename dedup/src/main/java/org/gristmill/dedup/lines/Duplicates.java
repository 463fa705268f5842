package org.gristmill.dedup.lines;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gristmill.dedup.spans.Keep;

/** Which units go, of documents whose keys fit in memory; what every distributed version equals. */
public final class Duplicates {
  private Duplicates() {}

  /**
   * The units that go, of each document by their number.
   *
   * @param documents the units of each, in the order in which documents come first
   */
  public static List<BitSet> of(List<List<Unit>> documents, Keep keep) {
    Map<Key, Integer> counts = new HashMap<>();
    documents.forEach(units -> units.forEach(unit -> counts.merge(unit.key(), 1, Integer::sum)));
    Set<Key> seen = new HashSet<>();
    List<BitSet> gone = new ArrayList<>();
    for (List<Unit> units : documents) {
      BitSet of = new BitSet();
      for (int i = 0; i < units.size(); i++) {
        Key key = units.get(i).key();
        boolean again = !seen.add(key);
        of.set(i, keep == Keep.FIRST ? again : counts.get(key) > 1);
      }
      gone.add(of);
    }
    return gone;
  }
}
