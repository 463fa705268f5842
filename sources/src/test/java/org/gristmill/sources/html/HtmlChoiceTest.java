package org.gristmill.sources.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HtmlChoiceTest {
  @Test
  void whatIsSureIsKeptAndTheRestIsNot() {
    HtmlChoice choice = HtmlChoice.of(new double[] {1, 1, 0, 0}, new double[] {10, 20, 30, 40});
    assertEquals(1, choice.threshold());
    assertEquals(1, choice.expected(), 1e-9);
  }

  @Test
  void whoIsUnsureKeepsMore() {
    HtmlChoice choice = HtmlChoice.of(new double[] {0.4, 0.3, 0.01}, new double[] {1, 1, 1});
    assertEquals(0.3, choice.threshold());
    assertTrue(choice.expected() < 0.6);
  }

  @Test
  void nothingIsKeptOfNothing() {
    assertEquals(0, HtmlChoice.of(new double[0], new double[0]).expected());
    assertEquals(1, HtmlChoice.of(new double[] {0}, new double[] {5}).threshold());
  }
}
