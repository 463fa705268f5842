package org.gristmill.sources.html;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Learns the parts of {@link HtmlModel} from samples. */
final class LabModels {
  private static final LabBoosting.Settings TYPE =
      new LabBoosting.Settings(40, 5, 0.12, 2, 1, 0.8, 0.3);
  private static final LabBoosting.Settings FIRST =
      new LabBoosting.Settings(80, 16, 0.15, 2, 0.5, 0.5, 0.4);
  private static final LabBoosting.Settings SECOND =
      new LabBoosting.Settings(160, 20, 0.08, 3, 0.5, 0.5, 0.3);

  private LabModels() {}

  /** The types and the first look; there is no second yet. */
  static HtmlModel first(List<LabSample> samples) {
    List<float[]> rows = new ArrayList<>();
    for (LabSample sample : samples) {
      rows.addAll(Arrays.asList(sample.rows));
    }
    return new HtmlModel(types(samples), learn(samples, rows, FIRST), null);
  }

  private static BoostedTrees[] types(List<LabSample> samples) {
    List<LabSample> typed = samples.stream().filter(s -> !s.page.type().isEmpty()).toList();
    HtmlPageType[] types = HtmlPageType.values();
    BoostedTrees[] models = new BoostedTrees[types.length];
    float[][] rows = typed.stream().map(s -> s.pageRow).toArray(float[][]::new);
    double[] weight = new double[rows.length];
    Arrays.fill(weight, 1);
    for (int t = 0; t < types.length; t++) {
      String name = types[t].name().toLowerCase(Locale.ROOT);
      double[] target =
          typed.stream().mapToDouble(s -> s.page.type().equals(name) ? 1 : 0).toArray();
      models[t] = LabBoosting.learn(rows, target, weight, TYPE);
    }
    return models;
  }

  /**
   * Learns the second look.
   *
   * @param unseen for each sample, a model that has not learned from it
   * @param first what the second look will stand upon
   */
  static HtmlModel second(
      List<LabSample> samples, Function<LabSample, HtmlModel> unseen, HtmlModel first) {
    List<float[]> rows = new ArrayList<>();
    for (LabSample sample : samples) {
      HtmlModel model = unseen.apply(sample);
      rows.addAll(
          Arrays.asList(model.rows(sample.measures, sample.rows, model.types(sample.pageRow))));
    }
    return first.with(learn(samples, rows, SECOND));
  }

  private static BoostedTrees learn(
      List<LabSample> samples, List<float[]> rows, LabBoosting.Settings settings) {
    List<float[]> used = new ArrayList<>();
    List<double[]> said = new ArrayList<>();
    int at = 0;
    for (LabSample sample : samples) {
      for (int b = 0; b < sample.rows.length; b++, at++) {
        if (sample.weight[b] > 0) {
          used.add(rows.get(at));
          said.add(new double[] {sample.target[b], sample.weight[b]});
        }
      }
    }
    return LabBoosting.learn(
        used.toArray(float[][]::new),
        said.stream().mapToDouble(s -> s[0]).toArray(),
        said.stream().mapToDouble(s -> s[1]).toArray(),
        settings);
  }
}
