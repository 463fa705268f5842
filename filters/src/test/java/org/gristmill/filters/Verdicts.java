package org.gristmill.filters;

import static org.gristmill.filters.Judging.with;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.gristmill.core.Document;
import org.gristmill.core.Text;

/**
 * Prints what filters say of JSON lines, for src/bench/filters/compare.py: java Verdicts IN.jsonl.
 *
 * <p>A line has, between tabs, the number of words and a hash of them, then for each filter the
 * rule that drops the document with the side of the limit it is on, or {@code keep} and a hash of
 * the text that is left.
 */
final class Verdicts {
  static final List<Filter> FILTERS =
      List.of(
          with(GopherQuality.PAPER, "limits", Limits.AS_SET),
          with(GopherRepetition.PAPER, "limits", Limits.AS_SET),
          with(C4Lines.DATATROVE, "limits", Limits.AS_SET),
          with(FinewebQuality.PAPER, "limits", Limits.AS_SET));

  private Verdicts() {}

  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    try (BufferedReader lines = Files.newBufferedReader(Path.of(args[0]))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        out.println(answer(Text.of(text(line))));
      }
    }
    out.flush();
  }

  private static String answer(Text text) {
    Scan scan = Scan.of(text);
    Words words = scan.words(Splitter.SPACY);
    StringBuilder joined = new StringBuilder();
    for (int w = 0; w < words.count(); w++) {
      joined.append(words.string(w)).append('\n');
    }
    StringBuilder answer = new StringBuilder();
    answer.append(words.count()).append('\t').append(hash(joined.toString()));
    for (Filter filter : FILTERS) {
      answer.append('\t').append(answer(filter.judge(Document.of("a", text), scan), text));
    }
    return answer.toString();
  }

  private static String answer(Verdict verdict, Text text) {
    if (verdict instanceof Verdict.Drop drop) {
      return drop.rule() + (drop.measured() < drop.limit() ? "<" : ">");
    }
    Text left = verdict instanceof Verdict.Rewrite rewrite ? rewrite.text() : text;
    return "keep " + hash(left.toString());
  }

  private static String hash(String string) {
    try {
      byte[] bytes = string.getBytes(StandardCharsets.UTF_8);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(hash).substring(0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static String text(String line) throws IOException {
    try (JsonParser json = new JsonFactory().createParser(line)) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.VALUE_STRING && "text".equals(json.currentName())) {
          return json.getText();
        }
      }
    }
    throw new IOException("no text: " + line);
  }
}
