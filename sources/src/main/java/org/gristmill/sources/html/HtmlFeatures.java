package org.gristmill.sources.html;

import java.util.ArrayList;
import java.util.List;
import org.gristmill.sources.html.parser.Nodes;

/**
 * A block as numbers, for {@link HtmlModel}: its own text and tag, what the elements around it say
 * they are, where it stands, what stands beside it, how often its surroundings repeat.
 */
final class HtmlFeatures {
  private static final int MAX_UP = 60;
  private static final int LEVELS = 4;
  private static final int HINTS_UP = 14;
  private static final int[] NEAR = {-2, -1, 1, 2};
  private static final HtmlPhrase[] PHRASES = HtmlPhrase.values();
  private static final HtmlHint[] HINTS = HtmlHint.values();

  /** How many numbers a block has. */
  static final int COUNT = names().size();

  private final HtmlMeasures m;
  private final HtmlTree tree;
  private final HtmlBlocks blocks;
  private final int total;
  private final int totalRunning;
  private final int[] before;
  private final int headline;
  private final int[] cores = new int[2];
  private final HtmlNumbers texts = new HtmlNumbers();
  private final int[] copies;

  private float[] row = new float[0];
  private int at;
  private List<String> names = new ArrayList<>();
  private boolean naming;

  HtmlFeatures(HtmlMeasures measures) {
    m = measures;
    tree = m.tree;
    blocks = m.blocks;
    total = Math.max(1, m.size[0]);
    totalRunning = m.running[0];
    before = new int[blocks.count + 1];
    copies = new int[blocks.count];
    for (int b = 0; b < blocks.count; b++) {
      before[b + 1] = before[b] + m.words[b].size;
      copies[texts.number(m.words[b].hash)]++;
    }
    headline = findHeadline();
    cores[0] = core(0.5);
    cores[1] = core(0.8);
  }

  /** The lowest element that holds this share of the running text. */
  private int core(double share) {
    int found = 0;
    for (int i = 0; i < tree.length(); i++) {
      if (tree.parent(i) == found && totalRunning > 0 && m.running[i] >= share * totalRunning) {
        found = i;
      }
    }
    return found;
  }

  /** The block that is the page's title, -1 if none is. */
  int headline() {
    return headline;
  }

  private int findHeadline() {
    int best = -1;
    double most = 0;
    for (int b = 0; b < blocks.count; b++) {
      HtmlWords w = m.words[b];
      int level = tree.tag(blocks.around[b]).headingLevel();
      double alike = w.words == 0 ? 0 : (double) w.inTitle * w.inTitle / (w.words + 1.0);
      double score = level == 1 ? 1 + alike : level == 2 ? alike - 1 : level > 0 ? alike - 2 : 0;
      if (score > most) {
        most = score;
        best = b;
      }
    }
    return best;
  }

  /** The names of a block's numbers, in their order. */
  static List<String> names() {
    Nodes page = HtmlText.parse("<p>x");
    HtmlHead head = new HtmlHead(page, List.of());
    HtmlFeatures f = new HtmlFeatures(new HtmlMeasures(new HtmlTree(page), head));
    f.naming = true;
    f.row = new float[1000];
    f.fill(0);
    return f.names;
  }

  /** The numbers of each block. */
  float[][] rows() {
    float[][] rows = new float[blocks.count][];
    for (int b = 0; b < rows.length; b++) {
      row = new float[COUNT];
      rows[b] = row;
      fill(b);
    }
    return rows;
  }

  private void fill(int b) {
    at = 0;
    own(b);
    place(b);
    neighbours(b);
    surroundings(b);
    repetition(b);
    hints(b);
  }

  private void put(String name, double value) {
    if (naming) {
      names.add(name);
    }
    row[at++] = (float) value;
  }

  /** A name is put together only where it is asked for. */
  private void put(String name, int of, double value) {
    put(naming ? name + of : name, value);
  }

  private void put(String name, String of, double value) {
    put(naming ? name + of : name, value);
  }

  private static double log(double x) {
    return Math.log1p(x);
  }

  private static double share(double part, double whole) {
    return whole <= 0 ? 0 : part / whole;
  }

  private void own(int b) {
    HtmlWords w = m.words[b];
    put("size", log(w.size));
    put("linked", share(w.linked, w.size));
    put("links", log(w.links));
    put("words", log(w.words));
    put("word size", share(w.size, w.words));
    put("commas", share(100.0 * w.commas, w.size));
    put("sentences", share(100.0 * w.sentences, w.size));
    put("sentence count", log(w.sentences));
    put("ending", w.ending);
    put("digits", share(w.digits, w.size));
    put("upper", share(w.upper, w.letters));
    put("symbols", share(w.symbols, w.words));
    put("currency", w.currency);
    put("copies", copies[texts.find(w.hash)]);
    put("in title", share(w.inTitle, w.words));
    put("in description", share(w.inDescription, w.words));
    put("phrases", Integer.bitCount(w.phrases));
    for (HtmlPhrase phrase : PHRASES) {
      put("says ", phrase.name(), w.phrases >> phrase.ordinal() & 1);
    }
    HtmlTag tag = tree.tag(blocks.around[b]);
    put("href length", share(w.hrefLength, w.links));
    put("href dashes", share(w.hrefDashes, w.links));
    put("anchors", share(w.anchors, w.links));
    put("heading", tag.headingLevel());
    put("kind", tag.rank());
  }

