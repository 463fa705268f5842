package org.gristmill.sources.html;

import java.util.List;
import java.util.Set;

/** Writes what is left of a page's tree as text. */
final class HtmlWriter {
  private static final Set<String> LINES =
      Set.of("li", "tr", "dt", "dd", "thead", "tbody", "tfoot", "option", "summary", "caption");
  private static final Set<String> CELLS = Set.of("td", "th");
  private static final Set<String> INSIDE_LINES = Set.of("li", "td", "th", "dd", "dt");

  private final HtmlTree tree;
  private final StringBuilder out = new StringBuilder();
  private int breaks;
  private boolean space;
  private boolean tab;

  HtmlWriter(HtmlTree tree) {
    this.tree = tree;
  }

  String write(List<Integer> roots) {
    for (int root : roots) {
      breakLine(2);
      write(root);
    }
    return out.toString();
  }

  private void write(int root) {
    int open = root;
    int preEnd = 0;
    for (int i = root; i < tree.end[root]; i++) {
      for (;
          open != tree.parent[i] && open > root && tree.end[open] <= i;
          open = tree.parent[open]) {
        boundary(open);
      }
      if (tree.removed[i]) {
        i = tree.end[i] - 1;
      } else if (!tree.isText(i)) {
        boundary(i);
        breaks += tree.names.get(i).equals("br") ? 1 : 0;
        open = i;
        tab |= CELLS.contains(tree.names.get(i));
        preEnd = tree.names.get(i).equals("pre") ? Math.max(preEnd, tree.end[i]) : preEnd;
      } else if (i < preEnd) {
        verbatim(tree.text(i));
      } else {
        flowing(tree.text(i));
      }
    }
    for (; open > root; open = tree.parent[open]) {
      boundary(open);
    }
  }

  /** The break before or after an element. */
  private void boundary(int i) {
    String name = tree.names.get(i);
    if (LINES.contains(name)) {
      breakLine(1);
    } else if (tree.isBlock(i) && !CELLS.contains(name)) {
      boolean inLine = tree.parent[i] >= 0 && INSIDE_LINES.contains(tree.names.get(tree.parent[i]));
      breakLine(inLine ? 1 : 2);
    }
  }

  private void breakLine(int lines) {
    breaks = Math.max(breaks, lines);
  }

  private void flowing(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c == '\u00a0' || c == '\u007f') {
        space = true;
      } else {
        separate();
        out.append(c);
      }
    }
  }

  private void verbatim(String text) {
    int from = 0;
    if (breaks > 0) {
      while (from < text.length() && (text.charAt(from) == '\n' || text.charAt(from) == '\r')) {
        from++;
      }
    }
    int to = text.length();
    if (from < to) {
      separate();
      for (int i = from; i < to; i++) {
        char c = text.charAt(i);
        if (c == '\n' || c == '\t' || c >= ' ') {
          out.append(c);
        }
      }
    }
  }

  /** Writes the separator that is due before the next character. */
  private void separate() {
    if (breaks > 0 || tab) {
      int end = out.length();
      while (end > 0 && out.charAt(end - 1) <= ' ') {
        end--;
      }
      out.setLength(end);
      if (end > 0) {
        out.append(breaks > 1 ? "\n\n" : breaks > 0 ? "\n" : "\t");
      }
    } else if (space && out.length() > 0 && out.charAt(out.length() - 1) > ' ') {
      out.append(' ');
    }
    breaks = 0;
    space = false;
    tab = false;
  }
}
