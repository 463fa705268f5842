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
    long hint = 0;
    String names = "";
    String id = "";
    for (int a = page.from(node); a < page.to(node); a++) {
      int name = page.attributeName(a);
      if (name == CLASS) {
        names = page.value(a);
      } else if (name == ID) {
        id = page.value(a);
      } else if (name == ROLE) {
        hint |= HtmlHint.ofRole(page.value(a));
      } else if (name == ITEMPROP) {
        hint |= HtmlHint.ofProperty(page.value(a));
      } else if (name == HIDDEN
          || name == ARIA_HIDDEN && page.value(a).equals("true")
          || name == STYLE && hides(page.value(a))) {
        hint |= NEVER_SHOWN;
      }
    }
    names = id.isEmpty() ? names : names + " " + id;
    return names.isEmpty() ? hint : hint | hintsOfNames.computeIfAbsent(names, HtmlHint::of);
  }

  private static boolean hides(String style) {
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

  /** The value of an attribute by its number in {@link Nodes}, empty if there is none. */
  String attribute(int i, int name) {
    return page.valueOf(nodes[i], name);
  }

  /** Whether an attribute is there and has a value. */
  boolean hasValue(int i, int name) {
    int a = page.attribute(nodes[i], name);
    return a != Nodes.NONE && page.valueFrom(a) < page.valueTo(a);
  }

  /** A hash of the first word of an attribute. */
  int firstWord(int i, int name) {
    int a = page.attribute(nodes[i], name);
    int hash = 0;
    if (a != Nodes.NONE) {
      char[] c = page.chars();
      int end = page.valueTo(a);
      for (int k = page.valueFrom(a); k < end && (c[k] > ' ' || hash == 0); k++) {
        hash = hash * 31 + c[k];
      }
    }
    return hash;
  }
}
