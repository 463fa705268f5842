package org.gristmill.sources.dialogue;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.gristmill.sources.Json;

/** The turns of one conversation, as they are read from an array. */
final class Turns {
  private final List<Turn> turns = new ArrayList<>();
  private int read;
  private int withoutContent;

  /** Reads the array that the parser stands on. */
  void readArray(JsonParser parser) throws IOException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.VALUE_STRING) {
        add("", parser.getText());
      } else if (parser.currentToken() == JsonToken.START_OBJECT) {
        readTurn(parser);
      } else {
        withoutContent++;
        parser.skipChildren();
      }
    }
  }

  /** Adds a turn; one without a role speaks in turn, the user first; one without text is none. */
  void add(String role, String content) {
    String speaker = role.isEmpty() ? (read % 2 == 0 ? "user" : "assistant") : normalised(role);
    read++;
    if (!content.isBlank()) {
      turns.add(new Turn(speaker, content.strip()));
    }
  }

  List<Turn> list() {
    return turns;
  }

  /** Whether some turn had nothing that could be its content. */
  boolean broken() {
    return withoutContent > 0;
  }

  private void readTurn(JsonParser parser) throws IOException {
    String role = "";
    String content = "";
    boolean hasContent = false;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (field) {
        case "role", "from", "speaker" -> role = value.isScalarValue() ? parser.getText() : "";
        case "content", "value", "utterance", "text", "message" -> {
          hasContent = true;
          content = content(parser);
        }
        default -> {
          hasContent |= field.equals("tool_calls") || field.equals("function_call");
        }
      }
      parser.skipChildren();
    }
    if (!hasContent) {
      withoutContent++;
    }
    add(role, content);
  }

  /** A string, or the texts of a list of parts, one a line; null is nothing. */
  private static String content(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    if (token != JsonToken.START_ARRAY) {
      return "";
    }
    StringJoiner text = new StringJoiner("\n");
    int depth = 1;
    while (depth > 0) {
      token = parser.nextToken();
      if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      } else if (token == JsonToken.VALUE_STRING
          && (depth == 1 || depth == 2 && "text".equals(parser.currentName()))) {
        text.add(parser.getText());
      }
    }
    return text.toString();
  }

  private static String normalised(String role) {
    String lower = role.strip().toLowerCase(Locale.ROOT);
    return switch (lower) {
      case "human" -> "user";
      case "gpt", "bot", "chatgpt", "bard", "model" -> "assistant";
      case "function", "observation" -> "tool";
      default -> lower;
    };
  }

  /** The turns as compact JSON, {@code [{"role":…,"content":…},…]}. */
  static String json(List<Turn> turns) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = Json.FACTORY.createGenerator(text)) {
      json.writeStartArray();
      for (Turn turn : turns) {
        json.writeStartObject();
        json.writeStringField("role", turn.role());
        json.writeStringField("content", turn.content());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    return text.toString();
  }
}
