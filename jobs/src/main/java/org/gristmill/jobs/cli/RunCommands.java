package org.gristmill.jobs.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.gristmill.core.UserError;
import org.gristmill.jobs.conf.Pipeline;
import org.gristmill.jobs.conf.PipelineReader;
import org.gristmill.jobs.ingest.IngestJob;
import org.gristmill.jobs.ingest.IngestStep;
import org.gristmill.jobs.ledger.Ledger;
import org.gristmill.jobs.ledger.LedgerText;
import org.gristmill.jobs.run.Progress;
import org.gristmill.jobs.run.RunLease;
import org.gristmill.jobs.run.Runner;
import org.gristmill.jobs.run.Session;
import org.gristmill.jobs.run.Sessions;
import org.gristmill.jobs.settings.Problems;
import org.gristmill.jobs.table.Job;
import org.gristmill.jobs.table.Tables;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands that work on a whole pipeline. */
public final class RunCommands {
  private RunCommands() {}

  @Command(
      name = "run",
      mixinStandardHelpOptions = true,
      description = "Brings every table and the shards of a pipeline up to date.")
  public static final class Run implements Callable<Integer> {
    @Parameters(paramLabel = "CONF", description = "the pipeline, a HOCON file")
    private Path conf;

    @Option(
        names = "--dry",
        description = "the same as plan: only say what would be made; writes nothing")
    private boolean dry;

    @Option(
        names = "--regenerate",
        description =
            "decide anew over the whole corpus which duplicates stay, and pack all of it anew,"
                + " as if everything had come at once")
    private boolean anew;

    @Option(
        names = "--drop-source",
        paramLabel = "NAME",
        description =
            "let the documents of a source go that the pipeline has no ingest step for any more")
    private Set<String> dropped = new TreeSet<>();

    private final PrintStream out;
    private final PrintStream err;

    Run(PrintStream out, PrintStream err) {
      this.out = out;
      this.err = err;
    }

    @Override
    public Integer call() throws IOException {
      Pipeline pipeline = dropping(checked(conf), dropped);
      return dry ? plan(pipeline, anew, out, err) : run(pipeline, anew, out, err);
    }
  }

  @Command(
      name = "plan",
      mixinStandardHelpOptions = true,
      description = {
        "Says what a run would make and why; writes nothing.",
        "For each step too what would be read, written and shuffled, by the tables' own statistics."
      })
  public static final class Plan implements Callable<Integer> {
    @Parameters(paramLabel = "CONF", description = "the pipeline, a HOCON file")
    private Path conf;

    @Option(names = "--regenerate", description = "plan for run --regenerate")
    private boolean anew;

    private final PrintStream out;
    private final PrintStream err;

    Plan(PrintStream out, PrintStream err) {
      this.out = out;
      this.err = err;
    }

    @Override
    public Integer call() throws IOException {
      return plan(checked(conf), anew, out, err);
    }
  }

  private static Pipeline dropping(Pipeline pipeline, Set<String> sources) {
    return new Pipeline(
        pipeline.name(),
        pipeline.root(),
        pipeline.maxBroken(),
        pipeline.commitBytes(),
        pipeline.spark(),
        pipeline.jobs().stream()
            .map(job -> job instanceof IngestJob ingest ? ingest.dropping(sources) : job)
            .toList());
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = "Shows every mistake in a pipeline's conf, without starting Spark.")
  public static final class Check implements Callable<Integer> {
    @Parameters(paramLabel = "CONF", description = "the pipeline, a HOCON file")
    private Path conf;

    private final PrintStream err;

    Check(PrintStream out, PrintStream err) {
      this.err = err;
    }

    @Override
    public Integer call() throws IOException {
      Pipeline pipeline = checked(conf);
      err.println(
          conf
              + ": no mistakes; "
              + String.join(" > ", pipeline.jobs().stream().map(Job::name).toList())
              + " into "
              + pipeline.root());
      return Exit.DONE;
    }
  }

  @Command(
      name = "ledger",
      mixinStandardHelpOptions = true,
      description = "Prints again what became of every record, from the committed tables.")
  public static final class ShowLedger implements Callable<Integer> {
    @Parameters(paramLabel = "CONF", description = "the pipeline, a HOCON file")
    private Path conf;

    @Option(names = "--json", description = "for programs")
    private boolean json;

    @Option(
        names = "--recount",
        description = "count every row and every id in the tables anew, instead of adding up")
    private boolean recount;

    private final PrintStream out;

    ShowLedger(PrintStream out, PrintStream err) {
      this.out = out;
    }

