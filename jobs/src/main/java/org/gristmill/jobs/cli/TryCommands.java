package org.gristmill.jobs.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.gristmill.core.Document;
import org.gristmill.core.UserError;
import org.gristmill.filters.FilterChain;
import org.gristmill.jobs.conf.PipelineReader;
import org.gristmill.jobs.registry.Kinds;
import org.gristmill.jobs.settings.Binder;
import org.gristmill.jobs.settings.Problems;
import org.gristmill.jobs.steps.FilterJob;
import org.gristmill.sources.FoundJson;
import org.gristmill.sources.Guard;
import org.gristmill.sources.Input;
import org.gristmill.sources.Source;
import org.gristmill.sources.Tally;
import org.gristmill.tokenize.Tokenizer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands that try one thing on one file, without Spark. */
public final class TryCommands {
  private TryCommands() {}

  @Command(
      name = "text",
      mixinStandardHelpOptions = true,
      description = {
        "Reads raw files and prints a JSON line for every document",
        "{\"id\",\"kind\",\"file\",\"offset\",\"url\",\"text\",\"meta\"} and for every quarantined"
            + " record {\"quarantined\",\"file\",\"offset\",...}."
      })
  public static final class ToText implements Callable<Integer> {
    @Option(
        names = "--source",
        required = true,
        paramLabel = "KIND",
        description = "kind of source")
    private String kind;

    @Option(
        names = "--set",
        paramLabel = "SETTING=VALUE",
        description = "a setting of the source, as in a pipeline")
    private List<String> settings = new ArrayList<>();

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "files, folders or globs")
    private List<String> paths;

    private final PrintStream out;
    private final PrintStream err;

    ToText(PrintStream out, PrintStream err) {
      this.out = out;
      this.err = err;
    }

    @Override
    public Integer call() throws IOException {
      Source source = source();
      long documents = 0;
      long quarantined = 0;
      for (String path : paths) {
        for (Input input : TriedFiles.of(path, kind)) {
          Tally tally = Guard.read(source, input, found -> out.println(FoundJson.line(found)));
          documents += tally.documents();
          quarantined += tally.quarantined();
        }
      }
      err.println(documents + " documents, " + quarantined + " quarantined");
      return Exit.DONE;
    }

