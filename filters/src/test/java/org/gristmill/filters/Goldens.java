package org.gristmill.filters;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gristmill.core.Document;
import org.gristmill.core.Text;

/** Checks what src/bench/filters/goldens.py wrote: java Goldens IN.jsonl. */
final class Goldens {
  private static final Map<String, C4Page.Fate> FATES =
      Map.of(
          "line-kept", C4Page.Fate.KEPT,
          "line-filter-no_terminal_punc", C4Page.Fate.NO_TERMINAL,
          "line-filter-too_few_words", C4Page.Fate.FEW_WORDS,
          "line-filter-policy", C4Page.Fate.POLICY,
          "line-filter-javascript", C4Page.Fate.JAVASCRIPT,
          "line-filter-too_long_word", C4Page.Fate.LONG_WORD);

  private int equal;
  private int different;

  public static void main(String[] args) throws IOException {
    Goldens goldens = new Goldens();
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      goldens.check(line);
    }
    System.out.println(goldens.equal + " equal, " + goldens.different + " different");
  }

  private void check(String line) throws IOException {
    Map<String, String> strings = new TreeMap<>();
    Map<String, Double> numbers = new TreeMap<>();
    List<String> words = new ArrayList<>();
    try (JsonParser json = new JsonFactory().createParser(line)) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
          if (json.currentName() == null || json.getParsingContext().inArray()) {
            words.add(json.getText());
          } else {
            strings.put(json.currentName(), json.getText());
          }
        } else if (json.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
          numbers.put(json.currentName(), json.getDoubleValue());
        }
      }
    }
    Text text = Text.of(strings.get("text"));
    if (strings.get("kind").equals("c4")) {
      checkC4(text, strings, numbers);
      return;
    }
    Scan scan = Scan.of(text);
    Map<String, Double> ours = new TreeMap<>();
    if (strings.get("kind").equals("fineweb_quality")) {
      Map<String, Double> found =
          FinewebQuality.PAPER.judge(Document.of("a", text), scan).findings().numbers();
      ours.put("frac_line_punct", found.get("fineweb-quality.terminal-lines"));
      ours.put("dup_line_char_frac", found.get("fineweb-quality.duplicate-line-chars"));
      ours.put("short_line_frac", found.get("fineweb-quality.short-lines"));
      ours.put("new_line_ratio", Rules.share(scan.lines().lineFeeds(), words.size()));
    } else {
      Repetition found = new Repetition.Datatrove(scan, new Grams(given(words)), 1);
      ours.put("dup_line_frac", found.lines());
      ours.put("dup_line_char_frac", found.lineChars());
      ours.put("dup_para_frac", found.paragraphs());
      ours.put("dup_para_char_frac", found.paragraphChars());
      for (int n = 2; n <= 4; n++) {
        ours.put("top_" + n + "_grams", found.top(2, 3)[n - 2]);
      }
      for (int n = 5; n <= 10; n++) {
        ours.put("dup_" + n + "_grams", found.duplicate(5, 6)[n - 5]);
      }
    }
    numbers.forEach((name, value) -> compare(name, value, ours.get(name)));
  }

  private static Words given(List<String> list) {
    byte[] text = String.join(" ", list).getBytes(StandardCharsets.UTF_8);
    Words words = new Words(text);
    int at = 0;
    for (String word : list) {
      int bytes = word.getBytes(StandardCharsets.UTF_8).length;
      words.add(at, at + bytes, PythonText.chars(word), 0);
      at += bytes + 1;
    }
    return words;
  }

  private void checkC4(Text text, Map<String, String> strings, Map<String, Double> numbers) {
    Scan scan = Scan.of(text);
    Verdict verdict = C4Lines.DATATROVE.judge(Document.of("a", text), scan);
    String reason = "";
    Text left = verdict instanceof Verdict.Rewrite rewrite ? rewrite.text() : text;
    if (verdict instanceof Verdict.Drop drop) {
      reason = drop.rule();
    } else if (C4Paragraphs.PAPER.judge(Document.of("a", text)) instanceof Verdict.Drop drop) {
      reason = drop.rule();
    }
    String expected =
        switch (strings.get("reason")) {
          case "drop_too_few_sentences" -> "c4-lines.sentences";
          case "drop_too_short_paragraphs", "drop_too_few_paragraphs" -> "c4-paragraphs.paragraphs";
          case "drop_curly_bracket" -> "c4-lines.curly-bracket-lines";
          case "drop_lorem_ipsum" -> "c4-lines.lorem-ipsum-lines";
          default -> strings.get("reason");
        };
    compare("reason", expected, reason);
    if (expected.isEmpty()) {
      compare("left", strings.get("left"), left.toString());
      numbers.forEach(
          (name, value) -> {
            Map<String, Double> found = verdict.findings().numbers();
            compare(
                name,
                value,
                FATES.containsKey(name)
                    ? found.get("c4-lines." + FATES.get(name).number())
                    : found.get("c4-lines.lines"));
          });
    }
  }

  private void compare(String name, Object expected, Object found) {
    if (expected.equals(found)) {
      equal++;
    } else {
      different++;
      System.out.println(name + ": " + expected + ", not " + found);
    }
  }
}
