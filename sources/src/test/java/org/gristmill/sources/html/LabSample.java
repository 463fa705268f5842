package org.gristmill.sources.html;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.gristmill.sources.html.parser.Nodes;

/** A page as the trainer sees it: numbers and, where people said something, targets. */
final class LabSample {
  private static final Pattern BLANK = Pattern.compile("[\\s\\u00a0]+");

  final LabPage page;
  final HtmlMeasures measures;
  final float[] pageRow;
  final float[][] rows;
  final String[] texts;
  final double[] target;
  final double[] weight;

  /** How much a block counts in the word measures. */
  final double[] size;

  LabSample(LabPage source) {
    Nodes document = HtmlText.parse(source.html());
    HtmlTree tree = new HtmlTree(document);
    HtmlHead head = new HtmlHead(document, tree.data());
    measures = new HtmlMeasures(tree, head);
    pageRow = new HtmlPageFeatures(measures, head).row();
    rows = new HtmlFeatures(measures).rows();
    int n = measures.blocks.count;
    texts = new String[n];
    size = new double[n];
    List<List<String>> words = new ArrayList<>();
    for (int b = 0; b < n; b++) {
      texts[b] = measures.text(b);
      words.add(LabScores.words(texts[b]));
      size[b] = measures.words[b].words;
    }
    target = new double[n];
    weight = new double[n];
    if (source.truth().isPresent()) {
      byTruth(words, source.truth().get(), source.set());
    }
    bySnippets(source);
    tree.forget();
    page =
        new LabPage(
            source.set(),
            source.id(),
            source.type(),
            source.site(),
            "",
            source.truth(),
            source.with(),
            source.without());
  }

  private void byTruth(List<List<String>> words, String truth, String set) {
    double[] share = LabLabels.of(words, truth);
    double wanted = Math.max(20, LabScores.words(truth).size());
    double sum = 0;
    double found = 0;
    for (int b = 0; b < share.length; b++) {
      target[b] = share[b];
      int n = words.get(b).size();
      found += n * share[b];
      weight[b] = n == 0 ? 0 : Math.min(1, n / wanted) + 0.2 / share.length;
      sum += weight[b];
    }
    double of =
        switch (set) {
          case "readability" -> 0.5;
          case "licensedb" -> 0.05;
          default -> 1;
        };
    // Where the page lacks what was written down, what it has is judged wrongly too.
    double there = Math.min(1, found / wanted);
    double scale = of * there * Math.min(1, 2 / Math.max(1e-9, sum));
    for (int b = 0; b < share.length; b++) {
      weight[b] *= scale;
    }
  }

  private void bySnippets(LabPage source) {
    if (source.truth().isPresent()) {
      return;
    }
    double each = 0.7 / Math.max(1, source.with().size() + source.without().size());
    for (int side = 0; side < 2; side++) {
      for (String snippet : side == 0 ? source.without() : source.with()) {
        String plain = BLANK.matcher(snippet).replaceAll(" ").strip();
        for (int b = 0; b < texts.length; b++) {
          if (texts[b].contains(plain) || texts[b].length() > 25 && plain.contains(texts[b])) {
            target[b] = side;
            weight[b] = each;
          }
        }
      }
    }
  }

  /** The text of the blocks that a model keeps. */
  String text(HtmlModel model) {
    double[] p = model.content(measures, rows, model.types(pageRow));
    HtmlWholes.even(measures, p);
    double threshold = HtmlChoice.of(p, size).threshold();
    StringBuilder text = new StringBuilder();
    for (int b = 0; b < p.length; b++) {
      text.append(p[b] >= threshold ? texts[b] + "\n" : "");
    }
    return text.toString();
  }
}
