package org.gristmill.sources.html;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the main content of a page.
 *
 * <p>Three steps: take out what names itself as something else (menus, comments, related links);
 * let every paragraph vote for the elements around it, nearer ones more, and take the winner with
 * those of its neighbours that look alike; take out of that what is mostly links. The idea is that
 * of Arc90's Readability and of Kohlschütter et al., "Boilerplate Detection using Shallow Text
 * Features" (WSDM 2010); the weights are our own.
 */
final class HtmlContent {
  private static final Set<String> SECTIONS =
      Set.of("div", "section", "article", "main", "td", "body", "center", "form", "blockquote");
  private static final Set<String> ASIDE = Set.of("aside", "footer", "form", "nav");
  private static final Set<String> PARTS = Set.of("article", "main", "section");
  private static final Set<String> ROLES =
      Set.of(
          "navigation",
          "complementary",
          "banner",
          "contentinfo",
          "search",
          "menu",
          "menubar",
          "dialog",
          "alertdialog",
          "toolbar",
          "alert");

  /** How far up we look for an element's surroundings. */
  private static final int MAX_UP = 100;

  /** Less text than this is tried again with a milder hand, */
  private static final int ENOUGH = 250;

  /** and so is less than this share of the page's. */
  private static final double ENOUGH_OF_PAGE = 0.15;

  /** The main content has this share of the text that is left, or it is not one element. */
  private static final double WIDE = 0.6;

  private final HtmlTree tree;
  private final Map<String, Set<HtmlLabel>> labels = new HashMap<>();

  HtmlContent(HtmlTree tree) {
    this.tree = tree;
  }

  /** The subtrees that hold the main content, in document order. */
  List<Integer> find() {
    int all = running(0);
    for (Strictness strictness : Strictness.values()) {
      tree.restore();
      if (strictness != Strictness.NOTHING) {
        removeOthers(strictness);
        tree.measure();
      }
      List<Integer> roots = select();
      clean(roots);
      tree.measure();
      int found = running(roots);
      if (found >= ENOUGH && found >= ENOUGH_OF_PAGE * all || found > all / 2) {
        return roots;
      }
    }
    tree.restore();
    return List.of(0);
  }

  private enum Strictness {
    NAMES,
    TAGS,
    NOTHING
  }

  private void removeOthers(Strictness strictness) {
    int half = tree.size[0] / 2;
    for (int i = 1; i < tree.length(); i++) {
      if (!tree.isText(i) && tree.size[i] <= half && other(i, strictness)) {
        tree.remove(i);
        i = tree.end[i] - 1;
      }
    }
  }

  private boolean other(int i, Strictness strictness) {
    String name = tree.names.get(i);
    boolean banner = name.equals("header") && !insideContent(i);
    if (banner || ASIDE.contains(name) || ROLES.contains(tree.attribute(i, "role"))) {
      return true;
    }
    if (strictness != Strictness.NAMES || name.equals("article") || name.equals("main")) {
      return false;
    }
    Set<HtmlLabel> label = label(i);
    return label.contains(HtmlLabel.OTHER)
        || label.contains(HtmlLabel.MAYBE) && !label.contains(HtmlLabel.CONTENT);
  }

  private boolean insideContent(int i) {
    int at = tree.parent[i];
    for (int up = 0; at > 0 && up < MAX_UP; up++) {
      if (PARTS.contains(tree.names.get(at))) {
        return true;
      }
      at = tree.parent[at];
    }
    return false;
  }

  private Set<HtmlLabel> label(int i) {
    String own = tree.attribute(i, "class") + " " + tree.attribute(i, "id");
    return own.length() == 1 ? Set.of() : labels.computeIfAbsent(own, HtmlLabel::of);
  }

  private List<Integer> select() {
    double[] score = score();
    int best = 0;
    for (int i = 1; i < tree.length(); i++) {
      if (!tree.removed[i] && score[i] > score[best]) {
        best = i;
      }
    }
    if (score[best] <= 0) {
      return List.of(0);
    }
    best = climb(best, score);
    List<Integer> roots = withNeighbours(best, score);
    return running(roots) < WIDE * running(0) ? List.of(widen(best)) : roots;
  }

  /** The nearest subtree around one that holds enough of what the page has to say. */
  private int widen(int best) {
    int i = best;
    while (i > 0 && running(i) < WIDE * running(0)) {
      i = tree.parent[i];
    }
    return i;
  }

