package org.gristmill.filters;

import static org.gristmill.filters.Judging.assertLimit;
import static org.gristmill.filters.Judging.assertRefused;
import static org.gristmill.filters.Judging.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LengthTest {
  @Test
  void countsCodePoints() {
    Length length = new Length(2, 3);
    assertLimit(length, "length.chars", "𝒳𝒳", "𝒳");
    assertLimit(length, "length.chars", "𝒳𝒳𝒳", "𝒳𝒳𝒳𝒳");
    assertEquals("length.chars", rule(Length.DEFAULT, ""));
  }

  @Test
  void settingsHaveBounds() {
    assertRefused(Length.DEFAULT, "minChars", -1);
    assertRefused(Length.DEFAULT, "minChars", 10_000_001);
  }
}
