package org.gristmill.tokenize.format;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** JSON on one line, with the spaces that Python's {@code json.dumps} puts. */
final class Json {
  private Json() {}

  /** The text of strings, numbers, lists of them, maps in their order, and {@link #NULL}. */
  static String of(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(e -> of(e.getKey()) + ": " + of(e.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value instanceof Collection<?> list) {
      return list.stream().map(Json::of).collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof String string) {
      return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(string)) + '"';
    }
    return String.valueOf(value).toLowerCase(Locale.ROOT);
  }

  /** JSON's null. */
  enum Null {
    NULL
  }

  static final Null NULL = Null.NULL;
}
