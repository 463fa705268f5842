package org.gristmill.filters.language;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.gristmill.core.Document;
import org.gristmill.core.Hash;
import org.gristmill.core.Text;
import org.gristmill.filters.Language;
import org.gristmill.filters.Verdict;

/**
 * What the filter {@code language} says of whole documents, by set and half: java LanguageDocuments
 * DOCUMENTS.jsonl [VERDICTS.tsv]. DOCUMENTS is what {@code language_documents.py} writes.
 */
final class LanguageDocuments {
  private LanguageDocuments() {}

  /** A document and what it is in. */
  record Sample(String set, String group, String language, String text) {
    int half() {
      return Hash.range(Hash.xx64(7, group), 2);
    }
  }

  private static final class Row {
    int all;
    int right;
    int passed;
    int rightPassed;
  }

  public static void main(String[] args) throws IOException {
    Map<String, Row> rows = new TreeMap<>();
    List<Sample> samples = read(Path.of(args[0]));
    Path verdicts = Path.of(args.length > 1 ? args[1] : "/dev/null");
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(verdicts))) {
      for (int i = 0; i < samples.size(); i++) {
        Sample sample = samples.get(i);
        Document document = Document.of("d" + i, Text.of(sample.text()));
        Verdict verdict = Language.DEFAULT.judge(document);
        String found = verdict.findings().language();
        String code =
            sample.language().startsWith("?")
                ? LanguageReport.code(sample.language().substring(1))
                : sample.language();
        boolean passes = verdict instanceof Verdict.Keep;
        boolean known = Language.CODES.contains(code);
        String name =
            sample.set() + (known || !sample.language().startsWith("?") ? "" : "-unknown");
        for (String half : List.of(sample.half() == 0 ? " tuned" : " unseen")) {
          Row row = rows.computeIfAbsent(name + half, n -> new Row());
          row.all++;
          row.right += found.equals(code) ? 1 : 0;
          row.passed += passes ? 1 : 0;
          row.rightPassed += passes && found.equals(code) ? 1 : 0;
        }
        out.printf(
            Locale.ROOT,
            "%d\t%s\t%s\t%d\t%s\t%s\t%d\t%s%n",
            i,
            name,
            sample.group(),
            sample.half(),
            code,
            found,
            sample.text().length(),
            verdict.findings().numbers());
      }
    }
    rows.forEach(
        (name, row) ->
            System.out.printf(
                Locale.ROOT,
                "%-28s %5d right %.4f, right and passed %.4f, not passed %d%n",
                name,
                row.all,
                (double) row.right / row.all,
                (double) row.rightPassed / row.all,
                row.all - row.passed));
  }

  static List<Sample> read(Path file) throws IOException {
    List<Sample> samples = new ArrayList<>();
    try (Stream<String> lines = Files.lines(file)) {
      for (String line : (Iterable<String>) lines::iterator) {
        Map<String, String> fields = new TreeMap<>();
        try (JsonParser json = new JsonFactory().createParser(line)) {
          while (json.nextToken() != null) {
            if (json.currentToken() == JsonToken.VALUE_STRING) {
              fields.put(json.currentName(), json.getText());
            }
          }
        }
        samples.add(
            new Sample(
                fields.get("set"),
                fields.get("group"),
                fields.get("language"),
                fields.get("text")));
      }
    }
    return samples;
  }
}