  /** Size of the text outside links. */
  private int running(int i) {
    return tree.size[i] - tree.linked[i];
  }

  private int running(List<Integer> roots) {
    return roots.stream().mapToInt(this::running).sum();
  }

  private int climb(int best, double[] score) {
    int top = best;
    for (int i = tree.parent[best]; i > 0; i = tree.parent[i]) {
      if (score[i] > score[top] * 0.75 && tree.size[i] > tree.size[top]) {
        top = i;
      } else if (score[i] < score[best] / 3) {
        break;
      }
    }
    return top;
  }

  private List<Integer> withNeighbours(int best, double[] score) {
    int parent = tree.parent[best];
    if (parent < 0) {
      return List.of(best);
    }
    List<Integer> roots = new ArrayList<>();
    double enough = Math.max(10, score[best] * 0.2);
    for (int i = parent + 1; i < tree.end[parent]; i = tree.end[i]) {
      boolean alike = score[i] >= enough;
      boolean paragraph =
          tree.names.get(i).equals("p") && tree.size[i] > 80 && tree.linkDensity(i) < 0.25;
      if (i == best || !tree.removed[i] && (alike || paragraph)) {
        roots.add(i);
      }
    }
    return roots;
  }

  /** What the paragraphs say of the elements around them. */
  private double[] score() {
    int n = tree.length();
    int[] block = new int[n];
    int[] size = new int[n];
    int[] linked = new int[n];
    int[] commas = new int[n];
    for (int i = 0; i < n; i++) {
      block[i] = i == 0 || tree.isBlock(i) ? i : block[tree.parent[i]];
      if (tree.removed[i]) {
        continue;
      }
      if (tree.isText(i)) {
        size[block[i]] += tree.size[i];
        commas[block[i]] += tree.commas[i];
      } else if (tree.names.get(i).equals("a")) {
        linked[block[i]] += tree.linked[i];
      }
    }
    double[] score = new double[n];
    boolean[] touched = new boolean[n];
    for (int i = 0; i < n; i++) {
      if (block[i] == i && size[i] >= 25 && linked[i] * 2 < size[i]) {
        double points = 1 + commas[i] + Math.min(size[i] / 100.0, 3);
        vote(i, points, score, touched);
      }
    }
    for (int i = 0; i < n; i++) {
      score[i] = touched[i] ? (score[i] + bonus(i)) * (1 - tree.linkDensity(i)) : 0;
    }
    return score;
  }

  private void vote(int paragraph, double points, double[] score, boolean[] touched) {
    int i = SECTIONS.contains(tree.names.get(paragraph)) ? paragraph : tree.parent[paragraph];
    int level = 0;
    for (int up = 0; i >= 0 && level < 6 && up < MAX_UP; up++, i = tree.parent[i]) {
      if (!SECTIONS.contains(tree.names.get(i))) {
        continue;
      }
      score[i] += level == 0 ? points : level == 1 ? points / 2 : points / (level * 3);
      touched[i] = true;
      level++;
    }
  }

  private double bonus(int i) {
    String name = tree.names.get(i);
    double bonus = name.equals("article") || name.equals("main") ? 15 : name.equals("div") ? 5 : 0;
    if (tree.attribute(i, "itemprop").equals("articleBody")) {
      bonus += 50;
    }
    Set<HtmlLabel> label = label(i);
    bonus += label.contains(HtmlLabel.CONTENT) ? 15 : 0;
    bonus -= label.contains(HtmlLabel.MAYBE) ? 15 : 0;
    return bonus;
  }

  /** Takes out lists and sections that are mostly links. */
  private void clean(List<Integer> roots) {
    for (int root : roots) {
      int half = tree.size[root] / 2;
      for (int i = root + 1; i < tree.end[root]; i++) {
        if (!tree.removed[i] && !tree.isText(i) && tree.size[i] <= half && mostlyLinks(i)) {
          tree.remove(i);
          i = tree.end[i] - 1;
        }
      }
    }
  }

  private boolean mostlyLinks(int i) {
    String name = tree.names.get(i);
    return switch (name) {
      case "ul", "ol", "dl", "div", "section", "table", "form", "fieldset", "center" ->
          tree.linkDensity(i) > 0.5;
      case "p", "h2", "h3", "h4", "h5", "h6" -> tree.linkDensity(i) > 0.85 && tree.size[i] < 200;
      default -> false;
    };
  }
}
