package org.gristmill.sources.html.parser;

/**
 * Parses HTML as browsers without scripting do, by the rules of HTML5, into {@link Nodes}. Any text
 * is HTML of some sort. Time and memory grow with the length of the page, whatever is in it; for
 * that, four limits go beyond the rules: elements nest {@value OpenElements#MAX_DEPTH} deep at
 * most, formatting elements are opened again only so often, attributes are compared and added to
 * html and body only where they are few, and names that a page has made to collide are not shared.
 */
public final class HtmlParser {
  /** What becomes of a {@code noscript}, which is one text to browsers that run scripts. */
  public enum Noscript {
    /** It is parsed as the standard says for those that do not. */
    PARSE,
    /**
     * It is left out where most pages have only seen browsers that never parsed it, and where
     * parsing does harm: in the head, which elements of the body would end, and around an {@code
     * iframe}, whose missing end would take in the rest of the page.
     */
    LEAVE_OUT
  }

  private static final int PIECE = 1 << 10;

  private HtmlParser() {}

  public static Nodes parse(String html, Noscript noscript) {
    char[] chars = chars(html);
    int length = html.indexOf('\r') < 0 ? chars.length : lineFeeds(chars);
    Nodes nodes = new Nodes(chars);
    new TreeBuilder(nodes, length, noscript).run();
    return nodes;
  }

  /** In pieces, since Java copies them at once only where it has often copied some. */
  private static char[] chars(String html) {
    char[] chars = new char[html.length()];
    for (int from = 0; from < chars.length; from += PIECE) {
      html.getChars(from, Math.min(chars.length, from + PIECE), chars, from);
    }
    return chars;
  }

  /** Makes a line feed of every line end, and returns the new length. */
  static int lineFeeds(char[] chars) {
    int out = 0;
    for (int i = 0; i < chars.length; i++) {
      if (chars[i] != '\r') {
        chars[out++] = chars[i];
      } else if (i + 1 == chars.length || chars[i + 1] != '\n') {
        chars[out++] = '\n';
      }
    }
    return out;
  }
}
