package org.gristmill.jobs.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.gristmill.core.UserError;
import org.gristmill.jobs.conf.Pipeline;
import org.gristmill.jobs.conf.PipelineReader;
import org.gristmill.jobs.run.Session;
import org.gristmill.jobs.run.Whereabouts;
import org.gristmill.jobs.table.Tables;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code why}: where a document went, and why. */
@Command(
    name = "why",
    mixinStandardHelpOptions = true,
    description =
        "Says where documents went: from which bytes, which rule or which duplicate, which shard"
            + " and rows.")
public final class WhyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "CONF", description = "the pipeline, a HOCON file")
  private Path conf;

  @Parameters(
      paramLabel = "ID|URL|FILE",
      description = "the first digits of an id (four or more), a url, or the URI of an input file")
  private String what;

  private final PrintStream out;
  private final PrintStream err;

  WhyCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() {
    Pipeline pipeline = PipelineReader.read(conf);
    try (Session spark = new Session(pipeline, started -> {})) {
      Tables tables = new Tables(spark, spark.hadoop(), pipeline.root(), RunCommands::refuse);
      List<String> lines = new Whereabouts(tables, pipeline.jobs()).of(what);
      if (lines.isEmpty()) {
        throw new UserError(
            what + " is no id, url or file of a document in " + pipeline.root() + "/tables");
      }
      lines.forEach(out::println);
      err.println(lines.stream().filter(line -> !line.startsWith(" ")).count() + " found");
      return Exit.DONE;
    }
  }
}
