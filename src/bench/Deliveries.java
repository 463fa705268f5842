import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes one delivery of JSON lines, made of real texts with many edits: java Deliveries.java
 * TEXTS.jsonl OUT.jsonl NUMBER DOCUMENTS.
 *
 * <p>Of ten documents eight are new (every third word is another's), one is a copy of a document of
 * this or an earlier delivery, and one a near copy (a word in fifty is another). The same arguments
 * give the same bytes.
 */
public final class Deliveries {
  private static final String TEXT = "\"text\":\"";
  private static final int MAX_WORDS = 250;

  private final List<String[]> texts = new ArrayList<>();

  public static void main(String[] args) throws IOException {
    Deliveries deliveries = new Deliveries();
    try (var lines = Files.lines(Path.of(args[0]))) {
      lines.forEach(deliveries::take);
    }
    int number = Integer.parseInt(args[2]);
    int documents = Integer.parseInt(args[3]);
    try (BufferedWriter out = Files.newBufferedWriter(Path.of(args[1]), StandardCharsets.UTF_8)) {
      for (int i = 0; i < documents; i++) {
        out.write("{\"text\":\"" + deliveries.text((long) number * documents + i) + "\"}\n");
      }
    }
  }

  /** Words of a text, still escaped as in JSON; a text without spaces is cut every two letters. */
  private void take(String line) {
    int start = line.indexOf(TEXT) + TEXT.length();
    int end = start;
    while (end < line.length() && line.charAt(end) != '"') {
      end += line.charAt(end) == '\\' ? 2 : 1;
    }
    String text = start < TEXT.length() || end >= line.length() ? "" : line.substring(start, end);
    String[] words = text.split(" ");
    if (words.length < text.length() / 30) {
      words = text.contains("\\") ? new String[0] : text.split("(?<=\\G.{2})");
    }
    if (words.length >= 40) {
      texts.add(words);
    }
  }

  private String text(long document) {
    long kind = document % 10;
    if (document >= 10 && kind >= 8) {
      long of = Long.remainderUnsigned(mix(document), document / 10 * 10);
      of -= of % 10 >= 8 ? 5 : 0;
      return kind == 8 ? text(of, -1, 3) : text(of, document, 50);
    }
    return text(document, -1, 3);
  }

  private String text(long document, long also, int every) {
    String[] words = texts.get((int) Long.remainderUnsigned(mix(document ^ 77), texts.size()));
    int length = Math.min(words.length, MAX_WORDS);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      String word = chance(document, i) % 3 == 0 ? other(document, i) : words[i];
      if (also >= 0 && chance(also, i) % every == 0) {
        word = other(also, i);
      }
      text.append(i == 0 ? "" : " ").append(word);
    }
    return text.toString();
  }

  private String other(long document, int i) {
    String[] words = texts.get((int) Long.remainderUnsigned(mix(document + 31L * i), texts.size()));
    return words[(int) Long.remainderUnsigned(mix(document * 7 + i), Math.min(words.length, 40))];
  }

  private static long chance(long document, int i) {
    return mix(document * 1_000_003 + i) >>> 1;
  }

  /** The finalizer of SplitMix64 (Steele, Lea and Flood, 2014). */
  private static long mix(long seed) {
    long x = seed + 0x9E3779B97F4A7C15L;
    x = (x ^ x >>> 30) * 0xBF58476D1CE4E5B9L;
    x = (x ^ x >>> 27) * 0x94D049BB133111EBL;
    return x ^ x >>> 31;
  }
}
