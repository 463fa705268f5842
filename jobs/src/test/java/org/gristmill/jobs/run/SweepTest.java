package org.gristmill.jobs.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SweepTest {
  @Test
  void roundsToThreeDigits() {
    assertEquals(0, Sweep.rounded(0));
    assertEquals(12_300, Sweep.rounded(12_345.678));
    assertEquals(-0.000124, Sweep.rounded(-0.00012361));
    assertEquals(0.3, Sweep.rounded(0.3));
  }

  @Test
  void putsStepsTogetherWithoutLosingADocument() {
    List<Sweep.Step> steps = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      steps.add(new Sweep.Step(i, i % 7 == 0 ? 500 : i % 3 + 1, i % 2, i % 5));
    }
    for (int most : new int[] {1, 2, 20, 999, 5_000}) {
      List<Sweep.Step> few = Sweep.few(steps, most);
      assertTrue(few.size() <= most);
      assertEquals(999, few.get(few.size() - 1).value());
      assertEquals(
          steps.stream().mapToLong(Sweep.Step::documents).sum(),
          few.stream().mapToLong(Sweep.Step::documents).sum());
      assertEquals(
          steps.stream().mapToLong(Sweep.Step::broken).sum(),
          few.stream().mapToLong(Sweep.Step::broken).sum());
      assertEquals(
          steps.stream().mapToLong(Sweep.Step::kept).sum(),
          few.stream().mapToLong(Sweep.Step::kept).sum());
    }
    assertEquals(List.of(), Sweep.few(List.of(), 20));
  }
}
