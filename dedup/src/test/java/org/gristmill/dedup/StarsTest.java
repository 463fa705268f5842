package org.gristmill.dedup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.gristmill.core.Hash;
import org.junit.jupiter.api.Test;

class StarsTest {

  /** The definition, in quadratic time. */
  private static List<String> plain(double[][] similarity) {
    List<String> dropped = new ArrayList<>();
    Set<Integer> stay = new HashSet<>();
    for (int document = 0; document < similarity.length; document++) {
      int keeper = -1;
      for (int before = 0; before < document; before++) {
        double its = similarity[document][before];
        if (its > 0
            && stay.contains(before)
            && (keeper < 0 || its > similarity[document][keeper])) {
          keeper = before;
        }
      }
      if (keeper < 0) {
        stay.add(document);
      } else {
        dropped.add(document + " " + keeper + " " + similarity[document][keeper]);
      }
    }
    return dropped;
  }

  @Test
  void sameAsTheDefinition() {
    for (int graph = 0; graph < 300; graph++) {
      int n = 2 + graph % 40;
      double[][] similarity = new double[n][n];
      Stars stars = new Stars();
      List<String> dropped = new ArrayList<>();
      Stars.Decision out = (d, k, s) -> dropped.add(d + " " + k + " " + s);
      for (int document = 0; document < n; document++) {
        for (int i = document - 1; i >= 0; i--) {
          int before = graph % 2 == 0 ? i : document - 1 - i;
          long chance = Hash.mix(graph * 10_007L + document * 101L + before + 1);
          if (Long.remainderUnsigned(chance, 100) < 3 + graph % 60) {
            similarity[document][before] = 0.7 + Long.remainderUnsigned(chance >>> 32, 4) / 10.0;
            stars.pair(document, before, similarity[document][before], out);
          }
        }
      }
      stars.finish(out);
      assertEquals(plain(similarity), dropped);
    }
  }

  /** Each is like the next only: every other one stays, and no one hangs on a long chain. */
  @Test
  void chainsAreCut() {
    Stars stars = new Stars();
    int[] dropped = {0};
    Stars.Decision out =
        (document, keeper, similarity) -> {
          assertEquals(document - 1, keeper);
          assertEquals(1, document % 2);
          dropped[0]++;
        };
    for (int i = 1; i < 1_000_000; i++) {
      stars.pair(i, i - 1, 0.7, out);
    }
    stars.finish(out);
    assertEquals(500_000, dropped[0]);
  }

  @Test
  void refusesAnotherOrder() {
    Stars stars = new Stars();
    stars.pair(5, 2, 1, (d, k, s) -> {});
    assertThrows(IllegalArgumentException.class, () -> stars.pair(4, 2, 1, (d, k, s) -> {}));
    assertThrows(IllegalArgumentException.class, () -> stars.pair(6, 6, 1, (d, k, s) -> {}));
    assertThrows(IllegalArgumentException.class, () -> stars.pair(6, -1, 1, (d, k, s) -> {}));
  }
}
