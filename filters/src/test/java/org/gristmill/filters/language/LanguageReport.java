package org.gristmill.filters.language;

import com.ibm.icu.util.ULocale;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.gristmill.core.Hash;

/**
 * How often the bundled model is right, and what passes in languages it does not know: java
 * LanguageReport MODEL DATA [all].
 */
final class LanguageReport {
  private static final Map<String, String> CODES =
      Map.ofEntries(
          Map.entry("arb", "ar"),
          Map.entry("cmn", "zh"),
          Map.entry("khk", "mn"),
          Map.entry("swh", "sw"),
          Map.entry("uzn", "uz"),
          Map.entry("azj", "az"),
          Map.entry("ell", "el"),
          Map.entry("pes", "fa"),
          Map.entry("ydd", "yi"),
          Map.entry("src", "sc"),
          Map.entry("tgl", "tl"),
          Map.entry("mly", "ms"),
          Map.entry("nno", "no"),
          Map.entry("nb", "no"),
          Map.entry("nn", "no"),
          Map.entry("quz", "qu"),
          Map.entry("fuc", "ff"),
          Map.entry("nya", "ny"),
          Map.entry("fri", "fy"),
          Map.entry("ike", "iu"));
  private static final double LEAST = 0.65;

  private LanguageReport() {}

  /** What is counted of one language. */
  private static final class Row {
    int all;
    int right;
    int rightPassed;
    int passed;
    final Map<String, Integer> wrong = new TreeMap<>();

    void add(String code, Optional<LanguageModel.Guess> found) {
      all++;
      if (found.isEmpty()) {
        return;
      }
      LanguageModel.Guess guess = found.get();
      boolean same = guess.language().equals(code);
      right += same ? 1 : 0;
      boolean passes = guess.score() >= LEAST;
      passed += passes ? 1 : 0;
      rightPassed += same && passes ? 1 : 0;
      if (!same) {
        wrong.merge(guess.category() + (passes ? "!" : ""), 1, Integer::sum);
      }
    }

    @Override
    public String toString() {
      List<Map.Entry<String, Integer>> most = new ArrayList<>(wrong.entrySet());
      most.sort(Map.Entry.<String, Integer>comparingByValue().reversed());
      return String.format(
          Locale.ROOT,
          "%5d right %.3f, right and passed %.3f, passed %.3f %s",
          all,
          share(right),
          share(rightPassed),
          share(passed),
          most.subList(0, Math.min(4, most.size())));
    }

    double share(int part) {
      return (double) part / Math.max(1, all);
    }
  }

  public static void main(String[] args) throws IOException {
    LanguageModel model;
    try (InputStream in = Files.newInputStream(Path.of(args[0]))) {
      model = LanguageModel.read(in);
    }
    System.out.println(model.languages().size() + " languages");
    boolean all = args.length > 2;
    Map<String, Row> news = news(model, Path.of(args[1], "multilingual/lingua-sentences"));
    print("news", news, all);
    for (int half = 0; half < 2; half++) {
      Map<String, Row> known = new TreeMap<>();
      Map<String, Row> unknown = new TreeMap<>();
      udhr(model, Path.of(args[1], "multilingual/udhr/udhr2.zip"), half, known, unknown);
      print(half == 0 ? "declaration, tuned" : "declaration, unseen", known, all);
      print(half == 0 ? "unknown, tuned" : "unknown, unseen", unknown, all);
    }
  }

  private static void print(String what, Map<String, Row> rows, boolean all) {
    double right = 0;
    double rightPassed = 0;
    double passed = 0;
    for (Map.Entry<String, Row> row : rows.entrySet()) {
      right += row.getValue().share(row.getValue().right);
      rightPassed += row.getValue().share(row.getValue().rightPassed);
      passed += row.getValue().share(row.getValue().passed);
      if (all) {
        System.out.println(what + " " + row.getKey() + " " + row.getValue());
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%s: %d, right %.4f, right and passed %.4f, passed %.4f, below 90: %s%n",
        what,
        rows.size(),
        right / rows.size(),
        rightPassed / rows.size(),
        passed / rows.size(),
        rows.entrySet().stream()
            .filter(r -> r.getValue().share(r.getValue().right) < 0.9)
            .map(Map.Entry::getKey)
            .toList());
    System.out.println(
        "  above 5 % passed: "
            + rows.values().stream().filter(r -> r.share(r.passed) > 0.05).count());
  }

  private static Map<String, Row> news(LanguageModel model, Path folder) throws IOException {
    Map<String, Row> rows = new TreeMap<>();
    List<Path> files = new ArrayList<>();
    try (var list = Files.list(folder)) {
      list.forEach(files::add);
    }
    Collections.sort(files);
    for (Path file : files) {
      String name = file.getFileName().toString().substring(0, 2);
      Row row = rows.computeIfAbsent(name, n -> new Row());
      try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
        for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
          if (!line.isBlank()) {
            row.add(CODES.getOrDefault(name, name), model.identify(line));
          }
        }
      }
    }
    return rows;
  }

  /** The code of a file of declarations, {@code deu_1901} for example. */
  static String code(String name) {
    String three = name.replaceAll("_.*", "");
    return CODES.getOrDefault(three, new ULocale(three).getLanguage());
  }

  static int half(String name) {
    return Hash.range(Hash.xx64(7, name), 2);
  }

  private static void udhr(
      LanguageModel model, Path zip, int half, Map<String, Row> known, Map<String, Row> unknown)
      throws IOException {
    try (ZipFile file = new ZipFile(zip.toFile())) {
      for (ZipEntry entry : Collections.list(file.entries())) {
        String name = entry.getName().replaceAll(".*/|\\.txt$", "");
        if (entry.isDirectory() || half(name) != half) {
          continue;
        }
        String code = code(name);
        String text = new String(file.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
        boolean is = model.knows(code, Sample.of(text).script);
        Row row = (is ? known : unknown).computeIfAbsent(name, n -> new Row());
        for (String line : text.split("\n")) {
          if (line.codePoints().filter(Character::isLetter).count() >= 30) {
            row.add(code, model.identify(line));
          }
        }
      }
    }
  }
}
