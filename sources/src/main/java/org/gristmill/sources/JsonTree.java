package org.gristmill.sources;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON value in memory: {@code Map}, {@code List}, {@code String}, or {@link Literal} for
 * numbers, truth values and null. Of fields with one name the last counts.
 */
public final class JsonTree {
  private JsonTree() {}

  /** A number, {@code true}, {@code false} or {@code null}, as it is written. */
  public record Literal(String text) {}

  /** The value is longer than may be held. */
  public static final class TooLong extends IOException {
    private static final long serialVersionUID = 1L;

    TooLong(long maxBytes) {
      super("more than " + maxBytes + " bytes");
    }
  }

  /**
   * Reads the value that a parser stands on, to its end.
   *
   * @throws TooLong if it has more bytes than {@code maxBytes}
   */
  public static Object read(JsonParser parser, long maxBytes) throws IOException {
    long from = parser.currentTokenLocation().getByteOffset();
    return value(parser, from < 0 ? Long.MAX_VALUE : from + maxBytes, maxBytes);
  }

  private static Object value(JsonParser parser, long end, long maxBytes) throws IOException {
    if (parser.currentLocation().getByteOffset() > end) {
      throw new TooLong(maxBytes);
    }
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      Map<String, Object> object = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String field = parser.currentName();
        parser.nextToken();
        object.put(field, value(parser, end, maxBytes));
      }
      return object;
    }
    if (token == JsonToken.START_ARRAY) {
      List<Object> array = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        array.add(value(parser, end, maxBytes));
      }
      return array;
    }
    return token == JsonToken.VALUE_STRING ? parser.getText() : new Literal(parser.getText());
  }

  /** A value as compact JSON. */
  public static String json(Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = Json.FACTORY.createGenerator(text)) {
      write(json, value);
    } catch (IOException e) {
      throw new UncheckedIOException("a string takes every character", e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Object value) throws IOException {
    if (value instanceof Map<?, ?> object) {
      json.writeStartObject();
      for (Map.Entry<?, ?> field : object.entrySet()) {
        json.writeFieldName((String) field.getKey());
        write(json, field.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof List<?> array) {
      json.writeStartArray();
      for (Object each : array) {
        write(json, each);
      }
      json.writeEndArray();
    } else if (value instanceof Literal literal) {
      json.writeRawValue(literal.text());
    } else {
      json.writeString((String) value);
    }
  }

  /** A scalar as text; empty for anything else, for null and for what is absent. */
  public static String text(Object value) {
    if (value instanceof Literal literal) {
      return literal.text().equals("null") ? "" : literal.text();
    }
    return value instanceof String string ? string : "";
  }
}
