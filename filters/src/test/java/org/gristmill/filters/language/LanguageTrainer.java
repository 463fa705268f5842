package org.gristmill.filters.language;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.ibm.icu.lang.UScript;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipFile;

/**
 * Trains the bundled model: java LanguageTrainer CLASSES.tsv TEXTS LINGUA.jar OUT. TEXTS is what
 * {@code src/bench/filters/language_texts.py} wrote, LINGUA.jar com.github.pemistahl:lingua:1.2.2
 * (Apache-2.0), whose relative frequencies of n-grams in news give counts of n-grams with word
 * bounds too.
 */
final class LanguageTrainer {
  private static final int GRAMS = 9000;
  private static final int DENSE_GRAMS = 24000;

  /** N-grams of news that are a smaller share of all characters are left out, for speed. */
  private static final double LEAST_SHARE = 3e-7;

  /**
   * How much less a character weighs in other text than in that of the same source as the training
   * text, in nats; chosen on the tuned half of the declarations.
   */
  private static final float SHIFT = 0.35f;

  private LanguageTrainer() {}

  private record Trained(
      String name, String language, int script, float usual, Counts.Weights weights) {}

  public static void main(String[] args) throws IOException {
    Map<Integer, List<Trained>> byScript = new TreeMap<>();
    try (ZipFile lingua = new ZipFile(args[2])) {
      Files.readAllLines(Path.of(args[0])).stream()
          .filter(row -> !row.startsWith("#"))
          .map(row -> (row + "\t\t").split("\t", -1))
          .parallel()
          .map(c -> train(c[0], c[1], c[2], Path.of(args[1], c[0] + ".txt"), lingua))
          .forEachOrdered(
              trained ->
                  byScript.computeIfAbsent(trained.script(), s -> new ArrayList<>()).add(trained));
    }
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(Path.of(args[3]))))) {
      out.writeInt(byScript.size());
      for (Map.Entry<Integer, List<Trained>> entry : byScript.entrySet()) {
        out.writeUTF(UScript.getShortName(entry.getKey()));
        write(entry.getValue(), out);
      }
    }
  }

  private static Trained train(
      String name, String language, String lingua, Path texts, ZipFile jar) {
    try {
      return trained(name, language, lingua, Files.readAllLines(texts), jar);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Trained trained(
      String name, String language, String lingua, List<String> lines, ZipFile jar)
      throws IOException {
    int script = script(lines);
    Counts all = new Counts();
    Counts most = new Counts();
    List<String> held = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      words(lines.get(i), script).forEach(all::addWord);
      if (i % 10 == 9) {
        held.add(lines.get(i));
      } else {
        words(lines.get(i), script).forEach(most::addWord);
      }
    }
    boolean news = !lingua.isEmpty() && !hasMarks(script) && hasNgrams(jar, lingua);
    if (news) {
      all.addAll(lingua(jar, lingua));
    }
    int grams = script == UScript.HAN || script == UScript.HANGUL ? DENSE_GRAMS : GRAMS;
    Counts.Weights weights = all.weights(grams);
    double usual = usual(news ? weights : most.weights(grams), held, script);
    System.out.printf(
        "%s %s %s %.0f %.3f %d%n",
        name, UScript.getShortName(script), lingua, all.total(), usual, weights.grams().size());
    float real = (float) usual - (news ? 0 : SHIFT);
    return new Trained(name, language, script, real, weights);
  }

  /** Of languages that alone have a script there are counts of characters only. */
  private static boolean hasNgrams(ZipFile jar, String code) {
    return jar.getEntry("language-models/" + code + "/quadrigrams.json") != null;
  }

  /** Scripts whose marks the counts of lingua leave out. */
  private static boolean hasMarks(int script) {
    return switch (script) {
      case UScript.LATIN,
          UScript.CYRILLIC,
          UScript.GREEK,
          UScript.ARABIC,
          UScript.HEBREW,
          UScript.ARMENIAN,
          UScript.GEORGIAN,
          UScript.HAN,
          UScript.HANGUL ->
          false;
      default -> true;
    };
  }

  private static int script(List<String> lines) {
    Sample sample = Sample.of(String.join("\n", lines.subList(0, Math.min(4000, lines.size()))));
    return sample.script;
  }

  private static List<String> words(String line, int script) {
    Sample sample = Sample.of(line);
    if (sample.script != script) {
      return List.of();
    }
    List<String> words = new ArrayList<>();
    for (String word : new String(sample.chars, 0, sample.ends[1]).trim().split(" ")) {
      if (!word.isEmpty()) {
        words.add(" " + word + " ");
      }
    }
    return words;
  }

  /** What a character of a text weighs, in nats. */
  private static double usual(Counts.Weights weights, List<String> lines, int script) {
    Map<String, Double> map = new HashMap<>();
    weights.grams().forEach(w -> map.put(w.gram(), w.weight()));
    double sum = 0;
    long chars = 0;
    for (String line : lines) {
      for (String word : words(line, script)) {
        for (int end = 2; end <= word.length(); end++) {
          chars++;
          for (int n = 1; n <= Counts.LONGEST && n <= end; n++) {
            sum += map.getOrDefault(word.substring(end - n, end), 0.0);
          }
        }
      }
    }
    return chars == 0 ? 0 : sum / chars;
  }

  private static Counts lingua(ZipFile jar, String code) throws IOException {
    List<Map<String, Double>> counts = new ArrayList<>();
    Map<String, Double> shorter = Map.of("", 1.0);
    double total = 0;
    for (String n : List.of("unigrams", "bigrams", "trigrams", "quadrigrams")) {
      Map<String, Double> of = new HashMap<>();
      String name = "language-models/" + code + "/" + n + ".json";
      try (InputStream in = jar.getInputStream(jar.getEntry(name));
          JsonParser json = new JsonFactory().createParser(in)) {
        while (json.nextToken() != null) {
          if (json.currentToken() == JsonToken.FIELD_NAME && json.currentName().contains("/")) {
            String[] fraction = json.currentName().split("/");
            double share = Double.parseDouble(fraction[0]) / Double.parseDouble(fraction[1]);
            total = n.equals("unigrams") ? Math.max(total, Double.parseDouble(fraction[1])) : total;
            json.nextToken();
            for (String gram : json.getText().split(" ")) {
              double count =
                  share * shorter.getOrDefault(gram.substring(0, gram.length() - 1), 0.0);
              if (count >= LEAST_SHARE) {
                of.put(gram, count);
              }
            }
          }
        }
      }
      counts.add(of);
      shorter = of;
    }
    return bounded(counts, total);
  }

  /** Counts with word bounds: how often a gram begins a word is how often nothing precedes it. */
  private static Counts bounded(List<Map<String, Double>> shares, double total) {
    Counts all = new Counts();
    List<Map<String, Double>> starts = new ArrayList<>();
    double words = 0;
    for (int n = 1; n <= 4; n++) {
      shares.get(n - 1).forEach((gram, share) -> all.add(gram, Math.rint(share * total)));
      if (n == 4) {
        continue;
      }
      Map<String, Double> start = new HashMap<>(shares.get(n - 1));
      Map<String, Double> end = new HashMap<>(shares.get(n - 1));
      for (Map.Entry<String, Double> longer : shares.get(n).entrySet()) {
        String gram = longer.getKey();
        start.computeIfPresent(gram.substring(1), (g, s) -> s - longer.getValue());
        end.computeIfPresent(gram.substring(0, n), (g, s) -> s - longer.getValue());
      }
      start.forEach((gram, share) -> all.add(" " + gram, Math.rint(share * total)));
      end.forEach((gram, share) -> all.add(gram + " ", Math.rint(share * total)));
      if (n == 1) {
        words = end.values().stream().mapToDouble(s -> Math.max(0, s)).sum();
      }
      starts.add(start);
    }
    all.add(" ", Math.rint(words * total));
    for (int n = 1; n <= 2; n++) {
      Map<String, Double> whole = new HashMap<>(starts.get(n - 1));
      int length = n;
      starts
          .get(n)
          .forEach(
              (gram, share) ->
                  whole.computeIfPresent(
                      gram.substring(0, length), (g, s) -> s - Math.max(0, share)));
      whole.forEach((gram, share) -> all.add(" " + gram + " ", Math.rint(share * total)));
    }
    return all;
  }

  private static void write(List<Trained> classes, DataOutputStream out) throws IOException {
    TreeMap<String, ByteArrayOutputStream> grams = new TreeMap<>();
    out.writeInt(classes.size());
    for (int i = 0; i < classes.size(); i++) {
      Trained trained = classes.get(i);
      out.writeUTF(trained.name());
      out.writeUTF(trained.language());
      out.writeFloat(trained.usual());
      for (Counts.Weight weight : trained.weights().grams()) {
        int steps = (int) Math.rint(weight.weight() / ScriptTable.STEP);
        if (steps != 0) {
          ByteArrayOutputStream row =
              grams.computeIfAbsent(weight.gram(), g -> new ByteArrayOutputStream());
          row.write(i);
          row.write(Math.max(-128, Math.min(127, steps)));
        }
      }
    }
    out.writeInt(grams.size());
    out.writeInt(grams.values().stream().mapToInt(row -> row.size() + 1).sum());
    String before = "";
    for (Map.Entry<String, ByteArrayOutputStream> entry : grams.entrySet()) {
      String gram = entry.getKey();
      int common = 0;
      while (common < Math.min(before.length(), gram.length())
          && before.charAt(common) == gram.charAt(common)) {
        common++;
      }
      out.writeByte(common << 4 | gram.length());
      out.writeChars(gram.substring(common));
      out.writeByte(entry.getValue().size() / 2);
      entry.getValue().writeTo(out);
      before = gram;
    }
  }
}
