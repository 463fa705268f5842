package org.gristmill.sources.html;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;

/**
 * A page's elements and texts in document order, in arrays: a subtree is a range, a parent stands
 * before its children, and sums over subtrees need one pass and no recursion.
 */
final class HtmlTree {
  /** Elements whose content is never text of the page. */
  private static final Set<String> NO_TEXT =
      Set.of(
          "head",
          "script",
          "style",
          "noscript",
          "template",
          "iframe",
          "svg",
          "canvas",
          "object",
          "embed",
          "audio",
          "video",
          "map",
          "select",
          "option",
          "textarea",
          "button",
          "rp",
          "rt",
          "input",
          "dialog",
          "nav",
          "menu",
          "progress",
          "meter",
          "datalist",
          "noframes",
          "applet");

  /** Elements that begin and end a line of their own. */
  static final Set<String> BLOCKS =
      Set.of(
          "html",
          "body",
          "address",
          "article",
          "aside",
          "blockquote",
          "center",
          "dd",
          "details",
          "div",
          "dl",
          "dt",
          "fieldset",
          "figcaption",
          "figure",
          "footer",
          "form",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "header",
          "hgroup",
          "hr",
          "legend",
          "li",
          "main",
          "ol",
          "p",
          "pre",
          "section",
          "summary",
          "table",
          "caption",
          "thead",
          "tbody",
          "tfoot",
          "tr",
          "td",
          "th",
          "ul",
          "listing",
          "xmp",
          "plaintext");

  final List<Node> nodes = new ArrayList<>();
  final List<String> names = new ArrayList<>();
  int[] parent = new int[256];
  int[] end = new int[256];
  final boolean[] removed;

  /** Size of the text in each subtree that is not removed, see {@link #size}. */
  final int[] size;

  /** The part of it inside links. */
  final int[] linked;

  /** Commas and the like, which running text has and menus have not. */
  final int[] commas;

  HtmlTree(Element root) {
    int[] depthStack = {-1};
    NodeTraversor.filter(
        new NodeFilter() {
          @Override
          public FilterResult head(Node node, int depth) {
            if (!(node instanceof TextNode || node instanceof Element e && !hidden(e))) {
              return FilterResult.SKIP_ENTIRELY;
            }
            int i = nodes.size();
            if (i == parent.length) {
              parent = Arrays.copyOf(parent, 2 * i);
              end = Arrays.copyOf(end, 2 * i);
            }
            nodes.add(node);
            names.add(node instanceof Element e ? e.normalName() : "");
            parent[i] = depthStack[0];
            end[i] = i + 1;
            if (node instanceof Element) {
              depthStack[0] = i;
            }
            return FilterResult.CONTINUE;
          }

          @Override
          public FilterResult tail(Node node, int depth) {
            if (node instanceof Element) {
              int i = depthStack[0];
              end[i] = nodes.size();
              depthStack[0] = parent[i];
            }
            return FilterResult.CONTINUE;
          }
        },
        root);
    removed = new boolean[nodes.size()];
    size = new int[nodes.size()];
    linked = new int[nodes.size()];
    commas = new int[nodes.size()];
    measure();
  }

  int length() {
    return nodes.size();
  }

  boolean isText(int i) {
    return nodes.get(i) instanceof TextNode;
  }

  String text(int i) {
    return ((TextNode) nodes.get(i)).getWholeText();
  }

  String attribute(int i, String name) {
    return nodes.get(i).attr(name);
  }

  boolean isBlock(int i) {
    return BLOCKS.contains(names.get(i));
  }

  double linkDensity(int i) {
    return size[i] == 0 ? 0 : (double) linked[i] / size[i];
  }

  /** Takes a subtree out; {@link #measure} brings the sums up to date. */
  void remove(int i) {
    Arrays.fill(removed, i, end[i], true);
  }

  void restore() {
    Arrays.fill(removed, false);
    measure();
  }

  void measure() {
    Arrays.fill(size, 0);
    Arrays.fill(linked, 0);
    Arrays.fill(commas, 0);
    for (int i = length() - 1; i >= 0; i--) {
      if (removed[i]) {
        continue;
      }
      if (isText(i)) {
        String text = text(i);
        size[i] = size(text);
        commas[i] = commas(text);
      } else if (names.get(i).equals("a")) {
        String href = attribute(i, "href");
        linked[i] = href.isEmpty() ? linked[i] : href.startsWith("#") ? size[i] / 3 : size[i];
      }
      if (parent[i] >= 0) {
        size[parent[i]] += size[i];
        linked[parent[i]] += linked[i];
        commas[parent[i]] += commas[i];
      }
    }
  }

  /**
   * Characters without white space at the ends and its runs counted once; an ideograph counts as
   * three letters, as it takes about that many to say the same.
   */
  private static int size(String text) {
    int size = 0;
    boolean space = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean blank = c <= ' ' || c == '\u00a0';
      size += blank ? (space ? 0 : 1) : c >= '\u2e80' && c <= '\ud7ff' ? 3 : 1;
      space = blank;
    }
    return space && size > 0 ? size - 1 : size;
  }

  private static int commas(String text) {
    int commas = 0;
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case ',', '\uff0c', '\u3001', '\u3002', '\u060c', '\u104a', '\u0964' -> commas++;
        default -> {}
      }
    }
    return commas;
  }

  private static boolean hidden(Element e) {
    if (NO_TEXT.contains(e.normalName())) {
      return true;
    }
    if (e.attributesSize() == 0) {
      return false;
    }
    if (e.hasAttr("hidden") || e.attr("aria-hidden").equals("true")) {
      return true;
    }
    String style = e.attr("style");
    if (style.isEmpty()) {
      return false;
    }
    String plain = style.toLowerCase(Locale.ROOT).replace(" ", "");
    return plain.contains("display:none") || plain.contains("visibility:hidden");
  }
}
