package org.gristmill.sources.html;

/**
 * What belongs together is kept or dropped together: the blocks of a table with data, and those of
 * a list, each take the mean of their probabilities, by their words; a heading goes half way with
 * the text that it stands above.
 */
final class HtmlWholes {
  private HtmlWholes() {}

  /** Evens out the probabilities of a page's blocks, in place. */
  static void even(HtmlMeasures m, double[] p) {
    tablesAndLists(m, p);
    for (int b = p.length - 2; b >= 0; b--) {
      int heading = m.blocks.around[b];
      boolean text = m.words[b].linked * 2 < m.words[b].size;
      if (text && m.tree.tag(heading).headingLevel() > 1 && p[b + 1] > p[b]) {
        int above = Math.max(0, m.tree.parent(m.tree.parent(heading)));
        if (m.blocks.first[b + 1] < m.tree.end(above)) {
          p[b] = (p[b] + p[b + 1]) / 2;
        }
      }
    }
  }

  private static void tablesAndLists(HtmlMeasures m, double[] p) {
    HtmlTree tree = m.tree;
    HtmlTable tables = new HtmlTable(m);
    int b = 0;
    for (int i = 0; i < tree.length(); i++) {
      HtmlTag tag = tree.tag(i);
      boolean list = tag == HtmlTag.UL || tag == HtmlTag.OL || tag == HtmlTag.DL;
      if (tables.isData(i) || list) {
        while (b < p.length && m.blocks.first[b] < i) {
          b++;
        }
        int from = b;
        double sum = 0;
        double words = 0;
        for (; b < p.length && m.blocks.first[b] < tree.end(i); b++) {
          sum += p[b] * (1 + m.words[b].words);
          words += 1 + m.words[b].words;
        }
        for (int k = from; k < b; k++) {
          p[k] = sum / words;
        }
        i = tree.end(i) - 1;
      }
    }
  }
}
