package org.gristmill.sources.html;

import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/**
 * The main content of an HTML page as text.
 *
 * <p>Paragraphs are separated by an empty line, list items and table rows by a line end, table
 * cells by a tab; {@code pre} keeps its white space, elsewhere runs of it become one space. Nothing
 * here recurses, and elements nested deeper than {@link #MAX_DEPTH} are flattened.
 */
public final class HtmlText {
  /** Elements below this depth hang at this depth. */
  public static final int MAX_DEPTH = 512;

  private HtmlText() {}

  /**
   * What was taken from a page.
   *
   * @param title the page's title, one line, empty if it has none
   * @param language what the page says of its language, as it says it, empty if nothing
   * @param text the main content, empty if there is none
   */
  public record Extracted(String title, String language, String text) {}

  /** Extracts from HTML source; any string is HTML of some sort. */
  public static Extracted extract(String html) {
    return extract(Jsoup.parse(html, "", Parser.htmlParser().setMaxDepth(MAX_DEPTH)));
  }

  /** Extracts from a parsed page, which is left as it is. */
  public static Extracted extract(Document page) {
    Element html = page.selectFirst("html");
    String language = html == null ? "" : html.attr("lang").strip();
    HtmlTree tree = new HtmlTree(page.body());
    List<Integer> roots = new HtmlContent(tree).find();
    return new Extracted(page.title().strip(), language, new HtmlWriter(tree).write(roots));
  }
}
