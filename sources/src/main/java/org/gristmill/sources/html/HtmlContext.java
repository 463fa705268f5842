package org.gristmill.sources.html;

/**
 * What a first look at all blocks says around each of them, for a second look: Tu, "Auto-context
 * and its application to high-level vision tasks" (CVPR 2008), on a page.
 */
final class HtmlContext {
  private static final int LEVELS = 5;
  private static final int MAX_UP = 60;
  private static final int NEAR = 4;

  /** How many numbers it adds to a block's. */
  static final int SIZE = 5 + 2 + LEVELS + 2 + 1 + 1;

  private final HtmlMeasures m;
  private final double[] p;
  private final double[] kept;
  private final double[] groupKept;
  private final double[] pathKept;
  private final double[] before;

  /**
   * @param p of each block, the probability that it is content
   */
  HtmlContext(HtmlMeasures measures, double[] p) {
    m = measures;
    this.p = p;
    int n = m.tree.length();
    kept = new double[n];
    groupKept = new double[m.members.length];
    pathKept = new double[m.pathMembers.length];
    before = new double[m.blocks.count + 1];
    for (int b = 0; b < m.blocks.count; b++) {
      double mass = p[b] * m.words[b].size;
      kept[m.blocks.around[b]] += mass;
      pathKept[m.path[m.blocks.around[b]]] += mass;
      before[b + 1] = before[b] + mass;
    }
    for (int i = n - 1; i > 0; i--) {
      kept[m.tree.parent(i)] += kept[i];
      groupKept[m.group[i]] += m.size[i] > 0 ? kept[i] : 0;
    }
  }

  /** Writes the numbers of a block behind those that are there. */
  void fill(int b, float[] row, int at) {
    int count = m.blocks.count;
    for (int d = -2; d <= 2; d++) {
      row[at++] = b + d < 0 || b + d >= count ? -1 : (float) p[b + d];
    }
    int from = Math.max(0, b - NEAR);
    int to = Math.min(count, b + NEAR + 1);
    int sizes = 0;
    for (int i = from; i < to; i++) {
      sizes += m.words[i].size;
    }
    row[at++] = share(before[to] - before[from], sizes);
    row[at++] = share(before[b], before[count]);
    int e = m.blocks.around[b];
    int near = -1;
    int far = -1;
    int level = 0;
    int last = 0;
    for (int up = 0; up < MAX_UP && (level < LEVELS || e > 0); up++) {
      if (level < LEVELS && (m.size[e] > 1.3 * last || e == 0)) {
        row[at + level++] = share(kept[e], m.size[e]);
        last = e == 0 ? 0 : m.size[e];
      }
      int g = m.group[e];
      if (e > 0 && m.members[g] >= 3) {
        near = near < 0 ? g : near;
        far = far < 0 || m.groupSize[g] > m.groupSize[far] ? g : far;
      }
      e = e == 0 ? 0 : m.tree.parent(e);
    }
    for (; level < LEVELS; level++) {
      row[at + level] = share(kept[0], m.size[0]);
    }
    at += LEVELS;
    row[at++] = near < 0 ? -1 : share(groupKept[near], m.groupSize[near]);
    row[at++] = far < 0 ? -1 : share(groupKept[far], m.groupSize[far]);
    int way = m.path[m.blocks.around[b]];
    row[at++] = share(pathKept[way], m.pathSize[way]);
    row[at] = (float) Math.log1p(kept[0]);
  }

  private static float share(double part, double whole) {
    return whole <= 0 ? 0 : (float) (part / whole);
  }
}
