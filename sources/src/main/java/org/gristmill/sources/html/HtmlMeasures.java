package org.gristmill.sources.html;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What is counted of each block, each element and the groups of elements that look alike. */
final class HtmlMeasures {
  /** From this size on, and mostly outside links, a block is running text. */
  static final int RUNNING_SIZE = 80;

  private static final double RUNNING_LINKED = 0.4;

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
    words = read(head);
    for (int b = 0; b < blocks.count; b++) {
      int at = blocks.around[b];
      HtmlWords w = words[b];
      size[at] += w.size;
      linked[at] += w.linked;
      running[at] += isRunning(w) ? w.size : 0;
      count[at]++;
    }
    for (int i = n - 1; i > 0; i--) {
      int up = tree.parent(i);
      size[up] += size[i];
      linked[up] += linked[i];
      running[up] += running[i];
      count[up] += count[i];
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
    for (int i = blocks.first[b]; i < blocks.behind[b]; i++) {
      text.append(tree.isText(i) ? tree.text(i) : tree.tag(i) == HtmlTag.BR ? " " : "");
    }
    return text.toString().replace('\u00a0', ' ').strip().replaceAll("\\s+", " ");
  }

  static boolean isRunning(HtmlWords w) {
    return w.size >= RUNNING_SIZE && w.linked < RUNNING_LINKED * w.size;
  }

  private HtmlWords[] read(HtmlHead head) {
    Set<Integer> title = HtmlWords.set(head.title());
    Set<Integer> described = new java.util.HashSet<>();
    HtmlWords.pairs(head.meta("description"), described);
    HtmlWords.pairs(head.meta("og:description"), described);
    HtmlWords.pairs(head.property("description"), described);
    HtmlWords.pairs(head.property("articleBody"), described);
    HtmlWords[] all = new HtmlWords[blocks.count];
    int n = tree.length();
    int linkEnd = 0;
    int links = 0;
    for (int i = 0; i < n; i++) {
      if (i > 0) {
        depth[i] = depth[tree.parent(i)] + 1;
      }
      if (tree.tag(i) == HtmlTag.A && i >= linkEnd && !tree.attribute(i, "href").isEmpty()) {
        linkEnd = tree.end(i);
        links++;
      }
      int b = blocks.of[i];
      if (b >= 0) {
        if (all[b] == null) {
          all[b] = new HtmlWords(title, described);
        }
        all[b].links += links;
        links = 0;
        all[b].add(tree.text(i), i < linkEnd ? HtmlWords.Linked.YES : HtmlWords.Linked.NO);
      }
    }
    for (HtmlWords w : all) {
      w.done();
    }
    return all;
  }

  private int groups() {
    Map<Long, Integer> numbers = new HashMap<>();
    for (int i = 1; i < tree.length(); i++) {
      if (size[i] > 0) {
        long look = tree.tag(i).ordinal() * 31L + firstWord(tree.attribute(i, "class"));
        long key = look * 0x9E3779B97F4A7C15L + tree.parent(i);
        Integer known = numbers.putIfAbsent(key, numbers.size());
        group[i] = known == null ? numbers.size() - 1 : known;
      }
    }
    return Math.max(1, numbers.size());
  }

  private static int firstWord(String names) {
    int hash = 0;
    for (int i = 0; i < names.length() && (names.charAt(i) > ' ' || hash == 0); i++) {
      hash = hash * 31 + names.charAt(i);
    }
    return hash;
  }
}
