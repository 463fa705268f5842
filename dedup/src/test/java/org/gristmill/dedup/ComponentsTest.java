package org.gristmill.dedup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gristmill.core.Hash;
import org.junit.jupiter.api.Test;

class ComponentsTest {

  @Test
  void smallestIdLabels() {
    Components components = new Components();
    components.join("d", "c");
    components.join("x", "y");
    components.join("b", "d");
    components.join("z", "z");
    assertEquals(
        Map.of("b", "b", "c", "b", "d", "b", "x", "x", "y", "x", "z", "z"), components.labels());
  }

  @Test
  void aLongChainInAnyOrder() {
    List<Integer> links = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      links.add(i);
    }
    links.sort(Comparator.comparingLong(i -> Hash.mix(i)));
    Components components = new Components();
    links.forEach(i -> components.join("n" + (100_000 + i), "n" + (100_001 + i)));
    Map<String, String> labels = components.labels();
    assertEquals(20_001, labels.size());
    labels.values().forEach(label -> assertEquals("n100000", label));
  }

  /** Against labels that spread along the pairs until nothing changes. */
  @Test
  void sameAsSpreadingLabels() {
    for (int pairs : new int[] {10, 150, 300, 1_000}) {
      Components components = new Components();
      Map<String, String> labels = new TreeMap<>();
      List<String[]> edges = new ArrayList<>();
      for (int i = 0; i < pairs; i++) {
        long random = Hash.xx64(pairs, Integer.toString(i));
        String a = "n" + (random & 511);
        String b = "n" + (random >>> 20 & 511);
        edges.add(new String[] {a, b});
        labels.put(a, a);
        labels.put(b, b);
        components.join(a, b);
      }
      for (boolean changed = true; changed; ) {
        changed = false;
        for (String[] edge : edges) {
          String a = labels.get(edge[0]);
          String b = labels.get(edge[1]);
          if (!a.equals(b)) {
            labels.put(edge[0], a.compareTo(b) < 0 ? a : b);
            labels.put(edge[1], a.compareTo(b) < 0 ? a : b);
            changed = true;
          }
        }
      }
      assertEquals(labels, components.labels());
    }
  }
}
