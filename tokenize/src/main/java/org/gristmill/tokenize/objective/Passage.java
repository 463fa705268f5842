package org.gristmill.tokenize.objective;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.gristmill.core.Text;

/**
 * A document as an objective sees it.
 *
 * @param id the document's, from which all chance follows
 * @param text all of it
 * @param turns who said what in it, in order; empty if it is no dialogue
 */
public record Passage(String id, Text text, List<Turn> turns) {
  public Passage {
    turns = List.copyOf(turns);
  }

  /** A text that is no dialogue. */
  public Passage(String id, Text text) {
    this(id, text, List.of());
  }

  /** What was said in a turn. */
  String said(Turn turn) {
    return new String(text.bytes(), turn.from(), turn.to() - turn.from(), StandardCharsets.UTF_8);
  }
}
