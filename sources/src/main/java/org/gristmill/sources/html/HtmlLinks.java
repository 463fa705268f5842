package org.gristmill.sources.html;

import org.gristmill.sources.html.parser.Nodes;

/** The links of a page, as it is read from its beginning on, and where they lead. */
final class HtmlLinks {
  private static final int HREF = Nodes.known("href");

  private final HtmlTree tree;
  private int end;
  private int links;
  private int length;
  private int dashes;
  private int anchors;

  HtmlLinks(HtmlTree tree) {
    this.tree = tree;
  }

  /** Passes an element. */
  void pass(int i) {
    if (i >= end && tree.tag(i) == HtmlTag.A && tree.hasValue(i, HREF)) {
      end = tree.end(i);
      links++;
      lead(tree.attribute(i, HREF));
    }
  }

  private void lead(String href) {
    int host = href.indexOf("//");
    int path = host < 0 ? 0 : Math.max(host, href.indexOf('/', host + 2));
    length += Math.min(200, href.length() - path);
    anchors += href.charAt(0) == '#' ? 1 : 0;
    for (int k = path; k < href.length() && k < path + 200; k++) {
      dashes += href.charAt(k) == '-' ? 1 : 0;
    }
  }

  HtmlWords.Linked linked(int i) {
    return i < end ? HtmlWords.Linked.YES : HtmlWords.Linked.NO;
  }

  /** Counts the links since the last time as of a block. */
  void moveTo(HtmlWords words) {
    words.links += links;
    words.hrefLength += length;
    words.hrefDashes += dashes;
    words.anchors += anchors;
    links = 0;
    length = 0;
    dashes = 0;
    anchors = 0;
  }
}
