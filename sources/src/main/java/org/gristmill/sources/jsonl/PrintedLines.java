package org.gristmill.sources.jsonl;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.gristmill.core.Document;
import org.gristmill.core.Found;
import org.gristmill.sources.FoundJson;
import org.gristmill.sources.Input;
import org.gristmill.sources.Json;
import org.gristmill.sources.Part;

/**
 * JSON lines as {@link Jsonl} reads them, save those that {@link FoundJson} printed: they are the
 * documents they were printed from, and quarantined records are passed over.
 */
public final class PrintedLines {
  private static final Jsonl LINES =
      new Jsonl(
          Jsonl.DEFAULTS.text(),
          Jsonl.DEFAULTS.id(),
          Jsonl.DEFAULTS.url(),
          List.of("source", "kind", "file", "offset", "language", "meta"),
          Jsonl.DEFAULTS.maxLineBytes());

  private PrintedLines() {}

  /** Reads a file as {@link org.gristmill.sources.Source#read} does. */
  public static void read(Input input, Consumer<Found> out) throws IOException {
    LINES.read(
        input,
        Part.WHOLE,
        found -> out.accept(found instanceof Document line ? document(line) : found),
        "quarantined");
  }

  private static Document document(Document line) {
    Map<String, String> facts = line.meta();
    String id = facts.getOrDefault("id", "");
    boolean printed =
        !id.isEmpty()
            && facts.containsKey("kind")
            && facts.containsKey("file")
            && facts.getOrDefault("offset", "").matches("\\d{1,18}");
    if (!printed) {
      SortedMap<String, String> kept = new TreeMap<>(facts);
      kept.keySet().removeAll(LINES.meta());
      return new Document(
          line.id(),
          line.source(),
          line.kind(),
          line.file(),
          line.offset(),
          line.url(),
          line.language(),
          line.text(),
          kept);
    }
    return new Document(
        id,
        facts.getOrDefault("source", ""),
        facts.get("kind"),
        facts.get("file"),
        Long.parseLong(facts.get("offset")),
        line.url(),
        facts.getOrDefault("language", Document.UNDETERMINED),
        line.text(),
        meta(facts.getOrDefault("meta", "{}")));
  }

  /** The facts of an object; of anything else none. */
  private static SortedMap<String, String> meta(String object) {
    SortedMap<String, String> meta = new TreeMap<>();
    try (JsonParser json = Json.FACTORY.createParser(object)) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        while (json.nextToken() != JsonToken.END_OBJECT) {
          String fact = json.currentName();
          if (Json.isPresent(json.nextToken())) {
            meta.put(fact, Json.value(json));
          }
        }
      }
      return meta;
    } catch (JsonProcessingException e) {
      return new TreeMap<>(); // a string
    } catch (IOException e) {
      throw new UncheckedIOException("a string does not fail to be read", e);
    }
  }
}
