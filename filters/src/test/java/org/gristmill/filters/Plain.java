package org.gristmill.filters;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.text.UnicodeSet;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The definitions written down as plainly as possible, without a thought for speed. */
final class Plain {
  private static final String SPACE =
      "[\\t-\\r\\u001c-\\u0020\\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
  private static final Pattern LINE_END =
      Pattern.compile("\\r\\n|[\\n\\r\\u000b\\f\\u001c-\\u001e\\u0085\\u2028\\u2029]");
  private static final Pattern LEFT = Pattern.compile("\\A" + SPACE + "+");
  private static final Pattern RIGHT = Pattern.compile("(?<!" + SPACE + ")" + SPACE + "+\\z");
  private static final UnicodeSet SYMBOLS = new UnicodeSet("[[:P:][:S:][:Cc:]]").freeze();
  private static final Pattern CITATION =
      Pattern.compile("\\[\\p{Nd}*\\]|\\[edit\\]|\\[citation needed\\]");

  private Plain() {}

  static String strip(String s) {
    return RIGHT.matcher(LEFT.matcher(s).replaceAll("")).replaceAll("");
  }

  static List<String> lines(String text) {
    List<String> lines = new ArrayList<>(Arrays.asList(LINE_END.split(text, -1)));
    if (lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    return lines;
  }

  static List<String> words(String text) {
    BreakIterator icu = BreakIterator.getWordInstance(ULocale.ROOT);
    icu.setText(text);
    List<String> words = new ArrayList<>();
    int from = 0;
    for (int to = icu.next(); to != BreakIterator.DONE; to = icu.next()) {
      String word = strip(text.substring(from, to));
      if (!word.isEmpty()) {
        words.add(word);
      }
      from = to;
    }
    return words;
  }

  static int sentences(String text) {
    BreakIterator icu = BreakIterator.getSentenceInstance(ULocale.ROOT);
    icu.setText(text);
    int count = 0;
    int from = 0;
    for (int to = icu.next(); to != BreakIterator.DONE; to = icu.next()) {
      count += strip(text.substring(from, to)).isEmpty() ? 0 : 1;
      from = to;
    }
    return count;
  }

  static int chars(String s) {
    return (int) s.codePoints().count();
  }

  static double share(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }

  static Map<String, Double> gopherQuality(String text) {
    List<String> words = words(text);
    List<String> solid = words.stream().filter(w -> !SYMBOLS.containsAll(w)).toList();
    List<String> lines = lines(text).stream().map(Plain::strip).toList();
    Set<String> stop = new HashSet<>(words);
    stop.retainAll(GopherQuality.PAPER.stopWords());
    double ellipses = text.split("\\.\\.\\.", -1).length - 1 + text.split("…", -1).length - 1;
    Map<String, Double> n = new LinkedHashMap<>();
    n.put("words", (double) solid.size());
    n.put("mean-word-length", share(solid.stream().mapToInt(Plain::chars).sum(), solid.size()));
    n.put("hash-ratio", share(text.chars().filter(c -> c == '#').count(), words.size()));
    n.put("ellipsis-ratio", share(ellipses, words.size()));
    n.put("bullet-lines", shareOf(lines, "[•-].*"));
    n.put("ellipsis-lines", shareOf(lines, ".*(\\.\\.\\.|…)"));
    long alphabetic =
        words.stream().filter(w -> w.codePoints().anyMatch(UCharacter::isLetter)).count();
    n.put("alphabetic-words", share(alphabetic, words.size()));
    n.put("stop-words", (double) stop.size());
    return named("gopher-quality", n);
  }

  private static double shareOf(List<String> lines, String regex) {
    Pattern pattern = Pattern.compile(regex, Pattern.DOTALL);
    return share(lines.stream().filter(l -> pattern.matcher(l).matches()).count(), lines.size());
  }

  static Map<String, Double> gopherRepetition(String text) {
    int chars = chars(text);
    List<String> paragraphs = Arrays.asList(strip(text).split("\n{2,}", -1));
    List<String> lines = Arrays.asList(text.split("\n+", -1));
    Map<String, Double> n = new LinkedHashMap<>();
    n.put("duplicate-paragraphs", share(duplicates(paragraphs).size(), paragraphs.size()));
    n.put("duplicate-paragraph-chars", share(length(duplicates(paragraphs)), chars));
    n.put("duplicate-lines", share(duplicates(lines).size(), lines.size()));
    n.put("duplicate-line-chars", share(length(duplicates(lines)), chars));
    List<String> words = words(text);
    for (int size = 2; size <= 4; size++) {
      n.put("top-" + size + "-gram", share(topNgram(words, size), chars));
    }
    for (int size = 5; size <= 10; size++) {
      n.put("duplicate-" + size + "-grams", share(duplicateNgrams(words, size), chars));
    }
    return named("gopher-repetition", n);
  }

  private static List<String> duplicates(List<String> pieces) {
    Set<String> seen = new HashSet<>();
    return pieces.stream().filter(p -> !seen.add(p)).toList();
  }

  private static long length(List<String> pieces) {
    return pieces.stream().mapToLong(Plain::chars).sum();
  }

  private static long topNgram(List<String> words, int n) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (int i = 0; i + n <= words.size(); i++) {
      counts.merge(String.join(" ", words.subList(i, i + n)), 1, Integer::sum);
    }
    int most = counts.values().stream().mapToInt(c -> c).max().orElse(0);
    return counts.entrySet().stream()
        .filter(e -> e.getValue() == most)
        .findFirst()
        .map(e -> (long) chars(e.getKey()) * most)
        .orElse(0L);
  }

