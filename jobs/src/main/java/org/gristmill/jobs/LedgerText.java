package org.gristmill.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.function.ToLongFunction;

/** The ledger as a person reads it. */
final class LedgerText {
  private LedgerText() {}

  private record Column(String head, ToLongFunction<Ledger.Line> value) {}

  private static final List<Column> COLUMNS =
      List.of(
          new Column("files", Ledger.Line::files),
          new Column("records", Ledger.Line::records),
          new Column("quarantined", l -> Ledger.sum(l.quarantined())),
          new Column("dropped", l -> Ledger.sum(l.dropped())),
          new Column("kept", Ledger.Line::kept),
          new Column("duplicates", l -> Ledger.sum(l.duplicates())),
          new Column("documents", Ledger.Line::tokenized),
          new Column("tokens", Ledger.Line::tokens),
          new Column("sequences", Ledger.Line::sequences));

  static String of(Ledger ledger) {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "%-12s", "source"));
    COLUMNS.forEach(c -> text.append(String.format(Locale.ROOT, "%13s", c.head())));
    text.append('\n');
    ledger.sources().forEach((name, line) -> text.append(row(name, List.of(line))));
    text.append(row("all", new ArrayList<>(ledger.sources().values())));
    ledger
        .sources()
        .forEach(
            (name, line) -> {
              text.append(details(name, "quarantined", line.quarantined()));
              text.append(details(name, "dropped", line.dropped()));
              text.append(details(name, "duplicates", line.duplicates()));
            });
    if (ledger.unaccounted().isEmpty()) {
      text.append("\nrecords = quarantined + dropped + kept, kept = duplicates + documents: ");
      text.append("nothing is unaccounted for\n");
      text.append("a sequence counts for the source that has most of its tokens\n");
    } else {
      text.append("\nUNACCOUNTED FOR (must be nothing):\n");
      ledger.unaccounted().forEach(line -> text.append("  ").append(line).append('\n'));
    }
    text.append("tables   ").append(ledger.root()).append("/tables/{");
    text.append(String.join(",", ledger.tables().keySet())).append("}\n");
    if (!ledger.shards().isEmpty()) {
      text.append("shards   ").append(ledger.shards()).append('\n');
      text.append("manifest ").append(ledger.shards()).append("/manifest.json\n");
    }
    return text.toString();
  }

  private static String row(String name, List<Ledger.Line> lines) {
    StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-12s", name));
    for (Column column : COLUMNS) {
      long value = lines.stream().mapToLong(column.value()).sum();
      row.append(String.format(Locale.ROOT, "%,13d", value));
    }
    return row.append('\n').toString();
  }

  private static String details(String source, String what, SortedMap<String, Long> counts) {
    if (counts.isEmpty()) {
      return "";
    }
    List<String> parts = new ArrayList<>();
    counts.forEach((name, count) -> parts.add(String.format(Locale.ROOT, "%s %,d", name, count)));
    return String.format(Locale.ROOT, "  %-10s %-12s %s%n", source, what, String.join(", ", parts));
  }
}
