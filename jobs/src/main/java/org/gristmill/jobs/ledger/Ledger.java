package org.gristmill.jobs.ledger;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.gristmill.core.Reason;
import org.gristmill.jobs.conf.Pipeline;
import org.gristmill.jobs.table.BatchRecord.Counted;
import org.gristmill.jobs.table.Count;
import org.gristmill.jobs.table.Even;
import org.gristmill.jobs.table.Job;
import org.gristmill.jobs.table.Tables;

/**
 * What became of every record, by source. What is counted and what must come out even is what the
 * jobs of the pipeline declare.
 *
 * @param pipeline its name
 * @param root folder of tables and shards
 * @param columns the counts to show, in the order of the data's way
 * @param sources by name, the counts of each
 * @param tables path of every table
 * @param files files beside the tables, by what they are
 * @param unaccounted sums that do not come out even; always empty, or something is badly wrong
 */
public record Ledger(
    String pipeline,
    String root,
    List<Column> columns,
    SortedMap<String, Line> sources,
    SortedMap<String, String> tables,
    SortedMap<String, String> files,
    List<String> unaccounted) {

  /**
   * A count to show.
   *
   * @param key {@code TABLE.COUNT}
   * @param name what it is called in the ledger
   * @param labelled whether it is split by a reason or rule
   */
  public record Column(String key, String name, boolean labelled) {}

  /** One source: by {@code TABLE.COUNT} the numbers by label. */
  public record Line(SortedMap<String, SortedMap<String, Long>> counts) {
    /** A number, over all its labels. */
    public long sum(String key) {
      return labels(key).values().stream().mapToLong(Long::longValue).sum();
    }

    /** A number by label. */
    public SortedMap<String, Long> labels(String key) {
      return counts.getOrDefault(key, new TreeMap<>());
    }
  }

  /** Adds up what was counted when the batches were made. */
  public static Ledger of(Pipeline pipeline, Tables tables) {
    return of(
        pipeline,
        tables,
        job ->
            tables.records(job.to()).values().stream().flatMap(r -> r.counts().stream()).toList());
  }

  /** Counts everything in the tables anew, and every id in all batches together. */
  public static Ledger recounted(Pipeline pipeline, Tables tables) {
    return of(pipeline, tables, tables::recount);
  }

  private static Ledger of(Pipeline pipeline, Tables tables, Function<Job, List<Counted>> counted) {
    SortedMap<String, Line> lines = new TreeMap<>();
    SortedMap<String, String> paths = new TreeMap<>();
    SortedMap<String, String> files = new TreeMap<>();
    List<Job> made = pipeline.jobs().stream().filter(j -> tables.exists(j.to())).toList();
    for (Job job : made) {
      paths.put(job.to(), tables.path(job.to()));
      files.putAll(job.files(tables));
      for (Counted count : counted.apply(job)) {
        lines
            .computeIfAbsent(count.source(), s -> new Line(new TreeMap<>()))
            .counts()
            .computeIfAbsent(job.to() + "." + count.name(), k -> new TreeMap<>())
            .merge(count.label(), count.number(), Long::sum);
      }
    }
    return new Ledger(
        pipeline.name(),
        pipeline.root(),
        columns(pipeline.jobs()),
        lines,
        paths,
        files,
        uneven(made, lines));
  }

  /** Every count is called by its own name, unless two tables have one of that name. */
  private static List<Column> columns(List<Job> jobs) {
    Map<String, Integer> uses = new TreeMap<>();
    jobs.forEach(j -> j.counts().forEach(c -> uses.merge(c.name(), 1, Integer::sum)));
    List<Column> columns = new ArrayList<>();
    for (Job job : jobs) {
      for (Count count : job.counts()) {
        String key = job.to() + "." + count.name();
        String name = uses.get(count.name()) == 1 ? count.name() : key;
        columns.add(new Column(key, name, !count.label().equals("''")));
      }
    }
    return columns;
  }

  private static List<String> uneven(List<Job> jobs, SortedMap<String, Line> lines) {
    List<String> odd = new ArrayList<>();
    for (Job job : jobs) {
      List<Even> sums = new ArrayList<>(job.sums());
      sums.add(
          new Even(
              "rows with an id in " + job.to() + ", and ids",
              List.of(job.to() + "." + Count.ROWS_WITH_ID),
              List.of(job.to() + "." + Count.IDS)));
      for (Even even : sums) {
        lines.forEach(
            (source, line) -> {
              long left = total(line, even.left());
              long right = total(line, even.right());
              if (left != right) {
                odd.add(source + ": " + even.what() + ": " + left + " and " + right);
              }
            });
      }
    }
    return odd;
  }

  private static long total(Line line, List<String> terms) {
    long total = 0;
    for (String term : terms) {
      total += term.startsWith("-") ? -line.sum(term.substring(1)) : line.sum(term);
    }
    return total;
  }

  /** Records that are damaged, rather than sound but not for us, by source and reason. */
  public SortedMap<String, SortedMap<String, Long>> broken() {
    SortedMap<String, SortedMap<String, Long>> broken = new TreeMap<>();
    for (Column column : columns) {
      if (column.key().endsWith(".quarantined")) {
        sources.forEach(
            (source, line) ->
                line.labels(column.key())
                    .forEach(
                        (reason, count) -> {
                          if (reason(reason).broken()) {
                            broken
                                .computeIfAbsent(source, s -> new TreeMap<>())
                                .merge(reason, count, Long::sum);
                          }
                        }));
      }
    }
    return broken;
  }

  private static Reason reason(String text) {
    return Reason.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** Share of damaged records among all, from 0 to 1. */
  public double brokenShare() {
    long bad =
        broken().values().stream()
            .flatMap(m -> m.values().stream())
            .mapToLong(Long::longValue)
            .sum();
    long records = 0;
    for (Column column : columns) {
      if (column.key().endsWith(".records")) {
        records += sources.values().stream().mapToLong(l -> l.sum(column.key())).sum();
      }
    }
    return records == 0 ? 0 : (double) bad / records;
  }

  /** For programs. */
  public String json() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("pipeline", pipeline);
    json.put("root", root);
    ObjectNode bySource = json.putObject("sources");
    sources.forEach(
        (source, line) -> {
          ObjectNode node = bySource.putObject(source);
          for (Column column : columns) {
            if (column.labelled()) {
              line.labels(column.key()).forEach(node.putObject(column.name())::put);
            } else {
              node.put(column.name(), line.sum(column.key()));
            }
          }
        });
    tables.forEach(json.putObject("tables")::put);
    files.forEach(json::put);
    ArrayNode odd = json.putArray("unaccounted");
    unaccounted.forEach(odd::add);
    return json.toPrettyString();
  }

  /** Columns that a person sees: what is only there to be compared with another is left out. */
  List<Column> shown() {
    Map<String, Column> shown = new LinkedHashMap<>();
    TreeSet<String> hidden =
        new TreeSet<>(
            List.of("read", "broken", "signed", "ids", "packed", "packed-tokens", "indexed"));
    for (Column column : columns) {
      if (!hidden.contains(column.key().replaceFirst(".*\\.", ""))) {
        shown.put(column.key(), column);
      }
    }
    return List.copyOf(shown.values());
  }
}