    private Source source() {
      Problems problems = new Problems();
      Source source = Kinds.BY_NAME.get(kind);
      if (source == null) {
        throw new UserError(
            "unknown source "
                + kind
                + " (known: "
                + String.join(", ", Kinds.BY_NAME.keySet())
                + ")");
      }
      try {
        ConfigObject given =
            ConfigFactory.parseString(
                    String.join("\n", settings),
                    ConfigParseOptions.defaults().setOriginDescription("--set"))
                .root();
        Source bound = (Source) new Binder(problems).bind((Record) source, given, Set.of());
        problems.throwIfAny();
        return bound;
      } catch (ConfigException e) {
        throw new UserError("--set: " + e.getMessage());
      }
    }
  }

  @Command(
      name = "judge",
      mixinStandardHelpOptions = true,
      description = {
        "Runs the filters of a pipeline on JSON lines and prints every document's verdict:",
        "{\"id\",\"kept\",\"rule\",\"measured\",\"limit\",\"language\",\"numbers\"}, and its text"
            + " if a filter rewrote it."
      })
  public static final class Judge implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "CONF", description = "the pipeline, a HOCON file")
    private Path conf;

    @Parameters(index = "1", paramLabel = "PATH", description = TriedFiles.LINES)
    private String path;

    @Option(
        names = "--source",
        paramLabel = "NAME",
        description = "judge all documents as this source's; by default each as its own")
    private String source = "";

    private final PrintStream out;
    private final PrintStream err;

    Judge(PrintStream out, PrintStream err) {
      this.out = out;
      this.err = err;
    }

    @Override
    public Integer call() throws IOException {
      FilterChain chain =
          PipelineReader.read(conf).jobs().stream()
              .filter(FilterJob.class::isInstance)
              .map(j -> ((FilterJob) j).filters())
              .findFirst()
              .orElseThrow(() -> new UserError(conf + " has no filter step"));
      long[] counts = new long[2];
      long broken =
          TriedFiles.documents(
              path,
              source.isEmpty() ? "jsonl" : source,
              err,
              document -> {
                FilterChain.Judged judged =
                    chain.judge(source.isEmpty() ? document : document.withSource(source));
                counts[judged.kept() ? 0 : 1]++;
                out.println(line(document, judged));
              });
      err.println(counts[0] + " kept, " + counts[1] + " dropped, " + broken + " broken");
      return Exit.DONE;
    }

    private static String line(Document document, FilterChain.Judged judged) {
      ObjectNode line = JSON.createObjectNode();
      line.put("id", judged.document().id());
      line.put("kept", judged.kept());
      if (judged.kept()) {
        line.putNull("rule").putNull("measured").putNull("limit");
      } else {
        line.put("rule", judged.rule());
        line.put("measured", judged.measured());
        line.put("limit", judged.limit());
      }
      line.put("language", judged.document().language());
      judged.numbers().forEach(line.putObject("numbers")::put);
      if (!judged.document().text().equals(document.text())) {
        line.put("text", judged.document().text().toString());
      }
      return line.toString();
    }
  }

  @Command(
      name = "tokens",
      mixinStandardHelpOptions = true,
      description = "Tokenizes JSON lines and prints {\"id\",\"tokens\":[...]} for every document.")
  public static final class ToTokens implements Callable<Integer> {
    @Mixin private TokenizerOptions chosen;

    @Option(
        names = "--decode",
        description = "the other way: {\"id\",\"tokens\":[...]} to {\"id\",\"text\"}")
    private boolean decode;

    @Parameters(paramLabel = "PATH", description = TriedFiles.LINES)
    private String path;

    private final PrintStream out;
    private final PrintStream err;

    ToTokens(PrintStream out, PrintStream err) {
      this.out = out;
      this.err = err;
    }

    @Override
    public Integer call() throws IOException {
      Tokenizer tokenizer = chosen.tokenizer();
      return decode ? decoded(tokenizer) : encoded(tokenizer);
    }

    private int decoded(Tokenizer tokenizer) throws IOException {
      long[] counts = new long[2];
      TriedFiles.lines(
          path,
          (line, number) -> {
            try {
              JsonNode read = JSON.readTree(line);
              ObjectNode text = JSON.createObjectNode();
              text.set("id", read.path("id"));
              text.put("text", tokenizer.decode(ids(read.path("tokens"))).toString());
              out.println(text);
              counts[0]++;
            } catch (IOException | IllegalArgumentException e) {
              counts[1]++;
              err.println("line " + number + ": " + e.getMessage());
            }
          });
      err.println(counts[0] + " documents, " + counts[1] + " broken lines");
      return Exit.DONE;
    }

    private static int[] ids(JsonNode tokens) {
      if (!tokens.isArray()) {
        throw new IllegalArgumentException("no list of tokens");
      }
      int[] ids = new int[tokens.size()];
      for (int i = 0; i < ids.length; i++) {
        if (!tokens.get(i).canConvertToInt() || !tokens.get(i).isIntegralNumber()) {
          throw new IllegalArgumentException("no token id: " + tokens.get(i));
        }
        ids[i] = tokens.get(i).intValue();
      }
      return ids;
    }

    private int encoded(Tokenizer tokenizer) throws IOException {
      long[] counts = new long[2];
      long broken =
          TriedFiles.documents(
              path,
              "jsonl",
              err,
              document -> {
                ObjectNode line = JSON.createObjectNode();
                line.put("id", document.id());
                ArrayNode tokens = line.putArray("tokens");
                for (int token : tokenizer.encode(document.text())) {
                  tokens.add(token);
                }
                counts[0]++;
                counts[1] += tokens.size();
                out.println(line);
              });
      err.println(counts[0] + " documents, " + counts[1] + " tokens, " + broken + " broken");
      return Exit.DONE;
    }
  }

  private static final ObjectMapper JSON = new ObjectMapper();
}
