package org.gristmill.sources;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.StringWriter;

/** JSON, read and written token by token. */
public final class Json {
  /**
   * Texts may be as long as the source allows; nesting stays at Jackson's limit of 1000. Names are
   * not interned, since a corpus may invent them without end.
   */
  public static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .build();

  private Json() {}

  /** The value under the parser: a string's characters, a number as written, else compact JSON. */
  public static String value(JsonParser parser) throws IOException {
    if (!parser.currentToken().isStructStart()) {
      return parser.getText();
    }
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.copyCurrentStructure(parser);
    }
    return text.toString();
  }

  /** Whether the parser stands before a value that is there: neither null nor the end. */
  public static boolean isPresent(JsonToken token) {
    return token != null && token != JsonToken.VALUE_NULL;
  }
}
