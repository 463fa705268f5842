package org.gristmill.jobs.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.gristmill.core.UserError;
import org.gristmill.jobs.conf.MixtureReader;
import org.gristmill.jobs.conf.Pipeline;
import org.gristmill.jobs.conf.PipelineReader;
import org.gristmill.jobs.run.Sessions;
import org.gristmill.jobs.steps.PublishedCorpus;
import org.gristmill.tokenize.mix.Group;
import org.gristmill.tokenize.mix.MixPlan;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mix}: what a run would draw of which group. */
@Command(
    name = "mix",
    mixinStandardHelpOptions = true,
    description = {
      "Plans what a training run draws of the groups of a corpus: tokens, sequences, epochs.",
      "Reads the lists of published shards, and neither tables nor texts."
    })
public final class MixCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "MIXTURE",
      description = "tokens, and phases with weights: a HOCON file, see docs/packing.md")
  private Path mixture;

  @Option(
      names = "--of",
      paramLabel = "CORPUS",
      required = true,
      description = "a pipeline's conf or root, its shards, or one of the lists in them")
  private String of;

  @ArgGroup(multiplicity = "1")
  private Output output;

  /** The table alone, or a file too. */
  private static final class Output {
    @Option(names = "--plan", description = "only print the table")
    private boolean plan;

    @Option(
        names = "--to",
        paramLabel = "FILE",
        description = "write the plan for gristmill.MixedDataset, and print the table")
    private Path to;
  }

  @Option(
      names = "--after",
      paramLabel = "STATE",
      description = "what a MixedDataset's state_dict said, as JSON: plan the rest of that run")
  private Path after;

  private final PrintStream out;
  private final PrintStream err;

  MixCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws IOException {
    PublishedCorpus corpus = corpus();
    MixPlan plan =
        MixPlan.of(
            MixtureReader.read(mixture, corpus.groups().stream().map(Group::name).toList()),
            corpus.groups(),
            after == null ? MixPlan.Start.NEW : start());
    MixText text = new MixText(plan, corpus);
    out.print(text.table());
    plan.warnings().forEach(warning -> err.println("warning: " + warning));
    if (output.to != null) {
      Files.writeString(output.to, text.json());
      err.println("the plan is in " + output.to);
    }
    return Exit.DONE;
  }

  private PublishedCorpus corpus() {
    if (of.endsWith(".conf")) {
      Pipeline pipeline = PipelineReader.read(Path.of(of));
      return PublishedCorpus.read(pipeline.root(), Sessions.hadoop(pipeline.spark()));
    }
    return PublishedCorpus.read(of, Sessions.hadoop(Map.of()));
  }

  private MixPlan.Start start() {
    try {
      JsonNode state = new ObjectMapper().readTree(Files.readAllBytes(after));
      SortedMap<String, Long> drawn = new TreeMap<>();
      state
          .path("groups")
          .properties()
          .forEach(e -> drawn.put(e.getKey(), e.getValue().path("sequences").asLong(-1)));
      long position = state.path("position").asLong(-1);
      if (!drawn.isEmpty()
          && drawn.values().stream().allMatch(n -> n >= 0)
          && drawn.values().stream().mapToLong(n -> n).sum() == position) {
        return new MixPlan.Start(position, drawn);
      }
      throw new UserError(after + ": is not the state of a MixedDataset");
    } catch (IOException e) {
      throw new UserError(after + ": cannot be read as JSON: " + e.getMessage());
    }
  }
}
