package org.gristmill.jobs;

import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.gristmill.core.Blocks;
import org.gristmill.core.UserError;
import org.gristmill.filters.Filters;
import org.gristmill.tokenize.ShardFormats;
import org.gristmill.tokenize.Tokenizer;
import org.gristmill.tokenize.Tokenizers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows what a pipeline may name, with settings and defaults read from the code itself. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description =
        "Shows the known sources, filters, tokenizers, formats or jobs with their settings.")
final class ListCommand implements Callable<Integer> {
  @Parameters(paramLabel = "WHAT", description = "sources, filters, tokenizers, formats or jobs")
  private String what;

  private final PrintStream out;

  ListCommand(PrintStream out, PrintStream err) {
    this.out = out;
  }

  @Override
  public Integer call() {
    switch (what) {
      case "sources" -> blocks(Kinds.BY_NAME);
      case "filters" -> blocks(Filters.BY_NAME);
      case "formats" -> blocks(ShardFormats.BY_NAME);
      case "jobs" -> blocks(jobs());
      case "tokenizers" -> {
        for (Map.Entry<String, Tokenizer> entry : Tokenizers.BY_NAME.entrySet()) {
          Tokenizer t = entry.getValue();
          out.println(entry.getKey());
          out.println("  vocabulary size = " + t.vocabularySize());
          out.println("  end of document = " + t.endOfDocument());
        }
      }
      default ->
          throw new UserError(
              "unknown list " + what + " (known: sources, filters, tokenizers, formats, jobs)");
    }
    return Main.DONE;
  }

  private static Map<String, Object> jobs() {
    Map<String, Object> jobs = new TreeMap<>();
    jobs.put("ingest", PipelineReader.IngestSettings.DEFAULTS);
    jobs.put("sign", SignJob.DEFAULTS);
    jobs.put("cluster", ClusterJob.DEFAULTS);
    jobs.put("tokenize", TokenizeJob.DEFAULTS);
    jobs.put("pack", PackJob.DEFAULTS);
    return jobs;
  }

  private void blocks(Map<String, ?> known) {
    known.forEach(
        (name, block) -> {
          out.println(name);
          Blocks.settings((Record) block)
              .forEach((key, value) -> out.println("  " + key + " = " + Binder.shown(value)));
        });
  }
}
