package org.gristmill.sources.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pages made to hurt: each takes time in proportion to its length. */
class HtmlHostileTest {
  private static final int MILLION = 1_000_000;

  private static String text(String html) {
    return HtmlText.extract(html).text();
  }

  private static void quick(Runnable work) {
    assertTimeout(Duration.ofSeconds(120), work::run);
  }

  @Test
  void aMillionNestedElements() {
    for (String tag : List.of("div", "b", "math")) {
      quick(() -> assertEquals("x", text(("<" + tag + ">").repeat(MILLION) + "x"), tag));
    }
  }

  @Test
  void aMillionAttributes() {
    StringBuilder page = new StringBuilder("<p ");
    for (int i = 0; i < MILLION; i++) {
      page.append("a").append(i).append("=b ");
    }
    quick(() -> assertEquals("x", text(page + ">x</p>")));
  }

  @Test
  void oneLongText() {
    String words = "mill ".repeat(10 * MILLION);
    quick(() -> assertTrue(text("<p>" + words).length() > 49 * MILLION));
    quick(() -> text("<p>" + "字".repeat(10 * MILLION)));
  }

  @Test
  void tablesThatLieAboutTheirShape() {
    quick(
        () ->
            assertTrue(
                text("<table>" + "<tr><td colspan=99>a<td>b".repeat(100_000) + "</table>").length()
                    < 4 * MILLION));
    quick(() -> text("<table>".repeat(20_000) + "<tr><td>a"));
    quick(() -> text("<table><tr><td>".repeat(20_000) + "a"));
    quick(() -> text("<table><caption>".repeat(20_000) + "a"));
  }

  @Test
  void manySmallThings() {
    quick(() -> text("<a href=x>y</a> ".repeat(300_000)));
    quick(() -> text("<p>a".repeat(300_000)));
    quick(() -> text("<li class=c>a".repeat(300_000)));
    quick(() -> text("a<br><br>".repeat(300_000)));
    quick(() -> text("<noscript>".repeat(300_000)));
    quick(() -> text("<![CDATA[".repeat(300_000)));
    quick(() -> text("<noscript><iframe></noscript>a".repeat(100_000)));
    String data = "{\"a\":".repeat(MILLION);
    quick(() -> text("<script type=application/ld+json>" + data + "</script>a"));
  }
}
