package org.gristmill.jobs.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.gristmill.jobs.conf.Pipeline;
import org.gristmill.jobs.conf.PipelineReader;
import org.gristmill.jobs.run.Garbage;
import org.gristmill.jobs.run.RunLease;
import org.gristmill.jobs.run.Session;
import org.gristmill.jobs.run.Sessions;
import org.gristmill.jobs.table.Job;
import org.gristmill.jobs.table.Tables;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gc}: what nobody needs any more. */
@Command(
    name = "gc",
    mixinStandardHelpOptions = true,
    description = {
      "Says what could go: shards that no corpus names, many small files.",
      "With --delete it removes the ones, and compacts and vacuums the others."
    })
public final class GcCommand implements Callable<Integer> {
  /** Files of a batch from which on it is compacted, if they are small. */
  private static final int MANY = 8;

  private static final long SMALL_BYTES = 16L << 20;

  @Parameters(paramLabel = "CONF", description = "the pipeline, a HOCON file")
  private Path conf;

  @Option(names = "--delete", description = "do it; without this, nothing is changed")
  private boolean delete;

  @Option(
      names = "--keep-days",
      paramLabel = "DAYS",
      defaultValue = "30",
      description = "corpora published in the last so many days are kept (${DEFAULT-VALUE})")
  private int keepDays;

  @Option(
      names = "--keep",
      paramLabel = "CORPUS",
      description = "a corpus that is kept whatever its age: one that a trainer reads")
  private Set<String> keep = new TreeSet<>();

  private final PrintStream out;
  private final PrintStream err;

  GcCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws IOException {
    Pipeline pipeline = PipelineReader.read(conf);
    try (RunLease lease = RunLease.take(pipeline.root(), Sessions.hadoop(pipeline.spark()));
        Session spark = new Session(pipeline, started -> {})) {
      Tables tables = new Tables(spark, spark.hadoop(), pipeline.root(), lease::check);
      Garbage garbage = new Garbage(tables, pipeline);
      long since = tables.begun() - TimeUnit.DAYS.toMillis(keepDays);
      List<Garbage.Item> items = garbage.find(since, keep);
      long bytes = items.stream().mapToLong(Garbage.Item::bytes).sum();
      for (Garbage.Item item : items) {
        out.printf(Locale.ROOT, "%,15d  %s (%s)%n", item.bytes(), item.path(), item.what());
      }
      if (delete) {
        garbage.remove(items);
      }
      int compacted = compact(pipeline, tables);
      err.printf(
          Locale.ROOT,
          "%s: %d things of %,d bytes %s, %d batches %s%n",
          pipeline.name(),
          items.size(),
          bytes,
          delete ? "removed" : "could be removed",
          compacted,
          delete ? "compacted" : "could be compacted; --delete does it");
      return Exit.DONE;
    }
  }

  private int compact(Pipeline pipeline, Tables tables) {
    int batches = 0;
    for (Job job : pipeline.jobs()) {
      if (!tables.exists(job.to())) {
        continue;
      }
      List<String> many = new ArrayList<>();
      tables
          .present(job.to())
          .forEach(
              (batch, there) -> {
                if (there.files() >= MANY && there.bytes() / there.files() < SMALL_BYTES) {
                  many.add(batch);
                }
              });
      batches += many.size();
      if (delete) {
        tables.compact(job.to(), many);
      }
    }
    return batches;
  }
}