  private void place(int b) {
    put("depth", m.depth[blocks.around[b]]);
    put("index", share(b, blocks.count));
    put("before", share(before[b], total));
    put("text before", log(before[b]));
    put("text behind", log(total - before[b + 1]));
    put("has headline", headline >= 0 ? 1 : 0);
    int from = b - headline;
    put("from headline", headline < 0 ? 0 : from < 0 ? -log(-from) : log(from));
    put(
        "text from headline",
        headline < 0
            ? 0
            : from < 0 ? -log(before[headline] - before[b]) : log(before[b] - before[headline]));
  }

  private void neighbours(int b) {
    for (int d : NEAR) {
      boolean there = b + d >= 0 && b + d < blocks.count;
      HtmlWords w = there ? m.words[b + d] : null;
      put("size ", d, there ? log(w.size) : -1);
      put("linked ", d, there ? share(w.linked, w.size) : -1);
      put("kind ", d, there ? tree.tag(blocks.around[b + d]).rank() : -1);
    }
    put("gap before", b == 0 ? 99 : blocks.first[b] - blocks.behind[b - 1]);
    put("gap behind", b == blocks.count - 1 ? 99 : blocks.first[b + 1] - blocks.behind[b]);
    int size = 0;
    int linked = 0;
    int running = 0;
    for (int i = Math.max(0, b - 5); i < Math.min(blocks.count, b + 6); i++) {
      HtmlWords w = m.words[i];
      size += w.size;
      linked += w.linked;
      running += HtmlMeasures.isRunning(w) ? w.size : 0;
    }
    put("size around", log(size));
    put("linked around", share(linked, size));
    put("running around", share(running, size));
    int heading = b - 1;
    while (heading >= 0
        && b - heading < 40
        && tree.tag(blocks.around[heading]).headingLevel() == 0) {
      heading--;
    }
    boolean found = heading >= 0 && b - heading < 40;
    put("since heading", found ? b - heading : 40);
    put("heading above", found ? tree.tag(blocks.around[heading]).headingLevel() : 0);
    put("heading says", found ? m.words[heading].phrases : 0);
    put("heading links", found ? share(m.words[heading].linked, m.words[heading].size) : 0);
  }

  private void surroundings(int b) {
    int e = blocks.around[b];
    int level = 0;
    int last = 0;
    for (int up = 0; level < LEVELS; up++) {
      if (e < 0 || up > MAX_UP) {
        e = 0;
        last = 0;
      }
      if (m.size[e] > 1.3 * last || e == 0) {
        level(level++, e);
        last = m.size[e];
      }
      e = e == 0 ? 0 : tree.parent(e);
    }
    for (int c = 0; c < cores.length; c++) {
      int up = 0;
      int i = blocks.around[b];
      while (i > 0 && up < MAX_UP && !(i <= cores[c] && cores[c] < tree.end(i))) {
        boolean inside = cores[c] <= i && i < tree.end(cores[c]);
        if (inside) {
          break;
        }
        up++;
        i = tree.parent(i);
      }
      boolean inside = cores[c] <= i && i < tree.end(cores[c]);
      put("outside core ", c, inside && i != 0 || cores[c] == 0 ? 0 : 1);
      put("levels to core ", c, up);
    }
  }

  private void level(int level, int e) {
    put("level size ", level, log(m.size[e]));
    put("level linked ", level, share(m.linked[e], m.size[e]));
    put("level running ", level, share(m.running[e], m.size[e]));
    put("level share ", level, share(m.size[e], total));
    put("level running share ", level, share(m.running[e], totalRunning));
    put("level block size ", level, log(share(m.size[e], m.count[e])));
    put("level nodes ", level, share(tree.end(e) - e, m.count[e]));
    put("level images ", level, log(m.images[e]));
  }

  private void repetition(int b) {
    int near = -1;
    int far = -1;
    int up = 0;
    int nearUp = 0;
    for (int i = blocks.around[b]; i > 0 && up < MAX_UP; i = tree.parent(i), up++) {
      int g = m.group[i];
      if (m.members[g] >= 3) {
        if (near < 0) {
          near = g;
          nearUp = up;
        }
        if (far < 0 || m.groupSize[g] - m.groupLinked[g] > m.groupSize[far] - m.groupLinked[far]) {
          far = g;
        }
      }
    }
    put("near up", near < 0 ? -1 : nearUp);
    group("near", near);
    group("far", far);
    path(m.path[blocks.around[b]]);
  }

  private void path(int way) {
    put("path members", log(m.pathMembers[way]));
    put("path size", log(share(m.pathSize[way], m.pathMembers[way])));
    put("path linked", share(m.pathLinked[way], m.pathSize[way]));
    put("path running", share(m.pathRunning[way], m.pathSize[way]));
    put("path share", share(m.pathSize[way], total));
  }

  private void group(String name, int g) {
    put(name, " members", g < 0 ? 0 : log(m.members[g]));
    put(name, " size", g < 0 ? 0 : log(share(m.groupSize[g], m.members[g])));
    put(name, " linked", g < 0 ? 0 : share(m.groupLinked[g], m.groupSize[g]));
    put(name, " running", g < 0 ? 0 : share(m.groupRunning[g], m.groupSize[g]));
    put(name, " share", g < 0 ? 0 : share(m.groupSize[g], total));
  }

  private void hints(int b) {
    int start = at;
    for (HtmlHint hint : HINTS) {
      put(hint.name(), 0);
    }
    long seen = 0;
    int i = blocks.first[b];
    for (int up = 0; i > 0 && up < MAX_UP; up++) {
      long fresh = tree.hints(i) & ~seen;
      seen |= fresh;
      for (; fresh != 0; fresh &= fresh - 1) {
        row[start + Long.numberOfTrailingZeros(fresh)] = Math.max(1, HINTS_UP - up);
      }
      i = tree.parent(i);
    }
  }
}
