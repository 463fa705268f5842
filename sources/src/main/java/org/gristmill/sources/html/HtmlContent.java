package org.gristmill.sources.html;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * Which blocks of a page are its main content.
 *
 * @param type what the page most likely is
 * @param headline the block that is the page's title, -1 if none is
 * @param p of each block, the probability that it is content
 * @param choice what followed from them
 * @param kept the blocks that are kept
 * @param comments those of them that are comments
 */
record HtmlContent(
    HtmlPageType type, int headline, double[] p, HtmlChoice choice, BitSet kept, BitSet comments) {
  /** Below this size, all together, there is nothing to tell apart, and everything is kept. */
  private static final int TINY = 250;

  /** Text that is not shown counts only from this share of the page on: an unfolded part, say. */
  private static final double HIDDEN = 0.03;

  private static final int MAX_UP = 60;

  static HtmlContent of(HtmlMeasures m, HtmlHead head, HtmlComments comments) {
    HtmlModel model = HtmlModel.get();
    double[] types = model.types(new HtmlPageFeatures(m, head).row());
    HtmlPageType type = HtmlPageType.ARTICLE;
    for (HtmlPageType t : HtmlPageType.values()) {
      type = types[t.ordinal()] > types[type.ordinal()] ? t : type;
    }
    HtmlFeatures features = new HtmlFeatures(m);
    double[] p = model.content(m, features.rows(), types);
    double[] size = new double[p.length];
    HtmlWholes.even(m, p);
    dropHidden(m, p);
    for (int b = 0; b < p.length; b++) {
      size[b] = m.words[b].words;
    }
    HtmlChoice choice = HtmlChoice.of(p, size);
    BitSet kept = new BitSet();
    BitSet said = new BitSet();
    for (int b = 0; b < p.length; b++) {
      if (p[b] >= choice.threshold() || tiny(m, b)) {
        kept.set(b);
      } else if (comments == HtmlComments.KEEP && isComment(m, b)) {
        kept.set(b);
        said.set(b);
      }
    }
    return new HtmlContent(type, features.headline(), p, choice, kept, said);
  }

  private static void dropHidden(HtmlMeasures m, double[] p) {
    boolean[] hidden = new boolean[p.length];
    int size = 0;
    for (int b = 0; b < p.length; b++) {
      hidden[b] = (hints(m, b) & HtmlHint.NOT_SHOWN.bit()) != 0;
      size += hidden[b] ? m.words[b].size : 0;
    }
    for (int b = 0; b < p.length; b++) {
      p[b] = hidden[b] && size < HIDDEN * m.size[0] ? 0 : p[b];
    }
  }

  private static boolean tiny(HtmlMeasures m, int b) {
    return m.size[0] < TINY && (hints(m, b) & HtmlHint.NOT_SHOWN.bit()) == 0;
  }

  /** What all elements around a block say they are. */
  private static long hints(HtmlMeasures m, int b) {
    long hints = 0;
    int i = m.blocks.around[b];
    for (int up = 0; i > 0 && up < MAX_UP; up++, i = m.tree.parent(i)) {
      hints |= m.tree.hints(i);
    }
    return hints;
  }

  /** Whether a block is something that a reader said. */
  private static boolean isComment(HtmlMeasures m, int b) {
    long no = HtmlHint.NOT_SHOWN.bit() | HtmlHint.NAV.bit() | HtmlHint.ASIDE.bit();
    long hints = hints(m, b);
    HtmlWords w = m.words[b];
    return (hints & HtmlHint.COMMENT.bit()) != 0
        && (hints & no) == 0
        && w.linked < w.size
        && (w.sentences > 0 || m.tree.tag(m.blocks.around[b]) == HtmlTag.P);
  }

  double confidence() {
    return choice.expected();
  }

  List<HtmlText.Verdict> verdicts(HtmlMeasures m) {
    List<HtmlText.Verdict> all = new ArrayList<>();
    for (int b = 0; b < p.length; b++) {
      StringBuilder where = new StringBuilder();
      for (int i = m.blocks.around[b]; i > 0; i = m.tree.parent(i)) {
        String name = m.tree.name(i);
        where.insert(0, where.length() == 0 ? name : name + " > ");
      }
      boolean in = kept.get(b);
      String reason =
          comments.get(b)
              ? "a comment"
              : in && p[b] < choice.threshold()
                  ? "a page this short is kept whole"
                  : String.format(
                      Locale.ROOT, "%.2f %s %.2f", p[b], in ? ">=" : "<", choice.threshold());
      all.add(
          new HtmlText.Verdict(
              m.text(b),
              where.toString(),
              in ? HtmlText.Kept.YES : HtmlText.Kept.NO,
              p[b],
              reason + because(m, b)));
    }
    return all;
  }

  /** What the elements around a block say they are, nearest first, for people. */
  private static String because(HtmlMeasures m, int b) {
    StringBuilder names = new StringBuilder();
    for (HtmlHint hint : HtmlHint.values()) {
      if ((hints(m, b) & hint.bit()) != 0) {
        names.append(names.length() == 0 ? "; " : ", ");
        names.append(hint.name().toLowerCase(Locale.ROOT).replace('_', ' '));
      }
    }
    HtmlWords w = m.words[b];
    return String.format(
        Locale.ROOT,
        "; %d words, %.0f %% in links%s",
        w.words,
        100.0 * w.linked / Math.max(1, w.size),
        names);
  }
}
