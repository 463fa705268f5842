package org.gristmill.filters;

import static org.gristmill.filters.Judging.with;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.gristmill.core.Document;
import org.gristmill.core.Text;

/**
 * Prints how many documents each rule drops, with limits as set (English ones for all) and by
 * language: java KeptShares IN.jsonl PREFIX...; documents are grouped by those prefixes of their
 * ids. With {@code numbers} for the first prefix it prints quantiles of every number instead.
 */
final class KeptShares {
  private static final List<Filter> FILTERS =
      List.of(GopherQuality.PAPER, GopherRepetition.PAPER, C4Lines.DATATROVE, FinewebQuality.PAPER);
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private KeptShares() {}

  private static Filter asSet(Filter filter) {
    String words = filter instanceof C4Lines ? "sentences" : "words";
    return (Filter) with(with((Record) filter, "limits", Limits.AS_SET), words, Splitter.UNICODE);
  }

  public static void main(String[] args) throws IOException {
    boolean numbers = args[1].equals("numbers");
    for (int p = numbers ? 2 : 1; p < args.length; p++) {
      List<Document> documents = new ArrayList<>();
      try (BufferedReader lines = Files.newBufferedReader(Path.of(args[0]))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.startsWith("{\"id\": \"" + args[p])) {
            documents.add(Document.of("a", Text.of(Verdicts.text(line))));
          }
        }
      }
      OUT.println(args[p] + ": " + documents.size() + " documents");
      if (numbers) {
        quantiles(documents);
      } else {
        drops("as set     ", documents, KeptShares::asSet);
        drops("by language", documents, f -> f);
      }
    }
  }

  private static void drops(
      String name, List<Document> documents, Function<Filter, Filter> variant) {
    for (Filter filter : FILTERS) {
      SortedMap<String, Integer> rules = new TreeMap<>();
      int kept = 0;
      for (Document document : documents) {
        Verdict verdict = variant.apply(filter).judge(document);
        if (verdict instanceof Verdict.Drop drop) {
          rules.merge(drop.rule().substring(drop.rule().indexOf('.') + 1), 1, Integer::sum);
        } else {
          kept++;
        }
      }
      String of = filter.getClass().getSimpleName();
      OUT.println("  " + name + " " + of + ": " + kept + " kept, dropped " + rules);
    }
  }

  private static void quantiles(List<Document> documents) {
    Map<String, List<Double>> values = new TreeMap<>();
    for (Document document : documents) {
      for (Filter filter : FILTERS) {
        filter
            .judge(document)
            .findings()
            .numbers()
            .forEach((name, v) -> values.computeIfAbsent(name, n -> new ArrayList<>()).add(v));
      }
    }
    values.forEach(
        (name, list) -> {
          list.sort(null);
          StringBuilder line = new StringBuilder("  " + name);
          for (double q : new double[] {0, 0.01, 0.05, 0.5, 0.95, 0.99, 1}) {
            line.append(" %.3f".formatted(list.get((int) (q * (list.size() - 1)))));
          }
          OUT.println(line);
        });
  }
}
