package org.gristmill.sources;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.gristmill.core.Document;
import org.gristmill.core.Found;
import org.gristmill.core.Quarantined;
import org.gristmill.core.Text;

/** Findings as JSON lines, for people and for small tools. */
public final class FoundJson {
  private FoundJson() {}

  /** One finding as one line of JSON, without a line feed. */
  public static String line(Found found) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = Json.FACTORY.createGenerator(line)) {
      json.writeStartObject();
      if (found instanceof Document document) {
        write(json, document);
      } else if (found instanceof Quarantined quarantined) {
        write(json, quarantined);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string takes every character", e);
    }
    return line.toString();
  }

  private static void write(JsonGenerator json, Document document) throws IOException {
    json.writeStringField("id", document.id());
    json.writeStringField("source", document.source());
    json.writeStringField("kind", document.kind());
    json.writeStringField("file", document.file());
    json.writeNumberField("offset", document.offset());
    json.writeStringField("url", document.url());
    json.writeStringField("language", document.language());
    json.writeStringField("text", document.text().toString());
    json.writeObjectFieldStart("meta");
    for (Map.Entry<String, String> fact : document.meta().entrySet()) {
      json.writeStringField(fact.getKey(), fact.getValue());
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Quarantined quarantined) throws IOException {
    json.writeStringField("quarantined", quarantined.reason().text());
    json.writeStringField("source", quarantined.source());
    json.writeStringField("kind", quarantined.kind());
    json.writeStringField("file", quarantined.file());
    json.writeNumberField("offset", quarantined.offset());
    json.writeStringField("url", quarantined.url());
    json.writeStringField("detail", quarantined.detail());
  }

  /**
   * The document of a line; only {@code id} and {@code text} must be there, unknown fields are
   * passed over.
   *
   * @throws IllegalArgumentException what is wrong with the line
   */
  public static Document document(String line) {
    Map<String, String> fields = new HashMap<>();
    Map<String, String> meta = new TreeMap<>();
    try (JsonParser json = Json.FACTORY.createParser(line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("not a JSON object");
      }
      readObject(json, fields, meta);
      if (json.nextToken() != null) {
        throw new IllegalArgumentException("more than one JSON object on the line");
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("a string does not fail to be read", e);
    }
    return new Document(
        required(fields, "id"),
        fields.getOrDefault("source", ""),
        fields.getOrDefault("kind", ""),
        fields.getOrDefault("file", ""),
        offset(fields.getOrDefault("offset", "0")),
        fields.getOrDefault("url", ""),
        fields.getOrDefault("language", Document.UNDETERMINED),
        Text.of(required(fields, "text")),
        new TreeMap<>(meta));
  }

  private static void readObject(
      JsonParser json, Map<String, String> fields, Map<String, String> meta) throws IOException {
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      if (field.equals("meta") && value == JsonToken.START_OBJECT) {
        while (json.nextToken() != JsonToken.END_OBJECT) {
          String fact = json.currentName();
          if (Json.isPresent(json.nextToken())) {
            meta.put(fact, Json.value(json));
          }
        }
      } else if (value == JsonToken.VALUE_STRING || value.isNumeric()) {
        fields.put(field, json.getText());
      } else if (field.equals("text") || field.equals("id")) {
        throw new IllegalArgumentException("the field \"" + field + "\" must be a string");
      } else {
        json.skipChildren();
      }
    }
  }

  private static String required(Map<String, String> fields, String name) {
    String value = fields.get(name);
    if (value == null || name.equals("id") && value.isEmpty()) {
      throw new IllegalArgumentException("the field \"" + name + "\" is missing");
    }
    return value;
  }

  private static long offset(String value) {
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("the field \"offset\" must be a whole number", e);
    }
  }
}