  private static long duplicateNgrams(List<String> words, int n) {
    Set<String> seen = new HashSet<>();
    long chars = 0;
    for (int i = 0; i + n <= words.size(); i++) {
      String gram = String.join("", words.subList(i, i + n));
      if (!seen.add(gram)) {
        chars += chars(gram);
        i += n - 1;
      }
    }
    return chars;
  }

  static Map<String, Double> finewebQuality(String text) {
    List<String> lines =
        Arrays.stream(text.split("\n", -1)).filter(l -> !strip(l).isEmpty()).toList();
    long newlines = text.chars().filter(c -> c == '\n').count();
    long terminal =
        lines.stream()
            .filter(
                l -> UCharacter.hasBinaryProperty(l.codePointBefore(l.length()), UProperty.S_TERM))
            .count();
    Map<String, Double> n = new LinkedHashMap<>();
    n.put("lines", (double) lines.size());
    n.put("terminal-lines", share(terminal, lines.size()));
    n.put("short-lines", share(lines.stream().filter(l -> chars(l) <= 30).count(), lines.size()));
    n.put("duplicate-line-chars", share(length(duplicates(lines)), chars(text.replace("\n", ""))));
    n.put("newline-ratio", share(newlines, words(text).size()));
    return named("fineweb-quality", n);
  }

  /** What is left of a page, or the reason to drop it, after one pass of the reference. */
  static String c4(String text, C4Lines settings) {
    List<String> kept = new ArrayList<>();
    int sentences = 0;
    for (String raw : lines(text)) {
      String line = strip(raw);
      List<String> words =
          Arrays.stream(line.split(SPACE + "+")).filter(w -> !w.isEmpty()).toList();
      if (words.stream().anyMatch(w -> chars(w) > settings.maxWordChars())) {
        continue;
      }
      line = CITATION.matcher(line).replaceAll("");
      boolean ends = settings.terminals().stream().anyMatch(line::endsWith);
      if (!settings.without().contains(C4Lines.Rule.TERMINAL_PUNCTUATION)
          && (!ends || line.endsWith("..."))) {
        continue;
      }
      String lower = line.toLowerCase(Locale.ROOT);
      if (words.size() < settings.minWordsPerLine()) {
        continue;
      }
      if (lower.contains("lorem ipsum")) {
        return "DROP c4-lines.lorem-ipsum-lines";
      }
      if (lower.contains("javascript")) {
        continue;
      }
      if (line.contains("{")) {
        return "DROP c4-lines.curly-bracket-lines";
      }
      if (lower.matches(
          "(?s).*(terms of use|privacy policy|cookie policy|uses? cookies|use of cookies).*")) {
        continue;
      }
      sentences += sentences(line);
      kept.add(line);
    }
    return sentences < settings.minSentences()
        ? "DROP c4-lines.sentences"
        : strip(String.join("\n", kept));
  }

  private static Map<String, Double> named(String filter, Map<String, Double> numbers) {
    numbers.put("unjudged", 0.0);
    return numbers.entrySet().stream()
        .collect(Collectors.toMap(e -> filter + "." + e.getKey(), Map.Entry::getValue));
  }
}
