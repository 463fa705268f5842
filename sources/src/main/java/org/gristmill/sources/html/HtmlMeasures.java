package org.gristmill.sources.html;

import org.gristmill.sources.html.parser.Nodes;

/** What is counted of each block, each element and the groups of elements that look alike. */
final class HtmlMeasures {
  private static final int CLASS = Nodes.known("class");

  /** From this size on, and mostly outside links, a block is running text. */
  static final int RUNNING_SIZE = 80;

  private static final double RUNNING_LINKED = 0.4;

  /** How many elements make a way. */
  private static final int PATH = 4;

  final HtmlTree tree;
  final HtmlBlocks blocks;
  final HtmlWords[] words;

  /** Of each subtree: size of the text, of that in links, of that in running text, and blocks. */
  final int[] size;

  final int[] linked;
  final int[] running;
  final int[] count;

  /** Depth of each element. */
  final int[] depth;

  /** Number of the group of each element, shared by those of one parent that look alike. */
  final int[] group;

  /** Of each group: elements with text, and their sums. */
  final int[] members;

  final int[] groupSize;
  final int[] groupLinked;
  final int[] groupRunning;

  /** Of each subtree: images. */
  final int[] images;

  /** Number of the way to each element: it and those around it look alike, wherever they stand. */
  final int[] path;

  /** Of each way: blocks at its end, and their sums. */
  final int[] pathMembers;

  final int[] pathSize;
  final int[] pathLinked;
  final int[] pathRunning;

  HtmlMeasures(HtmlTree tree, HtmlHead head) {
    this.tree = tree;
    blocks = new HtmlBlocks(tree);
    int n = tree.length();
    size = new int[n];
    linked = new int[n];
    running = new int[n];
    count = new int[n];
    depth = new int[n];
    group = new int[n];
    images = new int[n];
    path = new int[n];
    words = read(head);
    int ways = paths();
    pathMembers = new int[ways];
    pathSize = new int[ways];
    pathLinked = new int[ways];
    pathRunning = new int[ways];
    for (int b = 0; b < blocks.count; b++) {
      int at = blocks.around[b];
      HtmlWords w = words[b];
      size[at] += w.size;
      linked[at] += w.linked;
      running[at] += isRunning(w) ? w.size : 0;
      count[at]++;
      int way = path[at];
      pathMembers[way]++;
      pathSize[way] += w.size;
      pathLinked[way] += w.linked;
      pathRunning[way] += isRunning(w) ? w.size : 0;
    }
    for (int i = n - 1; i > 0; i--) {
      int up = tree.parent(i);
      size[up] += size[i];
      linked[up] += linked[i];
      running[up] += running[i];
      count[up] += count[i];
      images[up] += images[i];
    }
    int groups = groups();
    members = new int[groups];
    groupSize = new int[groups];
    groupLinked = new int[groups];
    groupRunning = new int[groups];
    for (int i = 1; i < n; i++) {
      if (size[i] > 0) {
        int g = group[i];
        members[g]++;
        groupSize[g] += size[i];
        groupLinked[g] += linked[i];
        groupRunning[g] += running[i];
      }
    }
  }

  /** The text of a block in one line. */
  String text(int b) {
    StringBuilder text = new StringBuilder();
    char[] c = tree.chars();
    boolean space = false;
    for (int i = blocks.first[b]; i < blocks.behind[b]; i++) {
      space |= tree.tag(i) == HtmlTag.BR;
      for (int k = tree.isText(i) ? tree.from(i) : 0, end = tree.isText(i) ? tree.to(i) : 0;
          k < end;
          k++) {
        if (c[k] <= ' ' || c[k] == '\u00a0') {
          space = true;
        } else {
          text.append(space && text.length() > 0 ? " " : "").append(c[k]);
          space = false;
        }
      }
    }
    return text.toString();
  }

  static boolean isRunning(HtmlWords w) {
    return w.size >= RUNNING_SIZE && w.linked < RUNNING_LINKED * w.size;
  }

  private HtmlWords[] read(HtmlHead head) {
    HtmlNumbers title = HtmlWords.set(head.title());
    HtmlNumbers described = new HtmlNumbers();
    HtmlWords.pairs(head.meta("description"), described);
    HtmlWords.pairs(head.meta("og:description"), described);
    HtmlWords.pairs(head.property("description"), described);
    HtmlWords.pairs(head.property("articleBody"), described);
    HtmlWords[] all = new HtmlWords[blocks.count];
    for (int b = 0; b < all.length; b++) {
      all[b] = new HtmlWords(title, described);
    }
    HtmlLinks links = new HtmlLinks(tree);
    int last = -1;
    for (int i = 0; i < tree.length(); i++) {
      depth[i] = i == 0 ? 0 : depth[tree.parent(i)] + 1;
      links.pass(i);
      HtmlTag tag = tree.tag(i);
      images[i] = tag == HtmlTag.IMG ? 1 : 0;
      int b = blocks.of[i];
      if (b >= 0) {
        links.moveTo(all[b]);
        all[b].add(tree.chars(), tree.from(i), tree.to(i), links.linked(i));
        last = b;
      } else if (last >= 0 && (tag == HtmlTag.TEXT || tag == HtmlTag.BR)) {
        all[last].space(links.linked(i));
      }
    }
    for (HtmlWords w : all) {
      w.done();
    }
    return all;
  }

  /** What an element looks like. */
  private long look(int i) {
    return tree.tag(i).ordinal() * 31L + tree.firstWord(i, CLASS);
  }

  private int groups() {
    HtmlNumbers numbers = new HtmlNumbers();
    for (int i = 1; i < tree.length(); i++) {
      if (size[i] > 0) {
        group[i] = numbers.number(look(i) * 0x9E3779B97F4A7C15L + tree.parent(i));
      }
    }
    return Math.max(1, numbers.count());
  }

  private int paths() {
    HtmlNumbers numbers = new HtmlNumbers();
    long[] looks = new long[tree.length()];
    for (int i = 0; i < looks.length; i++) {
      looks[i] = tree.isText(i) ? 0 : look(i);
    }
    for (int b = 0; b < blocks.count; b++) {
      long way = 0;
      int e = blocks.around[b];
      for (int up = 0; up < PATH && e >= 0; up++, e = tree.parent(e)) {
        way = way * 0x9E3779B97F4A7C15L + looks[e] + 1;
      }
      path[blocks.around[b]] = numbers.number(way);
    }
    return Math.max(1, numbers.count());
  }
}
