package org.gristmill.sources.html;

import java.util.List;
import java.util.Map;
import org.gristmill.sources.html.parser.HtmlParser;
import org.gristmill.sources.html.parser.Nodes;

/**
 * The main content of an HTML page as text.
 *
 * <p>The page is cut into blocks of text, a small learned model says of each how likely it is
 * content, and those are kept that make the expected F1 of the whole largest. {@code
 * docs/extraction.md} has the parts and the figures. Nothing here recurses, and elements nested
 * deeper than browsers allow are flattened.
 */
public final class HtmlText {
  private HtmlText() {}

  /**
   * What was taken from a page.
   *
   * @param text the main content, empty if there is none
   * @param type what the page most likely is
   * @param confidence the extractor's own estimate of the F1 of the kept words, 0 to 1
   * @param meta what the page says of itself: title, html-lang, author, published (YYYY-MM-DD),
   *     canonical, licence; what it does not say is not there
   */
  public record Extracted(
      String text, HtmlPageType type, double confidence, Map<String, String> meta) {}

  /**
   * A block of a page and what became of it.
   *
   * @param text of it, in one line
   * @param where the elements around it, from the outside in
   * @param kept whether it is in the text
   * @param probability that it is content, by the model, 0 to 1
   * @param reason why it was kept or dropped
   */
  public record Verdict(String text, String where, Kept kept, double probability, String reason) {}

  /** Whether a block is in the text. */
  public enum Kept {
    YES,
    NO
  }

  /** Extracts plain text without comments from HTML source; any string is HTML of some sort. */
  public static Extracted extract(String html) {
    return extract(html, HtmlForm.PLAIN, HtmlComments.DROP);
  }

  /** Extracts from HTML source; any string is HTML of some sort. */
  public static Extracted extract(String html, HtmlForm form, HtmlComments comments) {
    Nodes page = parse(html);
    HtmlTree tree = new HtmlTree(page);
    HtmlHead head = new HtmlHead(page, tree.data());
    HtmlMeasures measures = new HtmlMeasures(tree, head);
    HtmlContent content = HtmlContent.of(measures, head, comments);
    String text = new HtmlWriter(measures, content.kept(), form).write();
    String headline = content.headline() < 0 ? "" : measures.text(content.headline());
    return new Extracted(
        text, content.type(), content.confidence(), HtmlMeta.of(head, tree, headline));
  }

  /** Says of every block of a page, in its order, what became of it and why. */
  public static List<Verdict> explain(String html, HtmlComments comments) {
    Nodes page = parse(html);
    HtmlTree tree = new HtmlTree(page);
    HtmlHead head = new HtmlHead(page, tree.data());
    HtmlMeasures measures = new HtmlMeasures(tree, head);
    return HtmlContent.of(measures, head, comments).verdicts(measures);
  }

  /** Parses as the extractor does. */
  static Nodes parse(String html) {
    return HtmlParser.parse(html, HtmlParser.Noscript.LEAVE_OUT);
  }
}
