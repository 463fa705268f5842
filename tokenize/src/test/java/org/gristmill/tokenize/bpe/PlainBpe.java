package org.gristmill.tokenize.bpe;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Byte-pair encoding as it is defined, and nothing else; takes time in the square of a piece. */
final class PlainBpe {
  private final Map<String, Integer> ranks = new HashMap<>();

  PlainBpe(Vocabulary vocabulary) {
    for (int id = 0; id < vocabulary.bound(); id++) {
      if (vocabulary.length(id) > 0) {
        ranks.put(key(vocabulary.token(id)), id);
      }
    }
  }

  int[] encode(String pattern, String text) {
    List<Integer> ids = new ArrayList<>();
    for (String piece : pieces(pattern, text)) {
      ids.addAll(piece(piece.getBytes(StandardCharsets.UTF_8)));
    }
    return ids.stream().mapToInt(Integer::intValue).toArray();
  }

  /** What Java's regular expressions make of a pattern; they know Unicode 13. */
  static List<String> pieces(String pattern, String text) {
    String strict = pattern.replace("$", "\\z"); // Java's $ would match before a last line break
    Matcher matcher = Pattern.compile(strict, Pattern.UNICODE_CHARACTER_CLASS).matcher(text);
    List<String> pieces = new ArrayList<>();
    while (matcher.find()) {
      pieces.add(matcher.group());
    }
    return pieces;
  }

  List<Integer> piece(byte[] bytes) {
    Integer whole = ranks.get(key(bytes));
    if (whole != null) {
      return List.of(whole);
    }
    List<String> parts = new ArrayList<>();
    for (byte b : bytes) {
      parts.add(key(new byte[] {b}));
    }
    while (true) {
      int best = -1;
      int least = Integer.MAX_VALUE;
      for (int i = 0; i + 1 < parts.size(); i++) {
        int rank = ranks.getOrDefault(parts.get(i) + parts.get(i + 1), Integer.MAX_VALUE);
        if (rank < least) {
          least = rank;
          best = i;
        }
      }
      if (best < 0) {
        return parts.stream().map(ranks::get).toList();
      }
      parts.set(best, parts.get(best) + parts.remove(best + 1));
    }
  }

  private static String key(byte[] bytes) {
    return new String(Arrays.copyOf(bytes, bytes.length), StandardCharsets.ISO_8859_1);
  }
}
