package org.gristmill.jobs.steps;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gristmill.core.Text;
import org.gristmill.tokenize.objective.Turn;

/**
 * Who said what in a text, as the source of dialogues notes it: the messages as JSON, and the text
 * made of them, {@code role: content} with an empty line between two.
 */
final class DialogueTurns {
  /** The fact of a document that holds the messages. */
  static final String MESSAGES = "messages";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BETWEEN = "\n\n";

  private DialogueTurns() {}

  /**
   * Where the messages stand in the text; none if it is not the text made of them, but one that a
   * filter rewrote.
   */
  static List<Turn> of(Text text, Optional<String> messages) {
    List<Turn> turns = new ArrayList<>();
    StringBuilder made = new StringBuilder();
    int bytes = 0;
    for (JsonNode message : parsed(messages.orElse("[]"))) {
      String role = message.path("role").asText();
      String content = message.path("content").asText();
      String before = (turns.isEmpty() ? "" : BETWEEN) + role + ": ";
      bytes += Text.of(before).length();
      int length = Text.of(content).length();
      turns.add(new Turn(role, bytes, bytes + length));
      bytes += length;
      made.append(before).append(content);
    }
    return made.toString().equals(text.toString()) ? turns : List.of();
  }

  private static JsonNode parsed(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the messages of a dialogue are no JSON: " + json, e);
    }
  }
}
