package org.gristmill.filters;

import static org.gristmill.filters.Judging.assertRefused;
import static org.gristmill.filters.Judging.with;
import static org.gristmill.filters.ListFileTest.list;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.TreeMap;
import org.gristmill.core.Document;
import org.gristmill.core.Text;
import org.gristmill.testing.HardTexts;
import org.junit.jupiter.api.Test;

class UrlBlockTest {
  private static final UrlBlock SOME =
      new UrlBlock(
          list(
              "Example.com",
              "*.bad.co.uk",
              "shop.mill.org.",
              "bücher.de",
              "11.2.3.4",
              "[2001:db8::1]"),
          list("casino", "pörn", "赌场"),
          0);

  private static Verdict judge(UrlBlock filter, String url) {
    Text text = Text.of("text");
    return filter.judge(new Document("a", "", "", "", 0, url, "und", text, new TreeMap<>()));
  }

  private static String rule(UrlBlock filter, String url) {
    return judge(filter, url) instanceof Verdict.Drop drop ? drop.rule() : "";
  }

  @Test
  void aDomainStandsForItselfAndAllBelowIt() {
    for (String url :
        List.of(
            "http://example.com",
            "https://www.EXAMPLE.com/a?b#c",
            "http://a.b.example.com.:8080/",
            "http://user:word@example.com/",
            "http://good.org@example.com",
            "http://a@b.org@example.com/",
            "http://example.com\\@good.org",
            "https://bad.co.uk/",
            "https://x.bad.co.uk?y",
            "ftp://shop.mill.org",
            "http://www.xn--bcher-kva.de/",
            "http://BÜCHER.de",
            " http://example.com\n",
            "http://example\u3002com/",
            "http://11.2.3.4:80/x",
            "http://[2001:DB8::1]:80/")) {
      assertEquals("url-block.domain", rule(SOME, url), url);
    }
    for (String url :
        List.of(
            "http://anexample.com",
            "http://example.com.org",
            "http://good.org/example.com",
            "http://good.org?example.com",
            "http://example.com@good.org/",
            "http://co.uk",
            "http://good.co.uk",
            "http://mill.org",
            "http://2.3.4",
            "example.com",
            "archive/example.com.html",
            "://example.com",
            "")) {
      assertEquals("", rule(SOME, url), url);
    }
  }

  @Test
  void saysWhetherThereIsAHost() {
    assertEquals(1, judge(SOME, "http://good.org").findings().numbers().get("url-block.host"));
    assertEquals(0, judge(SOME, "folder/page").findings().numbers().get("url-block.host"));
  }

  @Test
  void wordsOfAddressesAreWhole() {
    for (String url :
        List.of("http://casino.org", "a/b-CASINO_2/c", "http://a.org/PÖRN?x", "http://a.cn/赌场/")) {
      assertEquals("url-block.words", rule(SOME, url), url);
    }
    for (String url : List.of("http://casinos.org", "http://mycasino.org", "http://a.cn/大赌场")) {
      assertEquals("", rule(SOME, url), url);
    }
    UrlBlock two = with(SOME, "maxWords", 1);
    assertEquals("", rule(two, "http://casino.org/casino/"));
    assertEquals("url-block.words", rule(two, "http://casino.org/赌场"));
  }

  @Test
  void listsAreChecked() {
    assertRefused(SOME, "domains", list("example.com", "com"));
    assertRefused(SOME, "domains", list("0.0.0.0 example.com"));
    assertRefused(SOME, "domains", list("example.com/path"));
    assertRefused(SOME, "domains", list("http://example.com"));
    assertRefused(SOME, "words", list("two words"));
    assertRefused(SOME, "words", list("-"));
    assertRefused(SOME, "maxWords", -1);
  }

  @Test
  void anyAddressIsJudged() {
    for (String url : HardTexts.noise(1_000, 61)) {
      judge(SOME, "http://" + url);
      judge(SOME, url);
    }
    assertEquals("", rule(UrlBlock.DEFAULT, "http://example.com/casino"));
  }
}
