package org.gristmill.dedup.lines;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gristmill.dedup.spans.Keep;

/**
 * Which units go, of documents whose keys fit in memory; what every distributed version equals.
 *
 * <p>Of a key only the first and the last occurrence decide, by the order of documents and then by
 * place. With {@link Keep#FIRST} a unit goes that is {@linkplain Occurrence#apart apart} from the
 * first, with {@link Keep#NONE} one that is apart from the first or the last. Three sentences that
 * are equal to three before them, and share some with those, so do not take them away.
 */
public final class Duplicates {
  private Duplicates() {}

  /**
   * The units that go, of each document by their number.
   *
   * @param documents the units of each, in the order in which documents come first
   */
  public static List<BitSet> of(List<List<Unit>> documents, Keep keep) {
    Map<Key, Occurrence> first = new HashMap<>();
    Map<Key, Occurrence> last = new HashMap<>();
    for (int document = 0; document < documents.size(); document++) {
      for (Unit unit : documents.get(document)) {
        Occurrence here = new Occurrence(document, unit.span());
        first.putIfAbsent(unit.key(), here);
        last.put(unit.key(), here);
      }
    }
    List<BitSet> gone = new ArrayList<>();
    for (int document = 0; document < documents.size(); document++) {
      List<Unit> units = documents.get(document);
      BitSet of = new BitSet();
      for (int i = 0; i < units.size(); i++) {
        Key key = units.get(i).key();
        Occurrence here = new Occurrence(document, units.get(i).span());
        boolean goes = here.apart(first.get(key));
        of.set(i, goes || keep == Keep.NONE && here.apart(last.get(key)));
      }
      gone.add(of);
    }
    return gone;
  }
}
