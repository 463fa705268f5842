package org.gristmill.jobs.steps;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.gristmill.core.Document;
import org.gristmill.core.Text;
import org.gristmill.sources.dialogue.Messages;
import org.gristmill.tokenize.objective.Turn;

/** Who said what in a text, as the source of dialogues notes it: see {@link Messages}. */
final class DialogueTurns {
  /** Columns of a row, and the facts of a document that they hold. */
  private static final Map<String, String> FACTS =
      new TreeMap<>(Map.of("messages", Messages.FACT, "messages_text", Messages.TEXT_FACT));

  private DialogueTurns() {}

  /** SQL of the columns, from a document's facts. */
  static List<String> columns() {
    return FACTS.entrySet().stream()
        .map(fact -> "meta['" + fact.getValue() + "'] AS " + fact.getKey())
        .toList();
  }

  /**
   * The turns of a row's text; none if it is no dialogue, or its text is another than the source
   * made. Calls of tools belong to what their speaker said.
   */
  static List<Turn> of(Text text, Row row) {
    SortedMap<String, String> facts = new TreeMap<>();
    FACTS.forEach(
        (column, fact) -> {
          String value = row.getAs(column);
          if (value != null) {
            facts.put(fact, value);
          }
        });
    Document document =
        new Document(row.getAs("id"), "", "", "", 0, "", Document.UNDETERMINED, text, facts);
    return Messages.of(document).orElse(List.of()).stream()
        .map(said -> new Turn(said.role(), said.content().from(), said.toolCalls().to()))
        .toList();
  }
}
