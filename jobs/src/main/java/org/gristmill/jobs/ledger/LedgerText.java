package org.gristmill.jobs.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/** The ledger as a person reads it. */
public final class LedgerText {
  private LedgerText() {}

  /** A table with a line a source, the details behind it, and where everything lies. */
  public static String of(Ledger ledger) {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "%-12s", "source"));
    ledger.shown().forEach(c -> text.append(cell(c, c.name())));
    text.append('\n');
    ledger.sources().forEach((name, line) -> text.append(row(ledger, name, List.of(line))));
    text.append(row(ledger, "all", ledger.sources().values()));
    ledger
        .sources()
        .forEach(
            (name, line) -> {
              for (Ledger.Column column : ledger.shown()) {
                if (column.labelled()) {
                  text.append(details(name, column.name(), line.labels(column.key())));
                }
              }
            });
    if (ledger.unaccounted().isEmpty()) {
      text.append("\nrecords = quarantined + documents, documents = dropped + kept,");
      boolean cleaned = ledger.columns().stream().anyMatch(c -> c.key().endsWith(".removed-bytes"));
      text.append(" kept = duplicates + ");
      text.append(cleaned ? "what the next step dropped and kept:" : "tokenized:");
      text.append("\nnothing is unaccounted for\n");
    } else {
      text.append("\nUNACCOUNTED FOR (must be nothing):\n");
      ledger.unaccounted().forEach(line -> text.append("  ").append(line).append('\n'));
    }
    text.append("tables   ").append(ledger.root()).append("/tables/{");
    text.append(String.join(",", ledger.tables().keySet())).append("}\n");
    ledger
        .files()
        .forEach((what, path) -> text.append(String.format(Locale.ROOT, "%-8s %s%n", what, path)));
    return text.toString();
  }

  /** As wide as the column's name wants, and as any count. */
  private static String cell(Ledger.Column column, String text) {
    int width = Math.max(13, column.name().length() + 2);
    return String.format(Locale.ROOT, "%" + width + "s", text);
  }

  private static String row(Ledger ledger, String name, Collection<Ledger.Line> lines) {
    StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-12s", name));
    for (Ledger.Column column : ledger.shown()) {
      long value = lines.stream().mapToLong(l -> l.sum(column.key())).sum();
      row.append(cell(column, String.format(Locale.ROOT, "%,d", value)));
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
