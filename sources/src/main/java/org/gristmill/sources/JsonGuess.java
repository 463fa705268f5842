package org.gristmill.sources;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The part of {@link LooksLike} that tells conversations from other JSON. */
final class JsonGuess {
  private static final Set<String> TURNS =
      Set.of("messages", "conversations", "conversation", "dialogue", "turns");

  private JsonGuess() {}

  /** Guesses by the first object, of which the end may be missing. */
  static Optional<LooksLike.Guess> of(String text) {
    Set<String> fields = new HashSet<>();
    boolean oneLine = fields(text, fields);
    boolean pair = fields.contains("instruction") && fields.contains("output");
    boolean conversation = pair || fields.stream().anyMatch(TURNS::contains);
    boolean array = text.startsWith("[");
    if (conversation && (array || oneLine)) {
      return Optional.of(new LooksLike.Guess("conversations as JSON", "dialogue"));
    }
    return array || !oneLine || fields.isEmpty()
        ? Optional.empty()
        : Optional.of(new LooksLike.Guess("JSON lines", "jsonl"));
  }

  /** Collects the names in the first object; false if it goes on over several lines. */
  private static boolean fields(String text, Set<String> fields) {
    try (JsonParser parser = Json.FACTORY.createParser(text)) {
      int depth = 0;
      int objects = text.startsWith("[") ? 2 : 1;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (parser.currentLocation().getLineNr() > 1 && objects == 1) {
          return false;
        }
        if (token == JsonToken.FIELD_NAME && depth == objects) {
          fields.add(parser.currentName());
        }
        if (token == JsonToken.END_OBJECT && depth < objects) {
          return true;
        }
      }
      return true;
    } catch (IOException e) {
      return text.indexOf('\n') < 0; // cut, if this is all there is of the first line
    }
  }
}
