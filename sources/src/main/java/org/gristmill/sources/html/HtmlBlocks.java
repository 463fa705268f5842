package org.gristmill.sources.html;

import java.util.Arrays;

/**
 * The page's text cut into blocks: runs of text that no element breaks and no two {@code br} in a
 * row. A block is what is kept or dropped.
 */
final class HtmlBlocks {
  /** How many there are. */
  int count;

  /** The block of each place of the tree that is a text, -1 for the rest. */
  final int[] of;

  /** The first text of each block. */
  int[] first = new int[64];

  /** Behind the last text of each block. */
  int[] behind = new int[64];

  /** The nearest element around each block that breaks lines. */
  int[] around = new int[64];

  HtmlBlocks(HtmlTree tree) {
    int n = tree.length();
    of = new int[n];
    Arrays.fill(of, -1);
    int[] breaker = new int[n];
    int lastBreak = -1;
    int brs = 0;
    for (int i = 0; i < n; i++) {
      HtmlTag tag = tree.tag(i);
      int above = tree.parent(i) < 0 ? 0 : breaker[tree.parent(i)];
      breaker[i] = tag.isBlock() ? i : above;
      if (tag.isBlock()) {
        lastBreak = i;
      } else if (tag == HtmlTag.BR) {
        brs++;
        lastBreak = brs > 1 ? i : lastBreak;
      } else if (tag == HtmlTag.TEXT) {
        boolean pre = tree.tag(above) == HtmlTag.PRE;
        if (pre || !isBlank(tree.text(i))) {
          boolean same = count > 0 && around[count - 1] == above;
          if (!same || !pre && lastBreak > behind[count - 1]) {
            begin(i, above);
          }
          of[i] = count - 1;
          behind[count - 1] = i + 1;
          brs = 0;
        }
      }
    }
  }

  private void begin(int text, int element) {
    if (count == first.length) {
      first = Arrays.copyOf(first, 2 * count);
      behind = Arrays.copyOf(behind, 2 * count);
      around = Arrays.copyOf(around, 2 * count);
    }
    first[count] = text;
    around[count] = element;
    count++;
  }

  private static boolean isBlank(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > ' ' && c != '\u00a0' && c != '\u200b' && c != '\ufeff') {
        return false;
      }
    }
    return true;
  }
}
