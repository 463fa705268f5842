package org.gristmill.sources.html;

import org.gristmill.sources.html.parser.Nodes;

/** The links of a page, as it is read from its beginning on. */
final class HtmlLinks {
  private static final int HREF = Nodes.known("href");

  private final HtmlTree tree;
  private int end;
  private int links;

  HtmlLinks(HtmlTree tree) {
    this.tree = tree;
  }

  /** Passes an element. */
  void pass(int i) {
    if (i >= end && tree.tag(i) == HtmlTag.A && tree.hasValue(i, HREF)) {
      end = tree.end(i);
      links++;
    }
  }

  HtmlWords.Linked linked(int i) {
    return i < end ? HtmlWords.Linked.YES : HtmlWords.Linked.NO;
  }

  /** Counts the links since the last time as of a block. */
  void moveTo(HtmlWords words) {
    words.links += links;
    links = 0;
  }
}
