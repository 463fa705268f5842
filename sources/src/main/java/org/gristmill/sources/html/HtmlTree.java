package org.gristmill.sources.html;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;

/**
 * A page's elements and texts in document order, in arrays: a subtree is a range, a parent stands
 * before its children, and sums over subtrees need one pass and no recursion. Elements whose
 * content is never text are not in it.
 */
final class HtmlTree {
  private static final long NEVER_SHOWN = HtmlHint.NOT_SHOWN.bit();

  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Long> hintsOfNames = new HashMap<>();
  private final List<String> data = new ArrayList<>();
  private HtmlTag[] tags = new HtmlTag[256];
  private int[] parents = new int[256];
  private int[] ends = new int[256];
  private long[] hints = new long[256];

  HtmlTree(Element root) {
    NodeTraversor.filter(new Filler(), root);
    int n = nodes.size();
    tags = Arrays.copyOf(tags, n);
    parents = Arrays.copyOf(parents, n);
    ends = Arrays.copyOf(ends, n);
    hints = Arrays.copyOf(hints, n);
  }

  private final class Filler implements NodeFilter {
    private int open = -1;

    @Override
    public FilterResult head(Node node, int depth) {
      if (node instanceof TextNode) {
        add(node, HtmlTag.TEXT, 0);
        return FilterResult.CONTINUE;
      }
      if (!(node instanceof Element e)) {
        return FilterResult.SKIP_ENTIRELY;
      }
      HtmlTag tag = HtmlTag.of(e.normalName());
      if (tag.hasNoText()) {
        if (tag == HtmlTag.SCRIPT && e.attr("type").equals("application/ld+json")) {
          data.add(e.data());
        }
        return FilterResult.SKIP_ENTIRELY;
      }
      long hint = HtmlHint.of(tag) | (e.attributesSize() == 0 ? 0 : attributes(e));
      if ((hint & NEVER_SHOWN) != 0 && !tag.isBlock()) {
        return FilterResult.SKIP_ENTIRELY;
      }
      open = add(node, tag, hint);
      return FilterResult.CONTINUE;
    }

    private int add(Node node, HtmlTag tag, long hint) {
      int i = nodes.size();
      if (i == parents.length) {
        tags = Arrays.copyOf(tags, 2 * i);
        parents = Arrays.copyOf(parents, 2 * i);
        ends = Arrays.copyOf(ends, 2 * i);
        hints = Arrays.copyOf(hints, 2 * i);
      }
      nodes.add(node);
      tags[i] = tag;
      parents[i] = open;
      ends[i] = i + 1;
      hints[i] = hint;
      return i;
    }

    @Override
    public FilterResult tail(Node node, int depth) {
      if (node instanceof Element) {
        ends[open] = nodes.size();
        open = parents[open];
      }
      return FilterResult.CONTINUE;
    }
  }

  private long attributes(Element e) {
    String names = e.attr("class");
    String id = e.attr("id");
    names = id.isEmpty() ? names : names + " " + id;
    long hint = names.isEmpty() ? 0 : hintsOfNames.computeIfAbsent(names, HtmlHint::of);
    hint |= HtmlHint.ofRole(e.attr("role")) | HtmlHint.ofProperty(e.attr("itemprop"));
    return hidden(e) ? hint | NEVER_SHOWN : hint;
  }

  private static boolean hidden(Element e) {
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

  /** The linked data that stands in the tree, as JSON. */
  List<String> data() {
    return data;
  }

  int length() {
    return tags.length;
  }

  /** Lets the parsed page go, for who needs only numbers. */
  void forget() {
    nodes.clear();
  }

  HtmlTag tag(int i) {
    return tags[i];
  }

  /** The element around it, -1 around the root. */
  int parent(int i) {
    return parents[i];
  }

  /** The first place behind its subtree. */
  int end(int i) {
    return ends[i];
  }

  /** The {@link HtmlHint}s that an element gives of itself, as bits. */
  long hints(int i) {
    return hints[i];
  }

  boolean isText(int i) {
    return tags[i] == HtmlTag.TEXT;
  }

  String text(int i) {
    return ((TextNode) nodes.get(i)).getWholeText();
  }

  /** The name of an element. */
  String name(int i) {
    return nodes.get(i).nodeName();
  }

  String attribute(int i, String name) {
    return nodes.get(i).attr(name);
  }
}