    @Override
    public Integer call() throws IOException {
      Pipeline pipeline = PipelineReader.read(conf);
      try (Session spark = new Session(pipeline, started -> {})) {
        Tables tables = new Tables(spark, spark.hadoop(), pipeline.root(), RunCommands::refuse);
        Ledger ledger = recount ? Ledger.recounted(pipeline, tables) : Ledger.of(pipeline, tables);
        if (ledger.tables().isEmpty()) {
          throw new UserError("there are no tables under " + pipeline.root() + " yet");
        }
        out.print(json ? ledger.json() + "\n" : LedgerText.of(ledger));
        return ledger.unaccounted().isEmpty() ? Exit.DONE : Exit.FAILED;
      }
    }
  }

  /** The pipeline in a file, its inputs looked for too. */
  private static Pipeline checked(Path conf) throws IOException {
    Pipeline pipeline = PipelineReader.read(conf);
    Problems problems = new Problems();
    for (Job job : pipeline.jobs()) {
      if (job instanceof IngestJob ingest) {
        for (IngestStep step : ingest.steps()) {
          step.findInputs(Sessions.hadoop(pipeline.spark()), problems);
        }
      }
    }
    problems.throwIfAny();
    return pipeline;
  }

  private static int plan(Pipeline pipeline, boolean anew, PrintStream out, PrintStream err) {
    try (Session spark = new Session(pipeline, started -> {})) {
      Tables tables = tables(pipeline, spark, anew, RunCommands::refuse);
      List<Runner.Outcome> outcomes =
          new Runner(tables, pipeline.commitBytes(), new Progress(err), out::println)
              .plan(pipeline.jobs());
      tables.notes().forEach(err::println);
      long due = outcomes.stream().filter(o -> o.made() > 0).count();
      err.printf(
          Locale.ROOT,
          "%s: %d of %d steps have work to do; nothing was written%n",
          pipeline.name(),
          due,
          outcomes.size());
      return Exit.DONE;
    }
  }

  /** The guard of commands that only look. */
  static void refuse() {
    throw new IllegalStateException("this command writes nothing");
  }

  private static Tables tables(Pipeline pipeline, Session spark, boolean anew, Runnable guard) {
    Tables tables = new Tables(spark, spark.hadoop(), pipeline.root(), guard);
    if (anew) {
      tables.regenerate();
    }
    return tables;
  }

  private static int run(Pipeline pipeline, boolean anew, PrintStream out, PrintStream err)
      throws IOException {
    long start = System.nanoTime();
    Progress progress = new Progress(err);
    try (RunLease lease = RunLease.take(pipeline.root(), Sessions.hadoop(pipeline.spark()));
        Session spark = new Session(pipeline, started -> progress.listen(started.sparkContext()))) {
      Tables tables = tables(pipeline, spark, anew, lease::check);
      List<Runner.Outcome> outcomes =
          new Runner(tables, pipeline.commitBytes(), progress, err::println).run(pipeline.jobs());
      tables.clearScratch();
      Ledger ledger = Ledger.of(pipeline, tables);
      boolean sound =
          ledger.unaccounted().isEmpty() && ledger.brokenShare() <= pipeline.maxBroken();
      if (sound) {
        pipeline.jobs().forEach(job -> job.publish(tables));
        ledger = Ledger.of(pipeline, tables);
      }
      out.print(LedgerText.of(ledger));
      tables.notes().forEach(err::println);
      return summary(pipeline, outcomes, ledger, tables, start, err);
    }
  }

  private static int summary(
      Pipeline pipeline,
      List<Runner.Outcome> outcomes,
      Ledger ledger,
      Tables tables,
      long start,
      PrintStream err) {
    long made = outcomes.stream().filter(o -> o.made() > 0).count();
    String what =
        made == 0
            ? "everything is up to date, nothing was written"
            : made + " of " + outcomes.size() + " steps had work to do";
    err.printf(
        Locale.ROOT, "%s: %s (%.0f s)%n", pipeline.name(), what, (System.nanoTime() - start) / 1e9);
    if (!ledger.unaccounted().isEmpty()) {
      err.println(
          "the ledger does not add up: nothing was published, the shards are those of the last sound"
              + " run");
      return Exit.FAILED;
    }
    if (ledger.brokenShare() > pipeline.maxBroken()) {
      err.printf(
          Locale.ROOT,
          "%.2f %% of all records are broken, more than maxBroken = %.2f %% allows: nothing was"
              + " published, the shards are those of the last sound run. They are rows of the table"
              + " documents with status = 'quarantined'%n",
          100 * ledger.brokenShare(),
          100 * pipeline.maxBroken());
      Suspects.lines(pipeline, ledger, tables).forEach(err::println);
      return Exit.TOO_MUCH_BROKEN;
    }
    return Exit.DONE;
  }
}
