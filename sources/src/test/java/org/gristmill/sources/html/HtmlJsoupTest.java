package org.gristmill.sources.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.gristmill.sources.html.parser.HtmlParser;
import org.gristmill.sources.html.parser.Nodes;
import org.gristmill.sources.html.parser.Tag;
import org.gristmill.sources.web.PageView;
import org.gristmill.testing.RealFiles;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeTraversor;
import org.junit.jupiter.api.Test;

/**
 * The texts of real pages, and the elements around them, are those that jsoup finds. It leaves
 * HTML's rules on some pages beyond the sample; {@code docs/extraction.md} says where.
 */
class HtmlJsoupTest {
  /** Of so many pages one is compared; all, with {@code -Dpages.step=1}. */
  private static final int STEP = Integer.getInteger("pages.step", 40);

  @Test
  void realPages() throws IOException {
    List<String> differ = new ArrayList<>();
    List<Path> files =
        RealFiles.files("web/extraction").stream()
            .filter(f -> f.toString().matches(".*\\.html(\\.gz)?"))
            .toList();
    int compared = 0;
    for (int i = 0; i < files.size(); i += STEP) {
      String html = html(files.get(i));
      compared++;
      if (!ours(html).equals(theirs(html))) {
        differ.add(files.get(i).getFileName().toString());
      }
    }
    System.out.println(compared + " pages, jsoup differs on " + differ);
    assertTrue(compared > 50);
    assertEquals(List.of(), differ);
  }

  private static String html(Path file) throws IOException {
    byte[] page = Files.readAllBytes(file);
    if (file.toString().endsWith(".gz")) {
      try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(page))) {
        page = in.readAllBytes();
      }
    }
    byte[] bytes = page;
    return PageView.decoded(page).orElseGet(() -> new String(bytes, StandardCharsets.UTF_8));
  }

  private static String ours(String html) {
    Nodes nodes = HtmlParser.parse(html, HtmlParser.Noscript.PARSE);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i >= 0; ) {
      if (nodes.tag(i) == Tag.TEXT) {
        line(out, nodes.string(nodes.from(i), nodes.to(i)), path(nodes, i));
      }
      if (nodes.first(i) >= 0) {
        i = nodes.first(i);
      } else {
        while (i > 0 && nodes.next(i) < 0) {
          i = nodes.parent(i);
        }
        i = i == 0 ? -1 : nodes.next(i);
      }
    }
    return out.toString();
  }

  private static String path(Nodes nodes, int text) {
    StringBuilder path = new StringBuilder();
    for (int up = nodes.parent(text); up > 0; up = nodes.parent(up)) {
      path.append(' ').append(nodes.nodeName(up));
    }
    return path.toString();
  }

  private static String theirs(String html) {
    StringBuilder out = new StringBuilder();
    NodeTraversor.traverse(
        (node, depth) -> {
          if (node instanceof TextNode text) {
            StringBuilder path = new StringBuilder();
            for (Element up = text.parent(); up.parent() != null; up = up.parent()) {
              path.append(' ').append(up.normalName());
            }
            line(out, text.getWholeText(), path.toString());
          }
        },
        Jsoup.parse(html));
    return out.toString();
  }

  private static void line(StringBuilder out, String text, String path) {
    if (!text.isBlank() && !path.contains("script") && !path.contains("style")) {
      out.append(text.replaceAll("\\s+", " ").strip()).append(path).append('\n');
    }
  }
}
