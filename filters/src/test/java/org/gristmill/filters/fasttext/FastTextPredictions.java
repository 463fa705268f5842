package org.gristmill.filters.fasttext;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Compares predictions with those of the library of fastText, which {@code
 * src/bench/filters/fasttext_predict.py} wrote: java FastTextPredictions FOLDER. With {@code time
 * MODEL LINES} it prints the least time of the processor of ten rounds instead.
 */
final class FastTextPredictions {
  private static final double NEAR = 1e-5;

  private FastTextPredictions() {}

  public static void main(String[] args) throws IOException {
    if (args[0].equals("time")) {
      time(read(Path.of(args[1])), lines(Path.of(args[2])));
      return;
    }
    Path folder = Path.of(args[0]);
    List<byte[]> lines = lines(folder.resolve("sentences.txt"));
    List<Path> models;
    try (var files = Files.list(folder)) {
      models = files.filter(f -> f.toString().matches(".*\\.(bin|ftz)")).sorted().toList();
    }
    int different = 0;
    for (Path model : models) {
      Path theirs = folder.resolve(model.getFileName() + ".theirs.tsv");
      different += different(model.getFileName(), read(model), lines, Files.readAllLines(theirs));
    }
    System.out.println(models.size() + " models, " + lines.size() + " lines each");
    System.out.println(different + " lines differ");
    System.exit(different == 0 ? 0 : 1);
  }

  private static FastText read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return FastText.read(in);
    }
  }

  private static List<byte[]> lines(Path file) throws IOException {
    List<byte[]> lines = new ArrayList<>();
    byte[] all = Files.readAllBytes(file);
    int start = 0;
    for (int i = 0; i < all.length; i++) {
      if (all[i] == '\n') {
        lines.add(java.util.Arrays.copyOfRange(all, start, i));
        start = i + 1;
      }
    }
    return lines;
  }

  private static int different(Path name, FastText model, List<byte[]> lines, List<String> theirs) {
    if (lines.size() != theirs.size()) {
      throw new IllegalStateException(lines.size() + " lines, " + theirs.size() + " predictions");
    }
    int different = 0;
    double far = 0;
    for (int i = 0; i < theirs.size(); i++) {
      double apart = apart(model, lines.get(i), theirs.get(i));
      far = Math.max(far, apart);
      if (!(apart <= NEAR)) {
        different++;
        if (different <= 2) {
          System.out.println(name + ": " + new String(lines.get(i), StandardCharsets.UTF_8));
          System.out.println("  theirs " + theirs.get(i));
          System.out.println("  ours   " + model.predict(lines.get(i), 5));
        }
      }
    }
    System.out.printf(Locale.ROOT, "%s: %d differ, at most %.1e%n", name, different, far);
    return different;
  }

  /**
   * How far the probabilities are apart; infinity if labels differ other than by the order of equal
   * ones.
   */
  private static double apart(FastText model, byte[] line, String theirs) {
    List<FastText.Prediction> ours = model.predict(line, model.labels().size());
    if (theirs.isEmpty()) {
      return ours.isEmpty() ? 0 : Double.POSITIVE_INFINITY;
    }
    Map<String, Double> known = new HashMap<>();
    ours.forEach(p -> known.put(p.label(), p.probability()));
    double apart = 0;
    String[] parts = theirs.split("\t");
    for (int i = 0; i < parts.length; i++) {
      int space = parts[i].lastIndexOf(' ');
      double probability = Double.parseDouble(parts[i].substring(space + 1));
      double same = known.getOrDefault(parts[i].substring(0, space), Double.NaN);
      apart = Math.max(apart, Math.abs(same - probability));
      apart = Math.max(apart, Math.abs(ours.get(i).probability() - probability));
      if (Double.isNaN(same)) {
        return Double.POSITIVE_INFINITY;
      }
    }
    return apart;
  }

  private static void time(FastText model, List<byte[]> lines) {
    long least = Long.MAX_VALUE;
    double sum = 0;
    for (int round = 0; round < 10; round++) {
      long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      sum = 0;
      for (byte[] line : lines) {
        sum += model.predict(line, 1).get(0).probability();
      }
      least =
          Math.min(least, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);
    }
    System.out.printf(
        Locale.ROOT, "ours   %d lines %.4f s, sum %.3f%n", lines.size(), least / 1e9, sum);
  }
}
