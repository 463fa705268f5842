package org.gristmill.sources.html;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.gristmill.core.Hash;

/**
 * Trains and measures the extractor; {@code docs/extraction.md} says how to call it.
 *
 * <p>{@code validate FOLDER} learns and measures by cross-validation over sites, and then once on
 * the sites that are held out; {@code train FOLDER FILE} learns on all and writes the model; {@code
 * both FOLDER FILE} does the one and then the other; {@code measure FOLDER} measures the extractor
 * as shipped, on pages it was trained on.
 */
public final class ExtractionLab {
  private static final int FOLDS = 4;

  /** The fold of the sites that are held out: no setting may be chosen by them. */
  private static final int HELD_OUT = FOLDS;

  private ExtractionLab() {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[1]);
    switch (args[0]) {
      case "validate" -> validate(samples(folder));
      case "train" -> train(samples(folder), Path.of(args[2]));
      case "both" -> {
        List<LabSample> samples = samples(folder);
        validate(samples);
        train(samples, Path.of(args[2]));
      }
      case "measure" -> measure(folder);
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  /** A quarter of the sites is held out, the rest in folds. */
  private static int fold(LabSample sample) {
    String site = sample.page.site();
    boolean held = Long.remainderUnsigned(Hash.xx64(8, site), 4) == 0;
    return held ? HELD_OUT : (int) Long.remainderUnsigned(Hash.xx64(9, site), FOLDS);
  }

  private static List<LabSample> samples(Path folder) throws IOException {
    List<LabPage> pages = new ArrayList<>();
    LabPages.read(folder, pages::add);
    return pages.parallelStream().map(LabSample::new).toList();
  }

  private static void validate(List<LabSample> samples) {
    LabReport report = new LabReport();
    HtmlModel[][] firsts = new HtmlModel[FOLDS + 1][FOLDS + 1];
    for (int k = 0; k < FOLDS; k++) {
      for (int j = k; j < FOLDS; j++) {
        int out1 = k;
        int out2 = j;
        firsts[k][j] = first(samples, f -> f != out1 && f != out2 && f != HELD_OUT);
        firsts[j][k] = firsts[k][j];
      }
    }
    for (int k = 0; k < FOLDS; k++) {
      int out = k;
      HtmlModel model =
          LabModels.second(
              samples.stream().filter(s -> fold(s) != out && fold(s) != HELD_OUT).toList(),
              s -> firsts[out][fold(s)],
              firsts[k][k]);
      samples.stream().filter(s -> fold(s) == out).forEach(s -> report.add(s.page, s.text(model)));
      System.out.println("fold " + k + " done");
    }
    System.out.println("Cross-validation:\n" + report.table());
    HtmlModel model =
        LabModels.second(
            samples.stream().filter(s -> fold(s) != HELD_OUT).toList(),
            s -> firsts[fold(s)][fold(s)],
            first(samples, f -> f != HELD_OUT));
    LabReport held = new LabReport();
    samples.stream().filter(s -> fold(s) == HELD_OUT).forEach(s -> held.add(s.page, s.text(model)));
    System.out.println("Held out:\n" + held.table());
  }

  private static HtmlModel first(List<LabSample> samples, IntPredicate folds) {
    return LabModels.first(samples.stream().filter(s -> folds.test(fold(s))).toList());
  }

  private static void train(List<LabSample> samples, Path file) throws IOException {
    HtmlModel[] firsts = new HtmlModel[FOLDS + 1];
    for (int k = 0; k <= FOLDS; k++) {
      int out = k;
      firsts[k] = first(samples, f -> f != out);
    }
    HtmlModel model = LabModels.second(samples, s -> firsts[fold(s)], first(samples, f -> true));
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      DataOutputStream data = new DataOutputStream(out);
      model.write(data);
      data.flush();
    }
  }

  private static void measure(Path folder) throws IOException {
    LabReport report = new LabReport();
    long[] work = new long[2];
    LabPages.read(
        folder,
        page -> {
          long start = System.nanoTime();
          String text = HtmlText.extract(page.html()).text();
          work[0] += System.nanoTime() - start;
          work[1] += page.html().length();
          report.add(page, text);
        });
    System.out.println(report.table());
    System.out.printf("%.1f million characters a second%n", 1e3 * work[1] / work[0]);
  }
}
