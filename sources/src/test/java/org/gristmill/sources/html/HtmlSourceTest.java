package org.gristmill.sources.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class HtmlSourceTest {
  @Test
  void aPageInACommentThatEndsEarlyIsRead() {
    assertEquals("said", HtmlText.extract("<body><![CDATA[ <p>said</p>").text());
  }

  @Test
  void anIframeWithoutEndTakesNothingWithIt() {
    String page = "<p>a</p><NoScript><iframe src=x /></noscript><p>b</p>";
    assertEquals("<p>a</p><NoScript></noscript><p>b</p>", HtmlSource.repaired(page));
    assertEquals("a\n\nb", HtmlText.extract(page).text());
  }

  @Test
  void otherPagesStayAsTheyAre() {
    String page = "<noscript><p>only here</p></noscript><noscript>";
    assertSame(page, HtmlSource.repaired(page));
  }
}
