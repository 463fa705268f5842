package org.gristmill.tokenize.huggingface;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gristmill.tokenize.model.ModelError;

/** A JSON object of a file, which knows where it stands, for messages. */
final class Part {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(1 << 26).maxNestingDepth(100).build())
          .build();

  private final String path;
  private final Map<?, ?> fields;

  private Part(String path, Map<?, ?> fields) {
    this.path = path;
    this.fields = fields;
  }

  /**
   * The object that a whole file is.
   *
   * @throws ModelError if it is none
   */
  static Part of(byte[] file) {
    try (JsonParser parser = JSON.createParser(file)) {
      parser.nextToken();
      Object value = value(parser);
      if (!(value instanceof Map<?, ?> map) || parser.nextToken() != null) {
        throw new ModelError("the file must be one JSON object");
      }
      return new Part("", map);
    } catch (JsonProcessingException e) {
      throw new ModelError("the file is broken JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken() == null
        ? JsonToken.NOT_AVAILABLE
        : parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, Object> map = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          parser.nextToken();
          map.put(name, value(parser));
        }
        yield map;
      }
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(parser));
        }
        yield list;
      }
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> Real.parse(parser.getText());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> None.NONE;
      default -> throw new ModelError("the file ends too early");
    };
  }

  /** JSON's null. */
  private enum None {
    NONE
  }

  boolean has(String name) {
    return fields.containsKey(name) && fields.get(name) != None.NONE;
  }

  /** The kind of part it is, as its field {@code type} says. */
  String type() {
    return string("type");
  }

  String string(String name) {
    return get(name, String.class);
  }

  String string(String name, String otherwise) {
    return has(name) ? string(name) : otherwise;
  }

  boolean bool(String name) {
    return get(name, Boolean.class);
  }

  boolean bool(String name, boolean otherwise) {
    return has(name) ? bool(name) : otherwise;
  }

  int integer(String name) {
    long value = get(name, Long.class);
    if (value < 0 || value > Integer.MAX_VALUE - 1) {
      throw error(name, "is out of range");
    }
    return (int) value;
  }

  int integer(String name, int otherwise) {
    return has(name) ? integer(name) : otherwise;
  }

  /** The only code point of a string. */
  int character(String name) {
    String text = string(name);
    if (text.isEmpty() || text.length() != Character.charCount(text.codePointAt(0))) {
      throw error(name, "must be one character");
    }
    return text.codePointAt(0);
  }

  Part part(String name) {
    return new Part(at(name), get(name, Map.class));
  }

  List<Part> parts(String name) {
    List<Part> parts = new ArrayList<>();
    for (Object element : list(name)) {
      String place = at(name) + "[" + parts.size() + "]";
      if (!(element instanceof Map<?, ?> map)) {
        throw new ModelError(place + " must be an object");
      }
      parts.add(new Part(place, map));
    }
    return parts;
  }

  List<?> list(String name) {
    return get(name, List.class);
  }

  boolean isList(String name) {
    return fields.get(name) instanceof List<?>;
  }

  /** All fields and their values, in the file's order. */
  Map<?, ?> fields() {
    return fields;
  }

  /** What to say of a field. */
  ModelError error(String name, String complaint) {
    return new ModelError(at(name) + " " + complaint);
  }

  /** What to say of a kind of part that is not known. */
  ModelError unsupported() {
    return new ModelError(path + " of type " + type() + " is not supported");
  }

  private String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private <T> T get(String name, Class<T> type) {
    Object value = fields.get(name);
    if (!type.isInstance(value)) {
      throw error(name, value == null || value == None.NONE ? "is missing" : "is of a wrong type");
    }
    return type.cast(value);
  }
}
