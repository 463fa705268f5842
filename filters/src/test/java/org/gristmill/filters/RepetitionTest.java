package org.gristmill.filters;

import static org.gristmill.filters.Judging.number;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gristmill.testing.HardTexts;
import org.junit.jupiter.api.Test;

/** The definitions of dolma and DCLM, beside their plain statements. */
class RepetitionTest {
  private static List<List<String>> grams(List<String> words, int n) {
    List<List<String>> grams = new ArrayList<>();
    for (int i = 0; i + n <= words.size(); i++) {
      grams.add(words.subList(i, i + n));
    }
    return grams;
  }

  private static <T> Map<T, Integer> counts(List<T> all) {
    Map<T, Integer> counts = new LinkedHashMap<>();
    all.forEach(one -> counts.merge(one, 1, Integer::sum));
    return counts;
  }

  private static int chars(List<String> words) {
    return words.stream().mapToInt(Plain::chars).sum();
  }

  private static List<String> between(String text) {
    return List.of(Plain.strip(text).split("[\\s\\x1c-\\x1f\\x85\\xa0]+")).stream()
        .filter(w -> !w.isEmpty())
        .toList();
  }

  @Test
  void dolmaCountsEveryCopy() {
    for (String text :
        List.of("a b c a b c a b", "to be or not to be to be or not to be\nx\nx\n")) {
      List<String> words = between(text);
      for (int n = 2; n <= 10; n++) {
        Map<List<String>, Integer> counts = counts(grams(words, n));
        double expected;
        String name;
        if (n <= 4) {
          int most = counts.values().stream().mapToInt(c -> c).max().orElse(0);
          expected =
              counts.entrySet().stream()
                  .filter(e -> e.getValue() == most)
                  .findFirst()
                  .map(e -> (double) most * chars(e.getKey()) / chars(words))
                  .orElse(0.0);
          name = "top-" + n + "-gram";
        } else {
          double all =
              counts.entrySet().stream().mapToInt(e -> e.getValue() * chars(e.getKey())).sum();
          double repeated =
              counts.entrySet().stream()
                  .filter(e -> e.getValue() > 1)
                  .mapToInt(e -> e.getValue() * chars(e.getKey()))
                  .sum();
          expected = Plain.share(repeated, all);
          name = "duplicate-" + n + "-grams";
        }
        assertEquals(
            expected, number(GopherRepetition.DOLMA, text, "gopher-repetition." + name), 1e-12);
      }
    }
    String lines = "x\ny\nx\n";
    assertEquals(
        0.5, number(GopherRepetition.DOLMA, lines, "gopher-repetition.duplicate-lines"), 1e-12);
    assertEquals(
        2.0 / 3,
        number(GopherRepetition.DOLMA, lines, "gopher-repetition.duplicate-line-chars"),
        1e-12);
  }

  @Test
  void dclmCountsEveryWordOnce() {
    List<String> texts = new ArrayList<>(HardTexts.prose());
    texts.add("a b c d e f a b c d e f a b c d e f.");
    texts.add("one two three, one two three; four five one two");
    for (String text : texts) {
      List<String> words = new ArrayList<>();
      Words all = Scan.of(org.gristmill.core.Text.of(text)).words(Splitter.UNICODE);
      for (int w = 0; w < all.count(); w++) {
        if (!all.is(w, Words.SYMBOL)) {
          words.add(all.string(w));
        }
      }
      for (int n = 2; n <= 10; n++) {
        List<List<String>> grams = grams(words, n);
        Map<List<String>, Integer> counts = new HashMap<>(counts(grams));
        int most = counts.values().stream().mapToInt(c -> c).max().orElse(0);
        double expected;
        if (n <= 4) {
          int longest =
              counts.entrySet().stream()
                  .filter(e -> e.getValue() == most && most > 1)
                  .mapToInt(e -> chars(e.getKey()))
                  .max()
                  .orElse(0);
          expected = Plain.share((double) longest * most, chars(words));
        } else {
          Set<Integer> covered = new HashSet<>();
          for (int i = 0; i < grams.size(); i++) {
            for (int w = i; counts.get(grams.get(i)) > 1 && w < i + n; w++) {
              covered.add(w);
            }
          }
          expected =
              Plain.share(
                  covered.stream().mapToInt(w -> Plain.chars(words.get(w))).sum(), chars(words));
        }
        String name = n <= 4 ? "top-" + n + "-gram" : "duplicate-" + n + "-grams";
        assertEquals(
            expected, number(GopherRepetition.DCLM, text, "gopher-repetition." + name), 1e-12);
      }
    }
  }
}
