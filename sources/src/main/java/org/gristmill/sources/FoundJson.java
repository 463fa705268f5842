package org.gristmill.sources;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import org.gristmill.core.Document;
import org.gristmill.core.Found;
import org.gristmill.core.Quarantined;

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
}
