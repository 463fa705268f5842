package org.gristmill.sources.html;

import java.util.ArrayList;
import java.util.List;
import org.gristmill.sources.html.parser.Nodes;

/** Tables with data, as opposed to those that only put things side by side. */
final class HtmlTable {
  private static final int COLSPAN = Nodes.known("colspan");

  /** Longest text of a cell, in the units of {@link HtmlMeasures#size}, or it is no data. */
  private static final int MAX_CELL = 600;

  /** Most empty cells that one cell of several columns stands for. */
  private static final int MAX_SPAN = 16;

  private final HtmlTree tree;
  private final boolean[] data;

  HtmlTable(HtmlMeasures m) {
    tree = m.tree;
    int n = tree.length();
    data = new boolean[n];
    int[] table = new int[n];
    int[] row = new int[n];
    int[] rows = new int[n];
    int[] cells = new int[n];
    for (int i = 1; i < n; i++) {
      int up = tree.parent(i);
      table[i] = table[up];
      row[i] = row[up];
      switch (tree.tag(i)) {
        case TABLE -> {
          data[i] = true;
          data[table[i]] = false;
          table[i] = i;
          row[i] = 0;
        }
        case TR -> row[i] = i;
        case TD, TH -> {
          int cell = ++cells[row[i]];
          rows[table[i]] += cell == 2 ? 1 : 0;
          data[table[i]] &= m.size[i] <= MAX_CELL;
        }
        default -> {}
      }
    }
    for (int i = 0; i < n; i++) {
      data[i] &= rows[i] >= 2;
    }
  }

  /** Whether an element is a table with data. */
  boolean isData(int i) {
    return data[i];
  }

  /** The rows of a table, from its top to its end. */
  List<Integer> rows(int table) {
    return below(table, List.of(HtmlTag.TR));
  }

  /** The cells of a row. */
  List<Integer> cells(int row) {
    return below(row, List.of(HtmlTag.TD, HtmlTag.TH));
  }

  private List<Integer> below(int top, List<HtmlTag> tags) {
    List<Integer> found = new ArrayList<>();
    for (int i = top + 1; i < tree.end(top); i++) {
      if (tags.contains(tree.tag(i))) {
        found.add(i);
        i = tree.end(i) - 1;
      }
    }
    return found;
  }

  /** How many columns a cell stands in. */
  int span(int cell) {
    String span = tree.attribute(cell, COLSPAN);
    return span.matches("[1-9][0-9]?") ? Math.min(MAX_SPAN, Integer.parseInt(span)) : 1;
  }
}
