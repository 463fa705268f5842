package org.gristmill.jobs.cli;

import java.io.PrintStream;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.gristmill.core.Block;
import org.gristmill.core.Blocks;
import org.gristmill.core.Reason;
import org.gristmill.core.Setting;
import org.gristmill.core.UserError;
import org.gristmill.jobs.ingest.IngestStep;
import org.gristmill.jobs.registry.AllFilters;
import org.gristmill.jobs.registry.Jobs;
import org.gristmill.jobs.registry.Kinds;
import org.gristmill.jobs.settings.Binder;
import org.gristmill.jobs.table.Job;
import org.gristmill.jobs.table.TableDocs;
import org.gristmill.tokenize.ShardFormats;
import org.gristmill.tokenize.Tokenizer;
import org.gristmill.tokenize.Tokenizers;
import org.gristmill.tokenize.objective.Objectives;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows what a pipeline may name, with settings and defaults read from the code itself. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description =
        "Shows what a pipeline may name: sources, filters, tokenizers, formats, jobs; and tables and"
            + " reasons.")
public final class ListCommand implements Callable<Integer> {
  private static final String KNOWN =
      "sources, filters, tokenizers, objectives, formats, jobs, tables, reasons";

  @Parameters(paramLabel = "WHAT", description = KNOWN)
  private String what;

  private final PrintStream out;

  ListCommand(PrintStream out, PrintStream err) {
    this.out = out;
  }

  @Override
  public Integer call() {
    switch (what) {
      case "sources" -> Kinds.BY_NAME.forEach(this::block);
      case "filters" -> AllFilters.BY_NAME.forEach(this::block);
      case "formats" -> ShardFormats.BY_NAME.forEach(this::block);
      case "objectives" -> Objectives.BY_NAME.forEach(this::block);
      case "jobs" -> Jobs.BY_NAME.forEach(this::job);
      case "tokenizers" -> Tokenizers.BY_NAME.forEach(this::tokenizer);
      case "tables" -> out.print(TableDocs.markdown(Jobs.BY_NAME.values()));
      case "reasons" -> {
        for (Reason reason : Reason.values()) {
          out.printf(
              Locale.ROOT,
              "%-22s %s%n",
              reason.text(),
              reason.broken() ? "counts for maxBroken" : "does not count for maxBroken");
        }
      }
      default -> throw new UserError("unknown list " + what + " (known: " + KNOWN + ")");
    }
    return Exit.DONE;
  }

  private void tokenizer(String name, Tokenizer tokenizer) {
    out.println(name);
    out.println("  vocabulary size = " + tokenizer.vocabularySize());
    out.println("  end of document = " + tokenizer.endOfDocument());
  }

  private void job(String name, Job job) {
    head(name, job.getClass());
    if (name.equals("ingest")) {
      settings(IngestSource.DEFAULTS);
      settings(IngestStep.Intake.DEFAULTS);
    } else {
      settings((Record) job);
    }
  }

  /** What an ingest step needs besides the settings of its source. */
  private record IngestSource(
      @Setting(does = "kind of source: see gristmill list sources", required = true) String source,
      @Setting(
              does = "name of the source, part of every document's identity; its kind if not given")
          String name,
      @Setting(does = "files, folders or globs on any Hadoop file system", required = true)
          String from,
      @Setting(does = "table to make") String to) {
    static final IngestSource DEFAULTS = new IngestSource("", "", "", "documents");
  }

  private void block(String name, Object block) {
    head(name, block.getClass());
    settings((Record) block);
  }

  private void head(String name, Class<?> type) {
    Block about = type.getAnnotation(Block.class);
    out.println(
        name + (about == null ? "" : " (version " + about.version() + "): " + about.does()));
  }

  private void settings(Record block) {
    Map<String, String> lines = new LinkedHashMap<>();
    Map<String, Object> values = Blocks.settings(block);
    for (RecordComponent component : block.getClass().getRecordComponents()) {
      Setting about = component.getAnnotation(Setting.class);
      String value =
          about != null && about.required()
              ? "(must be given)"
              : Binder.shown(values.get(component.getName()));
      lines.put(component.getName() + " = " + value, about == null ? "" : text(about));
    }
    lines.forEach(
        (setting, text) ->
            out.println(
                text.isEmpty()
                    ? "  " + setting
                    : String.format(Locale.ROOT, "  %-40s # %s", setting, text)));
  }

  private static String text(Setting about) {
    StringBuilder text = new StringBuilder(about.does());
    if (!about.unit().isEmpty()) {
      text.append("; in ").append(about.unit());
    }
    if (about.min() != Double.NEGATIVE_INFINITY) {
      text.append(
          about.min() == Double.MIN_VALUE ? "; above 0" : "; at least " + number(about.min()));
    }
    if (about.max() != Double.POSITIVE_INFINITY) {
      text.append("; at most ").append(number(about.max()));
    }
    return text.toString();
  }

  private static String number(double bound) {
    return bound == Math.rint(bound)
        ? String.format(Locale.ROOT, "%.0f", bound)
        : Double.toString(bound);
  }
}
