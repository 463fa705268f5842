package org.gristmill.jobs.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.gristmill.core.UserError;
import org.gristmill.jobs.conf.Pipeline;
import org.gristmill.jobs.conf.PipelineReader;
import org.gristmill.jobs.run.Session;
import org.gristmill.jobs.run.Sweep;
import org.gristmill.jobs.steps.FilterJob;
import org.gristmill.jobs.table.Tables;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sweep}: what other limits of a rule would keep and drop. */
@Command(
    name = "sweep",
    mixinStandardHelpOptions = true,
    description = {
      "Says how the documents spread over the values of a rule, so that a limit can be chosen;"
          + " without a rule, which rules there are.",
      "Reads what was measured when the documents were judged, and no text."
    })
public final class SweepCommand implements Callable<Integer> {
  private static final int LINES = 20;
  private static final int BAR = 40;

  @Parameters(index = "0", paramLabel = "CONF", description = "the pipeline, a HOCON file")
  private Path conf;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "RULE",
      description = "gopher-quality.words for example")
  private String rule = "";

  @Option(
      names = "--all",
      description = "every value of three digits, as tab-separated lines for a program")
  private boolean all;

  private final PrintStream out;
  private final PrintStream err;

  SweepCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() {
    Pipeline pipeline = PipelineReader.read(conf);
    try (Session spark = new Session(pipeline, started -> {})) {
      Tables tables = new Tables(spark, spark.hadoop(), pipeline.root(), RunCommands::refuse);
      String judged =
          pipeline.jobs().stream()
              .filter(job -> job instanceof FilterJob && tables.exists(job.to()))
              .map(job -> job.to())
              .findFirst()
              .orElseThrow(() -> new UserError("there are no judged documents to look at yet"));
      Sweep sweep = new Sweep(tables, judged);
      List<Sweep.Rule> rules = sweep.rules();
      if (rule.isEmpty()) {
        rules(rules);
      } else {
        Sweep.Rule its =
            rules.stream()
                .filter(r -> r.name().equals(rule))
                .findFirst()
                .orElseThrow(() -> new UserError(unknown(rules)));
        steps(its, sweep.steps(rule));
      }
      return Exit.DONE;
    }
  }

  private String unknown(List<Sweep.Rule> rules) {
    return "no document has a number called "
        + rule
        + "; there are "
        + rules.stream().map(Sweep.Rule::name).collect(Collectors.joining(", "));
  }

  private static String limits(Sweep.Rule rule) {
    return rule.limits().stream().map(SweepCommand::number).collect(Collectors.joining(", "));
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.format(Locale.ROOT, "%d", (long) value)
        : String.format(Locale.ROOT, "%.4g", value);
  }

  private void rules(List<Sweep.Rule> rules) {
    out.printf(Locale.ROOT, "%-44s %12s %12s  %s%n", "rule", "documents", "dropped", "limits");
    for (Sweep.Rule its : rules) {
      out.printf(
          Locale.ROOT,
          "%-44s %,12d %,12d  %s%n",
          its.name(),
          its.documents(),
          its.broken(),
          limits(its));
    }
    err.printf(
        "%d numbers; a document counts as dropped by the first rule that it broke%n", rules.size());
  }

  private void steps(Sweep.Rule its, List<Sweep.Step> steps) {
    if (all) {
      out.println("value\tdocuments\tkept\tdropped-by-this");
      steps.forEach(
          step ->
              out.printf(
                  Locale.ROOT,
                  "%s\t%d\t%d\t%d%n",
                  step.value(),
                  step.documents(),
                  step.kept(),
                  step.broken()));
      return;
    }
    List<Sweep.Step> few = Sweep.few(steps, LINES);
    long documents = its.documents();
    long most = few.stream().mapToLong(Sweep.Step::documents).max().orElse(1);
    out.printf(
        Locale.ROOT,
        "%s of %,d documents, %,d of them dropped for it%s%n",
        its.name(),
        documents,
        its.broken(),
        its.limits().isEmpty() ? "" : " (limit " + limits(its) + ")");
    out.printf(
        Locale.ROOT,
        "%12s %12s %9s %12s %12s%n",
        "up to",
        "documents",
        "share so",
        "kept now",
        "dropped");
    out.printf(Locale.ROOT, "%12s %12s %9s %12s %12s%n", "", "", "far", "", "for it");
    long so = 0;
    for (Sweep.Step step : few) {
      so += step.documents();
      out.printf(
          Locale.ROOT,
          "%12s %,12d %8.2f%% %,12d %,12d %s%n",
          number(step.value()),
          step.documents(),
          100.0 * so / documents,
          step.kept(),
          step.broken(),
          "#".repeat((int) (BAR * step.documents() / most)));
    }
    err.println(
        "a limit of `at most V` drops what is behind the line of V, `at least` what is before");
  }
}
