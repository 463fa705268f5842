package org.gristmill.sources.web;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.gristmill.sources.html.HtmlText;

/** What the extractor made of a page, as a small HTML page for people. */
public final class PageView {
  private static final String STYLE =
      "body{font:15px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}"
          + "div{margin:3px 0;padding:2px 10px;border-left:5px solid}"
          + ".kept{border-color:#2a7d3f;background:#eef7f0}"
          + ".dropped{border-color:#b9b9b9;color:#777}"
          + "small{display:block;font-size:75%;opacity:.75}";

  private PageView() {}

  /** A page's bytes as characters, by what it says of itself; empty if that comes to nothing. */
  public static Optional<String> decoded(byte[] page) {
    try {
      return Optional.of(PageCharset.decode(page, "").text());
    } catch (Refused e) {
      return Optional.empty();
    }
  }

  /** The page, kept blocks in green, dropped ones in grey, each with the reason. */
  public static String of(
      String name, HtmlText.Extracted extracted, List<HtmlText.Verdict> verdicts) {
    StringBuilder page = new StringBuilder("<!doctype html>\n<meta charset=utf-8>\n<title>");
    page.append(escaped(name)).append("</title>\n<style>").append(STYLE).append("</style>\n<h1>");
    page.append(escaped(name)).append("</h1>\n<p>");
    page.append(extracted.type().name().toLowerCase(Locale.ROOT));
    page.append(String.format(Locale.ROOT, ", confidence %.2f", extracted.confidence()));
    extracted
        .meta()
        .forEach((k, v) -> page.append("<br>").append(k).append(": ").append(escaped(v)));
    page.append("</p>\n");
    for (HtmlText.Verdict verdict : verdicts) {
      boolean kept = verdict.kept() == HtmlText.Kept.YES;
      page.append("<div dir=auto class=").append(kept ? "kept" : "dropped").append('>');
      page.append(escaped(verdict.text())).append("<small dir=ltr>");
      page.append(kept ? "kept: " : "dropped: ").append(escaped(verdict.reason()));
      page.append("<br>").append(escaped(verdict.where())).append("</small></div>\n");
    }
    return page.toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
