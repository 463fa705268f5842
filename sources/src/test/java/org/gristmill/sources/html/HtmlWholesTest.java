package org.gristmill.sources.html;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import org.gristmill.sources.html.parser.Nodes;
import org.junit.jupiter.api.Test;

class HtmlWholesTest {
  private static double[] even(String html, double... p) {
    Nodes page = HtmlText.parse(html);
    HtmlWholes.even(new HtmlMeasures(new HtmlTree(page), new HtmlHead(page, List.of())), p);
    return p;
  }

  private static void assertEven(String html, double[] p, double... expected) {
    assertArrayEquals(expected, even(html, p), 1e-9);
  }

  @Test
  void tablesAndListsAreOfOneMind() {
    assertEven("<ul><li>a<li>b</ul><p>c", new double[] {0.2, 0.4, 0.9}, 0.3, 0.3, 0.9);
    assertEven(
        "<p>x<table><tr><td>a<td>b<tr><td>c<td>d</table>",
        new double[] {0.9, 0, 0, 1, 1},
        0.9,
        0.5,
        0.5,
        0.5,
        0.5);
    assertEven("<table><tr><td>a<td>b</table>", new double[] {0, 1}, 0, 1);
  }

  @Test
  void headingsFollowTheirText() {
    assertEven("<h2>a</h2><p>b", new double[] {0.2, 0.8}, 0.5, 0.8);
    assertEven("<h2>a</h2><p>b", new double[] {0.8, 0.2}, 0.8, 0.2);
    assertEven("<h1>a</h1><p>b", new double[] {0.2, 0.8}, 0.2, 0.8);
    assertEven("<h2><a href=x>a</a></h2><p>b", new double[] {0.2, 0.8}, 0.2, 0.8);
  }
}
