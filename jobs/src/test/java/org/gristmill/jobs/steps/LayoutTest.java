package org.gristmill.jobs.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.gristmill.core.Hash;
import org.gristmill.jobs.steps.Generations.Generation;
import org.junit.jupiter.api.Test;

class LayoutTest {
  private static final SortedMap<String, Generation> GENERATIONS =
      new TreeMap<>(
          Map.of(
              "first", new Generation(0, new TreeMap<>(Map.of("b1", "x", "b2", "y"))),
              "second", new Generation(1, new TreeMap<>(Map.of("b3", "z")))));

  @Test
  void everyGroupHasPartsOfItsOwn() {
    Layout layout =
        Layout.ofGroups(
            GENERATIONS,
            g -> new TreeMap<>(g.number() == 0 ? Map.of("web", 3, "book", 2) : Map.of("web", 1)));
    assertEquals(6, layout.tasks());
    for (long key : new long[] {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      for (String batch : GENERATIONS.get("first").batches().keySet()) {
        for (String group : new String[] {"web", "book"}) {
          Layout.Part part = layout.parts().get(layout.task(batch, group, key, Hash::range));
          assertEquals("first", part.generation());
          assertEquals(group, part.group());
          assertEquals(5, part.of());
        }
      }
      assertEquals(5, layout.task("b3", "web", key, Hash::range));
    }
    for (int task = 0; task < 5; task++) {
      assertEquals(task, layout.parts().get(task).part());
    }
    assertNotEquals(
        layout.task("b1", "web", 0, Hash::range), layout.task("b1", "web", -1, Hash::range));
  }

  @Test
  void withoutGroupsAllRowsShareTheParts() {
    Layout layout = Layout.of(GENERATIONS, g -> 2 - g.number());
    assertEquals(3, layout.tasks());
    assertEquals(layout.task("b1", 7, Hash::range), layout.task("b2", 7, Hash::range));
    assertEquals(2, layout.task("b3", 7, Hash::range));
    assertEquals("", layout.parts().get(2).group());
  }
}
