package org.gristmill.filters;

import static org.gristmill.filters.Judging.assertLimit;
import static org.gristmill.filters.Judging.number;
import static org.gristmill.filters.Judging.rule;
import static org.gristmill.filters.Judging.with;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CodeLinesTest {
  private static final CodeLines PAPER = CodeLines.PAPER;

  @Test
  void linesAndCharacters() {
    String some = "int a;\n".repeat(100);
    assertLimit(PAPER, "code-lines.longest-line", some + "x".repeat(1000), some + "é".repeat(1001));
    assertLimit(
        PAPER, "code-lines.mean-line", "x".repeat(100) + "\n" + "x".repeat(100), "x".repeat(101));
    assertLimit(PAPER, "code-lines.alphanumeric", "a+++", "a++++");
    assertEquals(0.5, number(PAPER, "变= 1", "code-lines.alphanumeric"));
    assertEquals("code-lines.xml-heads", rule(PAPER, "<?xml version=\"1.0\"?>\n<project/>"));
    assertEquals("", rule(PAPER, "a".repeat(100) + "\n<?xml version=\"1.0\"?>"));
    assertEquals("", rule(with(PAPER, "xmlHeadChars", 0), "<?xml version=\"1.0\"?>"));
    assertEquals("", rule(PAPER, ""));
  }
}
