package org.gristmill.sources.html.parser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HtmlParserTest {
  private static String tree(String html) {
    return TreeDump.of(HtmlParser.parse(html, HtmlParser.Noscript.PARSE))
        .replaceAll("(?m)^\\| ", "")
        .replace("<html>\n  <head>\n  <body>\n", "")
        .replaceAll("\n +", " ")
        .strip();
  }

  @Test
  void whatIsLeftOutIsImplied() {
    assertEquals("<p> \"a\" <p> \"b\"", tree("<p>a<p>b"));
    assertEquals("<ul> <li> \"a\" <li> \"b\" \"c\"", tree("<ul><li>a<li>b</ul>c"));
    assertEquals("<table> <tbody> <tr> <td> \"a\" <td> \"b\"", tree("<table><td>a<td>b"));
  }

  @Test
  void misnestedFormattingIsAdopted() {
    assertEquals("<p> \"a\" <b> \"b\" <i> \"c\" <i> \"d\"", tree("<p>a<b>b<i>c</b>d</i>"));
    assertEquals("<b> \"a\" <p> <b> \"b\" \"c\"", tree("<b>a<p>b</b>c"));
  }

  @Test
  void textInATableStandsBeforeIt() {
    assertEquals("\"ab\" <table> <tbody> <tr> <td> \"x\"", tree("<table>a<tr><td>x</td>b</table>"));
  }

  @Test
  void charactersAreReferredTo() {
    assertEquals(
        "\"a<b&b\u00a0\u2026\u00acanentity;\"", tree("a&lt;b&amp;b&nbsp;&hellip;&notanentity;"));
    assertEquals("\"\u20ac\ufffd\ud83d\ude00&#x;&\"", tree("&#128;&#0;&#x1F600;&#x;&"));
    assertEquals("<a> href=\"?a=1&copy=2\"", tree("<a href='?a=1&copy=2'>"));
  }

  @Test
  void scriptsAndCommentsHideTags() {
    assertEquals(
        "<b> <script> \"<!--<script></script>-->\" \"x\"",
        tree("<b><script><!--<script></script>--></script>x"));
    assertEquals("\"a\" <!--  b->  --> \"c\"", tree("a<!-- b-> -->c"));
    assertEquals("<textarea> \"<p>&\" \"x\"", tree("<textarea>\n<p>&amp;</textarea>x"));
  }

  @Test
  void foreignElementsEndWhereHtmlBegins() {
    assertEquals("<svg svg> <svg title> <p> \"a\" <p> \"b\"", tree("<svg><title><p>a</title><p>b"));
    assertEquals("<math math> <math mi> \"x\"", tree("<math><mi>x</mi></math>"));
  }

  @Test
  void aNoscriptThatDoesHarmIsLeftOut() {
    String page = "<head><NoScript><p>a</noscript><meta></head><noscript><iframe>b</NOSCRIPT>c";
    Nodes nodes = HtmlParser.parse(page, HtmlParser.Noscript.LEAVE_OUT);
    String tree = TreeDump.of(nodes);
    assertTrue(tree.contains("\n|     <noscript>\n|     <meta>\n|   <body>\n"), tree);
    assertTrue(tree.endsWith("|     <noscript>\n|     \"c\"\n"), tree);
    String kept = "<noscript>a</noscript><noscript><iframe>";
    assertEquals(
        TreeDump.of(HtmlParser.parse("<p>" + kept, HtmlParser.Noscript.PARSE)),
        TreeDump.of(HtmlParser.parse("<p>" + kept, HtmlParser.Noscript.LEAVE_OUT)));
  }

  @Test
  void depthIsBounded() {
    Nodes nodes = HtmlParser.parse("<div>".repeat(2000) + "x", HtmlParser.Noscript.PARSE);
    int text = nodes.count() - 1;
    assertEquals("x", nodes.string(nodes.from(text), nodes.to(text)));
    int depth = 0;
    for (int up = text; up > 0; up = nodes.parent(up)) {
      depth++;
    }
    assertEquals(OpenElements.MAX_DEPTH + 1, depth);
  }

  @Test
  void markupThatTheParserHasToMove() {
    int n = 200_000;
    for (String markup :
        List.of(
            "<b><i><u><s><p>x</b>",
            "<a href=x><div>x</a>",
            "<font><p>x",
            "<table>x<tr>y",
            "<table><td><a>x</table>",
            "<template><td></template>",
            "<svg><![CDATA[]]><g>",
            "<math><mi><p>",
            "<select><option>x",
            "<html a=b>",
            "<!--",
            "</b>",
            "&am")) {
      quick(() -> parse(markup.repeat(n)));
    }
    quick(() -> parse("<table>" + "x<tr>".repeat(n)));
    quick(() -> parse("<b>" + "<div>".repeat(500) + "</b><b>x".repeat(n)));
    quick(() -> parse("<script><!--" + "<script>".repeat(n)));
    quick(() -> parse(numbered("<b a=", ">x", n)));
    quick(() -> parse(numbered("<body a", "=1>", n)));
    quick(() -> parse(numbered("<x", ">", n)));
    quick(() -> parse(numbered("<font a=", ">", 200) + "<p>x".repeat(n)));
  }

  private static String numbered(String before, String behind, int times) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < times; i++) {
      all.append(before).append(i).append(behind);
    }
    return all.toString();
  }

  private static void parse(String html) {
    HtmlParser.parse(html, HtmlParser.Noscript.LEAVE_OUT);
  }

  private static void quick(Runnable work) {
    assertTimeout(Duration.ofSeconds(120), work::run);
  }
}
