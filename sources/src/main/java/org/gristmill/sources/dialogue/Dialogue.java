package org.gristmill.sources.dialogue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.gristmill.core.Block;
import org.gristmill.core.Bounds;
import org.gristmill.core.Found;
import org.gristmill.core.Reason;
import org.gristmill.core.Setting;
import org.gristmill.sources.Compression;
import org.gristmill.sources.Finder;
import org.gristmill.sources.Input;
import org.gristmill.sources.Json;
import org.gristmill.sources.JsonLines;
import org.gristmill.sources.Part;
import org.gristmill.sources.Splittable;

/**
 * Conversations as JSON, one object a line or all in one array, plain or packed with gzip, bzip2 or
 * xz; at the byte offset of the object in the unpacked file. A plain file of lines can be read in
 * parts.
 *
 * <p>The turns stand in {@code messages}, {@code conversations}, {@code conversation}, {@code
 * dialogue} or {@code turns}: an array of strings, spoken in turn by user and assistant, or of
 * objects with {@code role}, {@code from} or {@code speaker} and {@code content}, {@code value},
 * {@code text}, {@code utterance} or {@code message}. The pair {@code instruction} (with {@code
 * input}) and {@code output} is read as two turns.
 *
 * @param maxLineBytes longest line or object, in bytes, 1 to 1 GiB inclusive
 */
@Block(does = "Conversations as JSON, one object a line or all in one array.", version = 1)
public record Dialogue(
    @Setting(does = "Longest line or object.", unit = "bytes", min = 1, max = 1 << 30)
        long maxLineBytes)
    implements Splittable {

  /** Room for the longest conversations that are published. */
  public static final Dialogue DEFAULTS = new Dialogue(64L << 20);

  /** White space before the first bracket, at most. */
  private static final int MAX_BLANK_BYTES = 1 << 20;

  public Dialogue {
    Bounds.between("maxLineBytes", maxLineBytes, 1, 1 << 30);
  }

  @Override
  public boolean splits(String name) {
    return Compression.unpackedName(name).equals(name);
  }

  @Override
  public void read(Input input, Part part, Consumer<Found> out) throws IOException {
    Finder found = new Finder(Dialogue.class, input, out);
    JsonLines.Reader reader = (parser, offset) -> conversation(parser, offset, found);
    if (part.isFirst()) {
      try (InputStream stored = input.open()) {
        readFirst(stored, part, found, reader);
      }
    } else if (inLines(input)) {
      JsonLines.readLater(input, part, maxLineBytes, found, reader);
    }
  }

  private void readFirst(InputStream stored, Part part, Finder found, JsonLines.Reader reader) {
    InputStream in;
    boolean plain;
    boolean array;
    try {
      InputStream unpacked = Compression.unpacked(stored);
      plain = Compression.isPlain(unpacked);
      in = new BufferedInputStream(unpacked);
      array = startsArray(in);
    } catch (IOException e) {
      found.quarantine(0, "", Compression.reason(e), String.valueOf(e.getMessage()));
      return;
    }
    if (array) {
      readArray(in, found);
    } else {
      JsonLines.readFirst(in, plain ? part : Part.WHOLE, maxLineBytes, found, reader);
    }
  }

  /** Whether a file is plain text with an object a line. */
  private static boolean inLines(Input input) throws IOException {
    try (InputStream stored = input.open()) {
      InputStream unpacked = Compression.unpacked(stored);
      InputStream in = new BufferedInputStream(unpacked);
      return Compression.isPlain(unpacked) && !startsArray(in) && !JsonLines.isBinary(in);
    } catch (IOException e) {
      return false; // a packing that is damaged in front; a failure of the input rises all the same
    }
  }

  /** The text of a conversation: one paragraph a turn, {@code role: content}. */
  static String render(List<Turn> turns) {
    return turns.stream()
        .map(turn -> turn.role() + ": " + turn.content())
        .collect(Collectors.joining("\n\n"));
  }

  /** Whether a bracket comes first, behind a byte order mark and white space; moves nothing. */
  private static boolean startsArray(InputStream in) throws IOException {
    in.mark(MAX_BLANK_BYTES);
    int b = in.read();
    for (int i = 1; i < MAX_BLANK_BYTES && isBlank(b); i++) {
      b = in.read();
    }
    in.reset();
    return b == '[';
  }

  private static boolean isBlank(int b) {
    return b == 0xEF || b == 0xBB || b == 0xBF || Character.isWhitespace(b);
  }

  private void readArray(InputStream in, Finder found) {
    long offset = 0;
    try (JsonParser parser = Json.FACTORY.createParser(in)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        offset = parser.currentTokenLocation().getByteOffset();
        if (parser.currentToken() == JsonToken.START_OBJECT) {
          conversation(parser, offset, found).run();
        } else {
          found.quarantine(offset, "", Reason.BAD_JSON, "not a JSON object");
          parser.skipChildren();
        }
      }
      offset = parser.currentLocation().getByteOffset();
      if (parser.nextToken() != null) {
        found.quarantine(offset, "", Reason.BAD_JSON, "more behind the array");
      }
    } catch (JsonProcessingException e) {
      found.quarantine(offset, "", Reason.BAD_JSON, e.getOriginalMessage());
    } catch (IOException e) {
      found.quarantine(offset, "", Compression.reason(e), String.valueOf(e.getMessage()));
    }
  }

  private Runnable conversation(JsonParser parser, long offset, Finder found) throws IOException {
    Turns turns = new Turns();
    Map<String, String> facts = new TreeMap<>();
    Map<String, String> pair = new TreeMap<>();
    boolean hasTurns = false;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (field) {
        case "messages", "conversations", "conversation", "dialogue", "turns" -> {
          if (value == JsonToken.START_ARRAY && !hasTurns) {
            hasTurns = true;
            turns.readArray(parser);
          }
        }
        case "id", "dialogue_id", "conversation_id" -> {
          if (value.isScalarValue() && Json.isPresent(value)) {
            facts.put("id", parser.getText());
          }
        }
        case "instruction", "input", "output" -> {
          if (value == JsonToken.VALUE_STRING) {
            pair.put(field, parser.getText());
          }
        }
        default -> {}
      }
      if (parser.currentToken().isStructStart()) {
        parser.skipChildren();
      }
    }
    if (!hasTurns && pair.containsKey("instruction") && pair.containsKey("output")) {
      hasTurns = true;
      turns.add("user", pair.get("instruction") + "\n" + pair.getOrDefault("input", ""));
      turns.add("assistant", pair.get("output"));
    }
    return finding(turns, hasTurns, facts, offset, found);
  }

  private static Runnable finding(
      Turns turns, boolean hasTurns, Map<String, String> facts, long offset, Finder found)
      throws IOException {
    if (!hasTurns) {
      return () -> found.quarantine(offset, "", Reason.MISSING_FIELD, "no field messages");
    }
    if (turns.broken()) {
      return () -> found.quarantine(offset, "", Reason.MISSING_FIELD, "a turn without content");
    }
    facts.put("messages", Turns.json(turns.list()));
    facts.put("turns", Integer.toString(turns.list().size()));
    return () -> found.document(offset, "", render(turns.list()), facts);
  }
}
