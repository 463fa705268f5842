package org.gristmill.jobs.cli;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Row;
import org.gristmill.core.SettingError;
import org.gristmill.core.UserError;
import org.gristmill.dedup.contamination.GramSize;
import org.gristmill.jobs.conf.Pipeline;
import org.gristmill.jobs.conf.PipelineReader;
import org.gristmill.jobs.run.RunLease;
import org.gristmill.jobs.run.Session;
import org.gristmill.jobs.run.Sessions;
import org.gristmill.jobs.run.Whereabouts;
import org.gristmill.jobs.steps.Benchmarks;
import org.gristmill.jobs.steps.ContaminationSearch;
import org.gristmill.jobs.table.Tables;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code contaminated}: how much of a benchmark a corpus holds, and where. */
@Command(
    name = "contaminated",
    mixinStandardHelpOptions = true,
    description =
        "Says which items of a benchmark a corpus holds text of, in which documents, shards and"
            + " rows.")
public final class ContaminatedCommand implements Callable<Integer> {
  private static final int DOCUMENTS = 3;

  @Parameters(index = "0", paramLabel = "CONF", description = "the pipeline, a HOCON file")
  private Path conf;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "BENCHMARK",
      description = "files of JSON lines, an item a line")
  private List<Path> files;

  @Option(
      names = "--fields",
      split = ",",
      description = "fields of the items that count; without this, all with text")
  private List<String> fields = new ArrayList<>();

  private final PrintStream out;
  private final PrintStream err;

  ContaminatedCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws java.io.IOException {
    Pipeline pipeline = PipelineReader.read(conf);
    Benchmarks benchmarks = benchmarks();
    try (RunLease lease = RunLease.take(pipeline.root(), Sessions.hadoop(pipeline.spark()));
        Session spark = new Session(pipeline, started -> {})) {
      Tables tables = new Tables(spark, spark.hadoop(), pipeline.root(), lease::check);
      ContaminationSearch search =
          ContaminationSearch.of(tables, pipeline.jobs(), benchmarks, fields, GramSize.GPT3);
      err.println(
          search.sign().isPresent()
              ? "asking the fingerprints of all documents, reading the texts of those found"
              : "reading all texts: fingerprints = true in the sign step would answer without");
      if (search.uncertain() > 0) {
        err.println(
            search.uncertain()
                + " fields have fewer than 13 words: fingerprints may miss documents that hold them");
      }
      List<Row> found =
          search
              .found()
              .selectExpr("*", "matched / grams AS share")
              .orderBy(
                  org.apache.spark.sql.functions.col("share").desc(),
                  org.apache.spark.sql.functions.col("item"),
                  org.apache.spark.sql.functions.col("field"),
                  org.apache.spark.sql.functions.col("id"))
              .collectAsList();
      print(found, new Whereabouts(tables, pipeline.jobs()));
      tables.clearScratch();
      return Exit.DONE;
    }
  }

  private Benchmarks benchmarks() throws java.io.IOException {
    List<Benchmarks.File> read = new ArrayList<>();
    for (Path file : files) {
      if (!Files.isRegularFile(file)) {
        throw new UserError(file + ": no such file");
      }
      read.add(new Benchmarks.File(file.getFileName().toString(), Files.readAllBytes(file)));
    }
    Benchmarks benchmarks = new Benchmarks(read);
    try {
      benchmarks.check(fields);
    } catch (SettingError e) {
      throw new UserError(e.getMessage());
    }
    return benchmarks;
  }

  /** The items, those of which most was found first; then where the documents are. */
  private void print(List<Row> found, Whereabouts whereabouts) {
    Map<String, List<Row>> items = new LinkedHashMap<>();
    Set<String> documents = new TreeSet<>();
    for (Row row : found) {
      items
          .computeIfAbsent(row.getAs("item") + " " + row.getAs("field"), key -> new ArrayList<>())
          .add(row);
      documents.add(row.getAs("id"));
    }
    items.forEach(
        (item, rows) -> {
          List<String> ids = rows.stream().map(row -> row.<String>getAs("id")).toList();
          out.printf(
              Locale.ROOT,
              "%s: %.1f %% of its n-grams in one document, some in %d: %s%s%n",
              item,
              100 * rows.get(0).<Double>getAs("share"),
              ids.size(),
              String.join(" ", ids.subList(0, Math.min(DOCUMENTS, ids.size()))),
              ids.size() > DOCUMENTS ? " ..." : "");
        });
    int told = 0;
    for (String id : documents) {
      if (told++ < Whereabouts.MOST) {
        whereabouts.of(id).forEach(out::println);
      }
    }
    err.printf(
        Locale.ROOT, "%d fields of items found in %d documents%n", items.size(), documents.size());
  }
}
