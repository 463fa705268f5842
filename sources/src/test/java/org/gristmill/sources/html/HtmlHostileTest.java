package org.gristmill.sources.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Pages made to hurt: each takes work in proportion to its length. */
class HtmlHostileTest {
  private static final int SMALL = 4_000;
  private static final int TIMES = 8;

  /** A page of so many times the length may take so many times the work; 64 if it were squared. */
  private static final int MOST = 3 * TIMES;

  private static String text(String html) {
    return HtmlText.extract(html).text();
  }

  /** Work is what this thread alone computes, the least of some tries. */
  private static long work(String page, int tries) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < tries; i++) {
      long begun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      text(page);
      long spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begun;
      least = Math.min(least, spent);
    }
    return least;
  }

  /**
   * @param page of as many pieces
   */
  private static void linear(String what, IntFunction<String> page) {
    long small = work(page.apply(SMALL), 4);
    long large = work(page.apply(TIMES * SMALL), 2);
    assertTrue(large < MOST * small, () -> what + ": " + small + " ns, then " + large);
  }

  private static void linear(String piece) {
    linear(piece, piece::repeat);
  }

  @Test
  void manyNestedElements() {
    for (String tag : List.of("<div>", "<b>", "<math>")) {
      linear(tag);
      assertEquals("x", text(tag.repeat(100_000) + "x"), tag);
    }
  }

  @Test
  void manyAttributes() {
    IntFunction<String> page =
        n ->
            IntStream.range(0, n)
                .mapToObj(i -> "a" + i + "=b ")
                .collect(Collectors.joining("", "<p ", ">x</p>"));
    linear("attributes", page);
    assertEquals("x", text(page.apply(100_000)));
  }

  @Test
  void oneLongText() {
    assertTrue(text("<p>" + "mill ".repeat(1_000_000)).length() > 4_900_000);
    linear("words", n -> "<p>" + "mill ".repeat(25 * n));
    linear("字", n -> "<p>" + "字".repeat(25 * n));
  }

  @Test
  void tablesThatLieAboutTheirShape() {
    IntFunction<String> lie = n -> "<table>" + "<tr><td colspan=99>a<td>b".repeat(n) + "</table>";
    linear("colspan", lie);
    assertTrue(text(lie.apply(10_000)).length() < 400_000);
    linear("tables", n -> "<table>".repeat(n) + "<tr><td>a");
    linear("<table><tr><td>");
    linear("<table><caption>");
  }

  @Test
  void manySmallThings() {
    linear("<a href=x>y</a> ");
    linear("<p>a");
    linear("<li class=c>a");
    linear("a<br><br>");
    linear("<noscript>");
    linear("<![CDATA[");
    linear("<noscript><iframe></noscript>a");
    linear("JSON", n -> "<script type=application/ld+json>" + "{\"a\":".repeat(n) + "</script>a");
  }
}
