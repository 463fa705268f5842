package org.gristmill.sources.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.gristmill.testing.RealFiles;
import org.junit.jupiter.api.Test;

class HtmlTextTest {
  private static final String A =
      "The mill stands where the river turns, and it has ground the corn of three villages, in dry"
          + " years and wet ones, for longer than anybody can say.";
  private static final String B =
      "Its wheel was replaced twice, first in oak, then in iron, and the second wheel is still the"
          + " one that visitors see when they come down the path.";
  private static final String ZH = "数据清洗是训练大型语言模型的第一步，网页中有许多菜单、广告和重复的内容，必须先把它们去掉。";

  private static String text(String html) {
    return HtmlText.extract(html).text();
  }

  @Test
  void theArticleIsTakenAndTheRestLeft() {
    HtmlText.Extracted page =
        HtmlText.extract(
            "<!doctype html><html lang=en><head><title>The\\n mill</title><style>p{}</style></head><body>"
                    .replace("\\n", "\n")
                + "<header><a href=/>Home</a></header><nav><ul><li><a href=/a>About</a></ul></nav>"
                + "<div class=sidebar><p>Subscribe now, it is free, and easy.</p></div>"
                + "<div class=article-body><h2>Where it stands</h2><p>"
                + A
                + "</p><script>var x = 1;</script><p>"
                + B
                + "</p><p hidden>Secret</p><p style='display: none'>Secret</p></div>"
                + "<div id=comments><p>First! I like it, really, a lot.</p></div>"
                + "<footer>Copyright, all rights reserved</footer></body></html>");
    assertEquals("The mill", page.meta().get("title"));
    assertEquals("en", page.meta().get("html-lang"));
    assertEquals("Where it stands\n\n" + A + "\n\n" + B, page.text());
  }

  @Test
  void chineseNeedsNoSpaces() {
    String html =
        "<body><div class=nav><a href=1>首页</a><a href=2>新闻</a></div><div id=main><p>"
            + ZH
            + "</p><p>"
            + ZH
            + "</p></div><div class=footer>版权所有</div>";
    assertEquals(ZH + "\n\n" + ZH, text(html));
  }

  @Test
  void whiteSpaceIsCollapsed() {
    assertEquals("a b c\nd\n\ne", text("<p>  a\n <b> b</b>&nbsp; c <br> d </p>\n\n<div> e </div>"));
    assertEquals("ab", text("<span>a</span><span>b</span>"));
  }

  @Test
  void shortPagesKeepEverything() {
    assertEquals("One line.", text("<div class=comment>One line.</div>"));
    assertEquals("", text(""));
    assertEquals("", text("<img src=x>"));
    assertEquals("no tags at all", text("no tags at all"));
  }

  @Test
  void whatHidesTheRestOfAPageDoesNot() {
    assertEquals("said", text("<body><![CDATA[ <p>said</p>"));
    assertEquals("a\n\nb", text("<p>a</p><NoScript><iframe src=x /></noscript><p>b</p>"));
  }

  @Test
  void nestingAndWidthCostNoStack() {
    assertTimeout(
        Duration.ofSeconds(60),
        () -> {
          for (String tag : List.of("div", "b", "table", "ul", "a", "p", "blockquote", "font")) {
            String deep = ("<" + tag + ">").repeat(100_000) + "x" + ("</" + tag + ">").repeat(50);
            assertEquals("x", text(deep), tag);
          }
          String wide = "<div><script>1</script><p class=c>" + A + "</p></div>";
          assertTrue(text(wide.repeat(20_000)).length() > 20_000 * A.length());
        });
  }

  @Test
  void articlesOfTheScrapinghubBenchmark() throws IOException {
    Path folder = RealFiles.path("web/extraction/scrapinghub");
    Map<String, String> truth = truth(folder.resolve("ground-truth.json"));
    double precision = 0;
    double recall = 0;
    int pages = 0;
    for (Map.Entry<String, String> entry : truth.entrySet()) {
      Path file = folder.resolve("html").resolve(entry.getKey() + ".html.gz");
      if (!Files.exists(file)) {
        continue;
      }
      byte[] gzip = Files.readAllBytes(file);
      try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
        String html = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        Map<String, Integer> wanted = shingles(entry.getValue());
        Map<String, Integer> found = shingles(text(html));
        double both = 0;
        for (Map.Entry<String, Integer> shingle : wanted.entrySet()) {
          both += Math.min(shingle.getValue(), found.getOrDefault(shingle.getKey(), 0));
        }
        precision += both == 0 ? 0 : both / sum(found);
        recall += both == 0 ? 0 : both / sum(wanted);
        pages++;
      }
    }
    precision /= pages;
    recall /= pages;
    double f1 = 2 * precision * recall / (precision + recall);
    System.out.printf("%d pages: P %.4f R %.4f F1 %.4f%n", pages, precision, recall, f1);
    assertTrue(pages > 80);
    assertTrue(f1 > 0.94, "F1 " + f1);
  }

  private static double sum(Map<String, Integer> counts) {
    return counts.values().stream().mapToInt(i -> i).sum();
  }

  /** The benchmark's measure: runs of four words, with their counts. */
  private static Map<String, Integer> shingles(String text) {
    List<String> words =
        Pattern.compile("\\w+", Pattern.UNICODE_CHARACTER_CLASS)
            .matcher(text)
            .results()
            .map(m -> m.group())
            .toList();
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < Math.max(1, words.size() - 3); i++) {
      counts.merge(
          String.join(" ", words.subList(i, Math.min(i + 4, words.size()))), 1, Integer::sum);
    }
    return counts;
  }

  private static Map<String, String> truth(Path file) throws IOException {
    Map<String, String> truth = new TreeMap<>();
    List<String> path = new ArrayList<>();
    try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
      String key = "";
      for (JsonToken t = json.nextToken(); t != null; t = json.nextToken()) {
        if (t == JsonToken.START_OBJECT) {
          path.add(key);
        } else if (t == JsonToken.END_OBJECT) {
          path.remove(path.size() - 1);
        } else if (t == JsonToken.FIELD_NAME) {
          key = json.currentName();
        } else if (t == JsonToken.VALUE_STRING && key.equals("articleBody")) {
          truth.put(path.get(path.size() - 1), json.getText());
        }
      }
    }
    assertFalse(truth.isEmpty());
    return truth;
  }
}
