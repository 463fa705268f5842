package org.gristmill.filters;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Strings with rules of their own that affixes or infixes part: where their parts stand side by
 * side in the words of a text, the words follow the rule.
 *
 * <p>Of overlapping finds the longest counts, then the first. Parts with white space between are
 * found too, though they stay as they are, because what they cover is not looked at again.
 */
final class SpacyPhrases {
  static final SpacyPhrases ENGLISH = new SpacyPhrases(SpacyRules.ENGLISH);

  /**
   * @param parts bytes of each part
   */
  private record Phrase(List<byte[]> parts) {}

  private record Find(int start, int length) {
    int end() {
      return start + length;
    }
  }

  private final SpacyRules rules;
  private final Map<String, List<Phrase>> byFirst = new HashMap<>();
  private final boolean[] firstBytes = new boolean[256];
  private final boolean[] secondBytes = new boolean[256];
  private int longestFirst;

  private SpacyPhrases(SpacyRules rules) {
    this.rules = rules;
    for (String string : rules.cases()) {
      byte[] text = string.getBytes(StandardCharsets.UTF_8);
      Words words = SpacyWords.withoutCases(text);
      if (words.count() < 2) {
        continue;
      }
      List<byte[]> parts = new ArrayList<>();
      for (int w = 0; w < words.count(); w++) {
        parts.add(Arrays.copyOfRange(text, words.start(w), words.end(w)));
      }
      byFirst.computeIfAbsent(words.string(0), f -> new ArrayList<>()).add(new Phrase(parts));
      firstBytes[parts.get(0)[0] & 0xFF] = true;
      secondBytes[parts.get(1)[0] & 0xFF] = true;
      longestFirst = Math.max(longestFirst, parts.get(0).length);
    }
  }

  /** The words as the rules want them; the same object if no rule applies. */
  Words apply(Words words) {
    byte[] text = words.text;
    List<Find> finds = null;
    for (int w = 0; w + 1 < words.count(); w++) {
      if (secondBytes[text[words.start(w + 1)] & 0xFF]
          && firstBytes[text[words.start(w)] & 0xFF]
          && words.bytes(w) <= longestFirst) {
        finds = find(words, w, finds);
      }
    }
    return finds == null ? words : rewritten(words, chosen(finds, words.count()));
  }

  private List<Find> find(Words words, int w, List<Find> finds) {
    List<Find> all = finds;
    for (Phrase phrase : byFirst.getOrDefault(words.string(w), List.of())) {
      if (stands(phrase, words, w)) {
        all = all == null ? new ArrayList<>() : all;
        all.add(new Find(w, phrase.parts().size()));
      }
    }
    return all;
  }

  private static boolean stands(Phrase phrase, Words words, int first) {
    List<byte[]> parts = phrase.parts();
    if (first + parts.size() > words.count()) {
      return false;
    }
    for (int i = 0; i < parts.size(); i++) {
      int w = first + i;
      boolean equal =
          words.bytes(w) == parts.get(i).length
              && Utf8.startsWith(words.text, words.start(w), parts.get(i));
      if (!equal || i > 0 && SpacyWords.hasSpaceToken(words, w - 1)) {
        return false;
      }
    }
    return true;
  }

  private static List<Find> chosen(List<Find> finds, int count) {
    finds.sort(Comparator.comparingInt(Find::length).reversed().thenComparingInt(Find::start));
    boolean[] seen = new boolean[count];
    List<Find> chosen = new ArrayList<>();
    for (Find find : finds) {
      if (!seen[find.start()] && !seen[find.end() - 1]) {
        chosen.add(find);
      }
      Arrays.fill(seen, find.start(), find.end(), true);
    }
    chosen.sort(Comparator.comparingInt(Find::start));
    return chosen;
  }

  private Words rewritten(Words words, List<Find> finds) {
    Words result = new Words(words.text, words.count() + finds.size());
    int next = 0;
    for (Find find : finds) {
      copy(words, next, find.start(), result);
      next = find.end();
      if (isOnePiece(words, find)) {
        addByRule(words, find, result);
      } else {
        copy(words, find.start(), find.end(), result);
      }
    }
    copy(words, next, words.count(), result);
    return result;
  }

  private static boolean isOnePiece(Words words, Find find) {
    for (int w = find.start(); w + 1 < find.end(); w++) {
      if (words.end(w) != words.start(w + 1)) {
        return false;
      }
    }
    return true;
  }

  private static void copy(Words words, int from, int to, Words result) {
    for (int w = from; w < to; w++) {
      result.add(words.start(w), words.end(w), words.chars(w), words.about(w));
    }
  }

  private void addByRule(Words words, Find find, Words result) {
    int start = words.start(find.start());
    byte[] text = words.text;
    String whole =
        new String(text, start, words.end(find.end() - 1) - start, StandardCharsets.UTF_8);
    int[] cps = whole.codePoints().toArray();
    int from = 0;
    for (int part : rules.parts(cps, 0, cps.length)) {
      int end = start;
      for (int i = 0; i < part; i++) {
        end += Utf8.length(text[end]);
      }
      result.add(start, end, part, SpacyWords.about(cps, from, from + part));
      from += part;
      start = end;
    }
  }
}
