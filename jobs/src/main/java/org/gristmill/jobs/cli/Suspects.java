package org.gristmill.jobs.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.hadoop.fs.Path;
import org.gristmill.jobs.conf.Pipeline;
import org.gristmill.jobs.ingest.IngestJob;
import org.gristmill.jobs.ingest.IngestStep;
import org.gristmill.jobs.ingest.InputFile;
import org.gristmill.jobs.ledger.Ledger;
import org.gristmill.jobs.table.Tables;
import org.gristmill.sources.LooksLike;

/** What to say of sources that are broken through and through: perhaps they are of another kind. */
final class Suspects {
  private static final int HEAD_BYTES = 64 << 10;

  private Suspects() {}

  static List<String> lines(Pipeline pipeline, Ledger ledger, Tables tables) {
    List<String> lines = new ArrayList<>();
    SortedMap<String, SortedMap<String, Long>> broken = ledger.broken();
    broken.forEach((source, reasons) -> lines.add("  " + source + ": " + counts(reasons)));
    pipeline.jobs().stream()
        .filter(IngestJob.class::isInstance)
        .flatMap(job -> ((IngestJob) job).steps().stream())
        .filter(step -> broken.containsKey(step.name()))
        .forEach(step -> lines.addAll(guess(step, tables)));
    return lines;
  }

  private static String counts(Map<String, Long> reasons) {
    return String.join(
        ", ", reasons.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList());
  }

  /** What the first file of a source looks like, if that is not what the pipeline says. */
  private static List<String> guess(IngestStep step, Tables tables) {
    try {
      for (String pattern : step.from()) {
        for (InputFile file : InputFile.list(pattern, tables.hadoop()).values()) {
          Path path = new Path(file.uri());
          byte[] head;
          try (InputStream in = path.getFileSystem(tables.hadoop()).open(path)) {
            head = in.readNBytes(HEAD_BYTES);
          }
          return LooksLike.of(head, file.name())
              .filter(guess -> !guess.source().equals(step.kind()))
              .map(
                  guess ->
                      "  "
                          + step.name()
                          + ": "
                          + file.uri()
                          + " looks like "
                          + guess.what()
                          + "; source = "
                          + guess.source()
                          + " reads such files")
              .stream()
              .toList();
        }
      }
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
