package org.gristmill.sources.html;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.gristmill.sources.html.parser.HtmlParser;
import org.gristmill.sources.html.parser.Nodes;
import org.gristmill.sources.html.parser.Tag;

/**
 * The elements and texts of a page's body in document order, in arrays: a subtree is a range, a
 * parent stands before its children, and sums over subtrees need one pass and no recursion.
 * Elements whose content is never text are not in it.
 */
final class HtmlTree {
  private static final long NEVER_SHOWN = HtmlHint.NOT_SHOWN.bit();
  private static final int CLASS = Nodes.known("class");
  private static final int ID = Nodes.known("id");
  private static final int ROLE = Nodes.known("role");
  private static final int ITEMPROP = Nodes.known("itemprop");
  private static final int HIDDEN = Nodes.known("hidden");
  private static final int ARIA_HIDDEN = Nodes.known("aria-hidden");
  private static final int STYLE = Nodes.known("style");
  private static final int TYPE = Nodes.known("type");

  private final Map<String, Long> hintsOfNames = new HashMap<>();
  private final List<String> data = new ArrayList<>();
  private Nodes page;
  private int length;
  private HtmlTag[] tags = new HtmlTag[256];
  private int[] nodes = new int[256];
  private int[] parents = new int[256];
  private int[] ends = new int[256];
  private long[] hints = new long[256];

  HtmlTree(Nodes page) {
    this.page = page;
    fill(HtmlHead.child(HtmlHead.child(0, page, Tag.HTML), page, Tag.BODY, Tag.FRAMESET));
    tags = Arrays.copyOf(tags, length);
    nodes = Arrays.copyOf(nodes, length);
    parents = Arrays.copyOf(parents, length);
    ends = Arrays.copyOf(ends, length);
    hints = Arrays.copyOf(hints, length);
  }

  private void fill(int root) {
    int open = -1;
    int node = root;
    while (true) {
      boolean enters = enter(node, open);
      if (enters && page.first(node) != Nodes.NONE) {
        open = length - 1;
        node = page.first(node);
        continue;
      }
      while (node != root && page.next(node) == Nodes.NONE) {
        node = page.parent(node);
        ends[open] = length;
        open = parents[open];
      }
      if (node == root) {
        return;
      }
      node = page.next(node);
    }
  }

  /** Adds a node, and says whether what is in it follows. */
  private boolean enter(int node, int open) {
    Tag kind = page.tag(node);
    if (kind == Tag.TEXT) {
      add(node, open, HtmlTag.TEXT, 0);
      return false;
    }
    if (!kind.isElement()) {
      return false;
    }
    HtmlTag tag = HtmlTag.of(page.name(node));
    if (tag.hasNoText()) {
      if (tag == HtmlTag.SCRIPT && page.valueOf(node, TYPE).equals(HtmlHead.LINKED_DATA)) {
        data.add(HtmlHead.text(page, node));
      }
      return false;
    }
    long hint = HtmlHint.of(tag) | attributes(node);
    if ((hint & NEVER_SHOWN) != 0 && !tag.isBlock()) {
      return false;
    }
    add(node, open, tag, hint);
    return true;
  }

  private void add(int node, int open, HtmlTag tag, long hint) {
    int i = length++;
    if (i == parents.length) {
      tags = Arrays.copyOf(tags, 2 * i);
      nodes = Arrays.copyOf(nodes, 2 * i);
      parents = Arrays.copyOf(parents, 2 * i);
      ends = Arrays.copyOf(ends, 2 * i);
      hints = Arrays.copyOf(hints, 2 * i);
    }
    nodes[i] = node;
    tags[i] = tag;
    parents[i] = open;
    ends[i] = i + 1;
    hints[i] = hint;
  }

  private long attributes(int node) {
    if (page.from(node) == page.to(node)) {
      return 0;
    }
    String names = page.valueOf(node, CLASS);
    String id = page.valueOf(node, ID);
    names = id.isEmpty() ? names : names + " " + id;
    long hint = names.isEmpty() ? 0 : hintsOfNames.computeIfAbsent(names, HtmlHint::of);
    hint |= HtmlHint.ofRole(page.valueOf(node, ROLE));
    hint |= HtmlHint.ofProperty(page.valueOf(node, ITEMPROP));
    return hidden(node) ? hint | NEVER_SHOWN : hint;
  }

  private boolean hidden(int node) {
    if (page.attribute(node, HIDDEN) != Nodes.NONE
        || page.valueOf(node, ARIA_HIDDEN).equals("true")) {
      return true;
    }
    String style = page.valueOf(node, STYLE);
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
    return length;
  }

  /** Lets the parsed page go, for who needs only numbers. */
  void forget() {
    page = HtmlParser.parse("", HtmlParser.Noscript.PARSE);
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

  /** The characters that {@link #from} and {@link #to} are places in. */
  char[] chars() {
    return page.chars();
  }

  /** Where a text begins. */
  int from(int i) {
    return page.from(nodes[i]);
  }

  /** Where a text ends. */
  int to(int i) {
    return page.to(nodes[i]);
  }

  String text(int i) {
    return page.string(from(i), to(i));
  }

  /** The name of an element. */
  String name(int i) {
    return page.nodeName(nodes[i]);
  }

  /** The value of an attribute that {@link Nodes} knows before, empty if there is none. */
  String attribute(int i, String name) {
    return page.valueOf(nodes[i], Nodes.known(name));
  }
}
