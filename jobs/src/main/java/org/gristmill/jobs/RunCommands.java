package org.gristmill.jobs;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.gristmill.core.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands that work on a whole pipeline. */
final class RunCommands {
  private RunCommands() {}

  @Command(
      name = "run",
      mixinStandardHelpOptions = true,
      description = "Brings every table and the shards of a pipeline up to date.")
  static final class Run implements Callable<Integer> {
    @Parameters(paramLabel = "CONF", description = "the pipeline, a HOCON file")
    private Path conf;

    private final PrintStream out;
    private final PrintStream err;

    Run(PrintStream out, PrintStream err) {
      this.out = out;
      this.err = err;
    }

    @Override
    public Integer call() throws IOException {
      return run(checked(conf), out, err);
    }
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = "Shows every mistake in a pipeline's conf, without starting Spark.")
  static final class Check implements Callable<Integer> {
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
      return Main.DONE;
    }
  }

  @Command(
      name = "ledger",
      mixinStandardHelpOptions = true,
      description = "Prints again what became of every record, from the committed tables.")
  static final class ShowLedger implements Callable<Integer> {
    @Parameters(paramLabel = "CONF", description = "the pipeline, a HOCON file")
    private Path conf;

    @Option(names = "--json", description = "for programs")
    private boolean json;

    private final PrintStream out;

    ShowLedger(PrintStream out, PrintStream err) {
      this.out = out;
    }

    @Override
    public Integer call() throws IOException {
      Pipeline pipeline = PipelineReader.read(conf);
      try (SparkSession spark = Sessions.start(pipeline)) {
        Ledger ledger = Ledger.of(pipeline, new Tables(spark, pipeline.root()));
        if (ledger.tables().isEmpty()) {
          throw new UserError("there are no tables under " + pipeline.root() + " yet");
        }
        out.print(json ? ledger.json() + "\n" : LedgerText.of(ledger));
        return ledger.unaccounted().isEmpty() ? Main.DONE : Main.FAILED;
      }
    }
  }

  @Command(
      name = "demo",
      mixinStandardHelpOptions = true,
      description = "Prepares real input of all five kinds and runs the whole pipeline on it.")
  static final class Demo implements Callable<Integer> {
    @Option(
        names = "--home",
        hidden = true,
        defaultValue = "${env:GRISTMILL_HOME:-.}",
        description = "folder of the project")
    private Path home;

    private final PrintStream out;
    private final PrintStream err;

    Demo(PrintStream out, PrintStream err) {
      this.out = out;
      this.err = err;
    }

    @Override
    public Integer call() throws IOException {
      Path work = home.resolve("out/demo");
      err.println(
          DemoInput.prepare(work.resolve("download"), home.resolve("demo"), work.resolve("input")));
      return run(checked(home.resolve("conf/demo.conf")), out, err);
    }
  }

  /** The pipeline in a file, its inputs looked for too. */
  private static Pipeline checked(Path conf) throws IOException {
    Pipeline pipeline = PipelineReader.read(conf);
    Problems problems = new Problems();
    for (Job job : pipeline.jobs()) {
      if (job instanceof IngestJob ingest) {
        for (IngestStep step : ingest.steps()) {
          step.findInputs(Sessions.hadoop(pipeline), problems);
        }
      }
    }
    problems.throwIfAny();
    return pipeline;
  }

  @SuppressWarnings("try") // the lock is held, not used
  private static int run(Pipeline pipeline, PrintStream out, PrintStream err) throws IOException {
    long start = System.nanoTime();
    try (RunLock lock = RunLock.take(pipeline.root(), Sessions.hadoop(pipeline));
        SparkSession spark = Sessions.start(pipeline)) {
      Tables tables = new Tables(spark, pipeline.root());
      Progress progress = new Progress(err);
      spark.sparkContext().addSparkListener(progress);
      List<Runner.Outcome> outcomes = new Runner(tables, progress).run(pipeline.jobs());
      tables.clearScratch();
      Ledger ledger = Ledger.of(pipeline, tables);
      out.print(LedgerText.of(ledger));
      tables.notes().forEach(err::println);
      return summary(pipeline, outcomes, ledger, start, err);
    }
  }

  private static int summary(
      Pipeline pipeline,
      List<Runner.Outcome> outcomes,
      Ledger ledger,
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
      err.println("the ledger does not add up; do not use these shards");
      return Main.FAILED;
    }
    if (ledger.broken() > pipeline.maxBroken()) {
      err.printf(
          Locale.ROOT,
          "%.2f %% of all records are broken, more than maxBroken = %.2f %% allows; they are rows"
              + " of the table documents with status = 'quarantined'%n",
          100 * ledger.broken(),
          100 * pipeline.maxBroken());
      return Main.TOO_MUCH_BROKEN;
    }
    return Main.DONE;
  }
}
