package org.gristmill.filters.language;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts of the n-grams of one class, n from 1 to 4, in words with a space before and behind; and
 * the weights that they give.
 */
final class Counts {
  static final int LONGEST = 4;

  /** An unseen character is one of so many. */
  private static final double CHARACTERS = 5_000;

  /** Probability of a character that a class was never seen to have. */
  private static final double UNSEEN = 1e-6;

  /** Least probability that a context leaves to shorter ones. */
  private static final double LEAST_LEFT = 1e-3;

  private final Map<String, Double> counts = new HashMap<>();

  void add(String gram, double count) {
    if (count > 0) {
      counts.merge(gram, count, Double::sum);
    }
  }

  /** Counts what ends at each place of a word behind its first space. */
  void addWord(String padded) {
    for (int end = 2; end <= padded.length(); end++) {
      for (int n = 1; n <= LONGEST && n <= end; n++) {
        add(padded.substring(end - n, end), 1);
      }
    }
  }

  double total() {
    return counts.entrySet().stream()
        .filter(e -> e.getKey().length() == 1)
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  void addAll(Counts other) {
    other.counts.forEach(this::add);
  }

  /** What the weights of a class say of one gram. */
  record Weight(String gram, double weight, double use) {}

  /** Weights, and the logarithm of the probability of an unseen character. */
  record Weights(List<Weight> grams, double unseen) {}

  /**
   * Interpolated probabilities after Witten and Bell, as weights that add up: the sum over all
   * grams of a word is the logarithm of its probability.
   *
   * @param most how many grams at most
   */
  Weights weights(int most) {
    Map<String, double[]> contexts = new HashMap<>(); // count, distinct
    counts.forEach(
        (gram, count) -> {
          double[] context =
              contexts.computeIfAbsent(gram.substring(0, gram.length() - 1), g -> new double[2]);
          context[0] += count;
          context[1]++;
        });
    double[] all = contexts.get("");
    double unseenShare = all[1] / (all[0] + all[1]);
    double unseen = Math.log(UNSEEN);
    List<String> grams = new ArrayList<>(counts.keySet());
    grams.sort(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
    Map<String, Double> probabilities = new HashMap<>();
    for (String gram : grams) {
      double[] context = contexts.get(gram.substring(0, gram.length() - 1));
      double lower =
          gram.length() == 1
              ? 1 / CHARACTERS
              : probabilities.getOrDefault(gram.substring(1), 1 / CHARACTERS);
      double sum = context[0] + context[1];
      probabilities.put(gram, (counts.get(gram) + context[1] * lower) / sum);
    }
    List<String> kept = new ArrayList<>(grams);
    Map<String, Double> use = new HashMap<>();
    for (String gram : grams) {
      double[] context = contexts.get(gram.substring(0, gram.length() - 1));
      double backed =
          gram.length() == 1
              ? unseenShare / CHARACTERS
              : probabilities.getOrDefault(gram.substring(1), 1 / CHARACTERS)
                  * context[1]
                  / (context[0] + context[1]);
      use.put(gram, counts.get(gram) * Math.log(probabilities.get(gram) / backed));
    }
    kept.sort(Comparator.comparingDouble((String g) -> -use.get(g)).thenComparing(g -> g));
    Map<String, Double> closed = new HashMap<>();
    for (String gram : kept) {
      if (closed.size() >= most) {
        break;
      }
      for (int n = 1; n <= gram.length(); n++) { // what a gram rests on stays with it
        closed.putIfAbsent(gram.substring(0, n), 0.0);
        closed.putIfAbsent(gram.substring(gram.length() - n), 0.0);
      }
    }
    Map<String, Double> backs = backs(closed.keySet(), probabilities);
    List<Weight> weights = new ArrayList<>();
    for (String gram : closed.keySet()) {
      double weight = 0;
      Double p = probabilities.get(gram);
      if (p != null) {
        weight = Math.log(p) - backed(gram, probabilities, closed.keySet(), backs, unseen);
      }
      if (!gram.endsWith(" ") || gram.equals(" ")) {
        weight += backs.getOrDefault(gram, 0.0);
      }
      weights.add(new Weight(gram, weight, use.getOrDefault(gram, 0.0)));
    }
    weights.sort(Comparator.comparing(Weight::gram));
    return new Weights(Collections.unmodifiableList(weights), unseen);
  }

  /** The logarithms of what each context leaves to shorter ones, so that all adds up to one. */
  private static Map<String, Double> backs(Set<String> kept, Map<String, Double> probabilities) {
    Map<String, double[]> taken = new HashMap<>();
    for (String gram : kept) {
      if (gram.length() > 1 && probabilities.containsKey(gram)) {
        double[] sums =
            taken.computeIfAbsent(gram.substring(0, gram.length() - 1), g -> new double[2]);
        sums[0] += probabilities.get(gram);
        sums[1] += probabilities.getOrDefault(gram.substring(1), UNSEEN);
      }
    }
    Map<String, Double> backs = new HashMap<>();
    taken.forEach(
        (context, sums) ->
            backs.put(
                context,
                Math.log(Math.max(LEAST_LEFT, 1 - sums[0]) / Math.max(LEAST_LEFT, 1 - sums[1]))));
    return backs;
  }

  private static double backed(
      String gram,
      Map<String, Double> probabilities,
      Set<String> kept,
      Map<String, Double> backs,
      double unseen) {
    if (gram.length() == 1) {
      return unseen;
    }
    String shorter = gram.substring(1);
    double left = backs.getOrDefault(gram.substring(0, gram.length() - 1), 0.0);
    return kept.contains(shorter) && probabilities.containsKey(shorter)
        ? left + Math.log(probabilities.get(shorter))
        : left + backed(shorter, probabilities, kept, backs, unseen);
  }
}
