package org.gristmill.tokenize.huggingface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.ibm.icu.text.UnicodeSet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.gristmill.tokenize.model.IntList;
import org.gristmill.tokenize.model.Utf8;
import org.junit.jupiter.api.Test;

/** The fast encoders do what the plain ones do that are written out here. */
class PlainReferenceTest {
  private static final String LETTERS = "aab字é ";

  private static String word(SplittableRandom random, int most) {
    StringBuilder word = new StringBuilder();
    for (int i = 1 + random.nextInt(most); i > 0; i--) {
      word.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return word.toString();
  }

  private static List<Integer> ids(PieceEncoder encoder, String word) {
    byte[] text = ("x" + word + "y").getBytes(StandardCharsets.UTF_8);
    IntList out = new IntList(4);
    encoder.encode(text, 1, text.length - 1, out);
    return Arrays.stream(out.toArray()).boxed().toList();
  }

  /**
   * No other segmentation scores more; several may score as much, the same tokens otherwise placed.
   */
  @Test
  void unigramIsTheBestOfAllSegmentations() {
    SplittableRandom random = new SplittableRandom(5);
    for (int round = 0; round < 200; round++) {
      Map<String, Double> scores = new HashMap<>();
      scores.put("<unk>", 0.0);
      for (int i = 0; i < 12; i++) {
        scores.put(word(random, 3), -1.0 - random.nextInt(1 << 20) / 65536.0);
      }
      List<String> tokens = new ArrayList<>(scores.keySet());
      double[] values = tokens.stream().mapToDouble(scores::get).toArray();
      int unknown = tokens.indexOf("<unk>");
      Unigram unigram = new Unigram(tokens, values, unknown, false, Set.of());
      double least = Arrays.stream(values).min().orElseThrow() - 10;
      for (int i = 0; i < 20; i++) {
        String word = word(random, 9);
        List<List<Integer>> paths = new ArrayList<>();
        collect(word, tokens, unknown, new ArrayList<>(), paths);
        Map<List<Integer>, Double> all = new HashMap<>();
        for (List<Integer> path : paths) {
          double score = path.stream().mapToDouble(id -> id == unknown ? least : values[id]).sum();
          all.merge(fused(path, unknown), score, Math::max);
        }
        double best = Collections.max(all.values());
        double found = all.getOrDefault(ids(unigram, word), Double.NEGATIVE_INFINITY);
        assertEquals(best, found, 1e-9, word + " by " + scores);
      }
    }
  }

  private static List<Integer> fused(List<Integer> path, int unknown) {
    List<Integer> fused = new ArrayList<>();
    for (int id : path) {
      if (id != unknown || fused.isEmpty() || fused.get(fused.size() - 1) != unknown) {
        fused.add(id);
      }
    }
    return fused;
  }

  private static void collect(
      String rest, List<String> tokens, int unknown, List<Integer> path, List<List<Integer>> all) {
    if (rest.isEmpty()) {
      all.add(List.copyOf(path));
      return;
    }
    boolean single = false;
    for (int id = 0; id < tokens.size(); id++) {
      if (rest.startsWith(tokens.get(id))) {
        single |= tokens.get(id).length() == 1;
        path.add(id);
        collect(rest.substring(tokens.get(id).length()), tokens, unknown, path, all);
        path.remove(path.size() - 1);
      }
    }
    if (!single) {
      path.add(unknown);
      collect(rest.substring(1), tokens, unknown, path, all);
      path.remove(path.size() - 1);
    }
  }

  /** Again and again the first merge of the list at its leftmost place. */
  @Test
  void bpeMergesInTheOrderOfTheList() {
    SplittableRandom random = new SplittableRandom(6);
    for (int round = 0; round < 200; round++) {
      List<String> tokens = new ArrayList<>(List.of("<unk>", "a", "b", "字", " "));
      List<String[]> merges = new ArrayList<>();
      for (int i = 0; i < 15; i++) {
        String left = tokens.get(1 + random.nextInt(tokens.size() - 1));
        String right = tokens.get(1 + random.nextInt(tokens.size() - 1));
        if (!tokens.contains(left + right)) {
          tokens.add(left + right);
        }
        merges.add(new String[] {left, right});
      }
      Map<String, Integer> ids = new HashMap<>();
      tokens.forEach(token -> ids.put(token, ids.size()));
      boolean fuse = round % 2 == 0;
      CharBpe bpe = new CharBpe(ids, merges, new CharBpe.Options(0, "", "", fuse, false, false));
      for (int i = 0; i < 20; i++) {
        String word = word(random, 30);
        assertEquals(merged(word, ids, merges, fuse), ids(bpe, word), word);
        assertEquals(merged(word, ids, merges, fuse), ids(bpe, word), "again " + word);
      }
    }
  }

  private static List<Integer> merged(
      String word, Map<String, Integer> ids, List<String[]> merges, boolean fuse) {
    List<String> symbols = new ArrayList<>();
    for (String c : word.split("")) {
      String symbol = ids.containsKey(c) ? c : "<unk>";
      boolean again = !symbols.isEmpty() && symbols.get(symbols.size() - 1).equals("<unk>");
      if (!symbol.equals("<unk>") || !fuse || !again) {
        symbols.add(symbol);
      }
    }
    while (true) {
      int place = -1;
      // Of two equal merges the later one counts.
      Map<String, Integer> ranks = new HashMap<>();
      for (int rank = 0; rank < merges.size(); rank++) {
        ranks.put(merges.get(rank)[0] + "\0" + merges.get(rank)[1], rank);
      }
      int first = Integer.MAX_VALUE;
      for (int i = 0; i + 1 < symbols.size(); i++) {
        Integer rank = ranks.get(symbols.get(i) + "\0" + symbols.get(i + 1));
        if (rank != null && rank < first) {
          first = rank;
          place = i;
        }
      }
      if (place < 0) {
        return symbols.stream().map(ids::get).toList();
      }
      symbols.set(place, symbols.get(place) + symbols.remove(place + 1));
    }
  }

  /** Where Java's own engine means the same, ours finds the same. */
  @Test
  void regexFindsWhatJavaDoes() {
    List<String> expressions =
        List.of(
            "a+b?",
            "(?:ab|a)+?b",
            "a*",
            "[^a]{2,3}",
            "(?:a|ab)(?:b|a)*a",
            "a{2}",
            "(?>a+)b",
            "a++b",
            "(?<=a)b",
            "(?<!a)b",
            "a(?=b)",
            "a(?!b)",
            "(?:a|b)*+a",
            "(?:ab){1,2}",
            "b|a|",
            "[ab]*?字",
            "(a(b)?)+",
            "\\Aa",
            "b\\z",
            "[a\\-b]",
            "[\\x61-\\x62]+",
            "\\u5B57",
            "(?:a*b)+",
            "(?:字|a??b)+");
    SplittableRandom random = new SplittableRandom(7);
    for (String expression : expressions) {
      Pattern ours = Regex.of(expression, null);
      java.util.regex.Pattern plain = java.util.regex.Pattern.compile(expression);
      for (int i = 0; i < 300; i++) {
        String text = word(random, 12);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        java.util.regex.Matcher matcher = plain.matcher(text);
        for (int at = 0; at <= text.length(); at++) {
          matcher.region(0, text.length());
          matcher.useTransparentBounds(true);
          matcher.useAnchoringBounds(false);
          matcher.region(at, text.length());
          int expected =
              matcher.lookingAt() && !expression.contains("\\A") || at == 0 && matcher.lookingAt()
                  ? matcher.end()
                  : -1;
          int start = text.substring(0, at).getBytes(StandardCharsets.UTF_8).length;
          int end = ours.end(bytes, 0, start, bytes.length);
          int found = end < 0 ? -1 : new String(bytes, 0, end, StandardCharsets.UTF_8).length();
          assertEquals(expected, found, expression + " at " + at + " of " + text);
        }
      }
    }
  }

  /** As many code points as the reference's engine was measured to match. */
  @Test
  void classesAreAsLargeAsTheReferences() {
    Map<String, Integer> sizes =
        Map.of(
            "\\p{L}",
            141_028,
            "\\p{N}",
            1_911,
            "\\p{Nd}",
            760,
            "\\p{M}",
            2_501,
            "\\p{Han}",
            99_030,
            "\\s",
            25,
            "\\w",
            144_671);
    UnicodeSet all = new UnicodeSet(0, 0x10FFFF).remove(0xD800, 0xDFFF);
    sizes.forEach(
        (expression, size) -> {
          Pattern pattern = Regex.of(expression, null);
          int count = 0;
          for (int i = 0; i < all.size(); i++) {
            byte[] text = Character.toString(all.charAt(i)).getBytes(StandardCharsets.UTF_8);
            count += pattern.end(text, 0, 0, text.length) == text.length ? 1 : 0;
          }
          assertEquals(size, count, expression);
        });
  }

  @Test
  void noTextOverflowsTheStack() {
    byte[] text = "ab".repeat(1 << 19).getBytes(StandardCharsets.UTF_8);
    assertEquals(text.length, Regex.of("(?:a|b)*", null).end(text, 0, 0, text.length));
    assertEquals(text.length, Regex.of("(?:ab)+", null).end(text, 0, 0, text.length));
    assertTrue(Utf8.count(text, 0, text.length) == text.length);
  }

  /** The nearest double, or the next one to it, which is what the reference reads. */
  @Test
  void fractionsAreReadAsTheReferenceReadsThem() {
    SplittableRandom random = new SplittableRandom(8);
    int off = 0;
    for (int i = 0; i < 100_000; i++) {
      double value = -random.nextDouble(20);
      double read = Real.parse(Double.toString(value));
      assertTrue(Math.abs(read - value) <= Math.ulp(value), () -> "of " + value);
      off += read == value ? 0 : 1;
    }
    assertTrue(off > 1_000, "the reference is often off by one place");
    assertEquals(-20.0, Real.parse("-20.0"));
    assertEquals(1.5e300, Real.parse("1.5e300"));
    assertEquals(0.0, Real.parse("0.0"));
    assertEquals(1.8446744073709552e21, Real.parse("1844674407370955161599.5"));
    assertEquals(5e-324, Real.parse("5e-324"));
  }
}
