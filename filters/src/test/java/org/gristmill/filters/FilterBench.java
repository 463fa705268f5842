package org.gristmill.filters;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.gristmill.core.Document;
import org.gristmill.core.Text;

/**
 * What a chain of Gopher quality, Gopher repetition, C4 and FineWeb costs: java FilterBench
 * IN.jsonl [ROUNDS]; prints the least time of the processor of the rounds, on one thread.
 * src/bench/filters/run sets it beside datatrove.
 */
final class FilterBench {
  private FilterBench() {}

  public static void main(String[] args) throws IOException {
    List<byte[]> texts = new ArrayList<>();
    long bytes = 0;
    try (BufferedReader lines = Files.newBufferedReader(Path.of(args[0]))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        byte[] text = Text.of(Verdicts.text(line)).bytes();
        texts.add(text);
        bytes += text.length;
      }
    }
    boolean byLanguage = args.length > 2;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    double least = Double.MAX_VALUE;
    int dropped = 0;
    for (int round = 0; round < rounds; round++) {
      long start = cpu();
      dropped = judge(texts, byLanguage);
      least = Math.min(least, (cpu() - start) / 1e9);
    }
    System.out.printf(
        Locale.ROOT,
        "%d documents, %d bytes, %.3f s, %.1f MB/s, %d verdicts are drops%n",
        texts.size(),
        bytes,
        least,
        bytes / least / 1e6,
        dropped);
  }

  /** Time of the processor that this thread has had, so that a busy machine does not count. */
  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static int judge(List<byte[]> texts, boolean byLanguage) {
    List<Filter> filters =
        byLanguage
            ? List.of(
                GopherQuality.PAPER,
                GopherRepetition.PAPER,
                C4Lines.DATATROVE,
                FinewebQuality.PAPER)
            : Verdicts.FILTERS;
    int dropped = 0;
    for (byte[] bytes : texts) {
      Document document = Document.of("a", Text.trusted(bytes));
      Scan scan = Scan.of(document.text());
      for (Filter filter : filters) {
        dropped += filter.judge(document, scan) instanceof Verdict.Drop ? 1 : 0;
      }
    }
    return dropped;
  }
}
