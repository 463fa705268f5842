package org.gristmill.sources.dialogue;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.gristmill.core.Document;
import org.gristmill.core.Hash;
import org.gristmill.core.Text;
import org.gristmill.sources.Json;

/**
 * Where the messages of a conversation stand in the text of its document, so that who packs it can
 * tell whose words a token is of, and give only those of the assistant a loss, for example.
 *
 * <p>Two facts of the document say it. {@value #FACT} is a JSON array with an object for each
 * message, in order: {@code role} and, where there is one, {@code name}; {@code content}, two
 * numbers, the bytes of what was said in the UTF-8 of the document's text, from the first to behind
 * the last; and {@code tool_calls}, the same for the calls of tools, which stand there as compact
 * JSON. The bytes between two ranges are labels of speakers and line ends. {@value #TEXT_FACT}
 * holds the first 16 hexadecimal digits of the SHA-256 of that text: a filter that rewrites the
 * text leaves the facts as they are, and ranges of another text must not be used.
 */
public final class Messages {
  /** Name of the fact that holds the messages. */
  public static final String FACT = "messages";

  /** Name of the fact that says which text they stand in. */
  public static final String TEXT_FACT = "messages-text";

  private Messages() {}

  /**
   * A range of bytes of a text, empty where both ends are equal.
   *
   * @param from the first byte, from 0
   * @param to the byte behind the last
   */
  public record Range(int from, int to) {}

  /**
   * One message.
   *
   * @param role {@code system}, {@code user}, {@code assistant}, {@code tool} or {@code event}
   * @param name who speaks, empty if the role says all
   * @param content what was said
   * @param toolCalls calls of tools, empty if there are none
   */
  public record Placed(String role, String name, Range content, Range toolCalls) {}

  /**
   * The messages of a document.
   *
   * @return empty if it is no conversation, or if its text is no longer that of the messages
   * @throws IllegalArgumentException if the facts are not as this class writes them
   */
  public static Optional<List<Placed>> of(Document document) {
    Map<String, String> facts = document.meta();
    return facts.containsKey(FACT)
            && digest(document.text()).equals(facts.getOrDefault(TEXT_FACT, ""))
        ? Optional.of(parsed(facts.get(FACT)))
        : Optional.empty();
  }

  /** The text of a conversation, each message behind the label of its speaker, and its facts. */
  record Rendered(String text, Map<String, String> facts) {

    /**
     * Renders a conversation.
     *
     * @param between what parts two messages
     * @param labels whether a message without a name gets its role as a label
     */
    static Rendered of(List<Message> messages, String between, Labels labels) {
      StringBuilder text = new StringBuilder();
      List<Placed> placed = new ArrayList<>();
      int bytes = 0;
      for (Message message : messages) {
        String label = labels == Labels.ALL ? message.label() : message.name();
        String before =
            (text.length() == 0 ? "" : between) + (label.isEmpty() ? "" : wellFormed(label) + ": ");
        String content = wellFormed(message.content());
        String calls = wellFormed(message.toolCalls());
        String middle = content.isEmpty() || calls.isEmpty() ? "" : "\n";
        text.append(before).append(content).append(middle).append(calls);
        int from = bytes + utf8(before);
        int to = from + utf8(content);
        int callsFrom = to + middle.length();
        bytes = callsFrom + utf8(calls);
        Range range = new Range(from, to);
        Range callsRange = calls.isEmpty() ? new Range(to, to) : new Range(callsFrom, bytes);
        placed.add(new Placed(message.role(), wellFormed(message.name()), range, callsRange));
      }
      Map<String, String> facts = new TreeMap<>();
      facts.put(FACT, json(placed));
      facts.put(TEXT_FACT, digest(Text.of(text.toString())));
      facts.put("turns", Integer.toString(messages.size()));
      return new Rendered(text.toString(), facts);
    }
  }

  /** Which speakers a text names. */
  enum Labels {
    /** All, by name or role. */
    ALL,
    /** Those who have a name. */
    NAMES
  }

  private static String digest(Text text) {
    return Hash.sha256Hex(text.toString()).substring(0, 16);
  }

  private static String wellFormed(String s) {
    return Text.of(s).toString();
  }

  private static int utf8(String s) {
    int bytes = 0;
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : Character.isSurrogate(c) ? 2 : 3;
    }
    return bytes;
  }

  private static String json(List<Placed> messages) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = Json.FACTORY.createGenerator(text)) {
      json.writeStartArray();
      for (Placed message : messages) {
        json.writeStartObject();
        json.writeStringField("role", message.role());
        if (!message.name().isEmpty()) {
          json.writeStringField("name", message.name());
        }
        json.writeFieldName("content");
        write(json, message.content());
        if (message.toolCalls().from() < message.toolCalls().to()) {
          json.writeFieldName("tool_calls");
          write(json, message.toolCalls());
        }
        json.writeEndObject();
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException("a string takes every character", e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Range range) throws IOException {
    json.writeArray(new int[] {range.from(), range.to()}, 0, 2);
  }

  private static List<Placed> parsed(String facts) {
    List<Placed> messages = new ArrayList<>();
    try (JsonParser json = Json.FACTORY.createParser(facts)) {
      expect(json.nextToken() == JsonToken.START_ARRAY, facts);
      while (json.nextToken() == JsonToken.START_OBJECT) {
        Map<String, String> words = new TreeMap<>();
        Map<String, Range> ranges = new TreeMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String field = json.currentName();
          if (json.nextToken() == JsonToken.START_ARRAY) {
            ranges.put(field, new Range(json.nextIntValue(-1), json.nextIntValue(-1)));
            expect(json.nextToken() == JsonToken.END_ARRAY, facts);
          } else {
            words.put(field, json.getText());
          }
        }
        Range content = ranges.get("content");
        expect(content != null && words.containsKey("role"), facts);
        Range none = new Range(content.to(), content.to());
        messages.add(
            new Placed(
                words.get("role"),
                words.getOrDefault("name", ""),
                content,
                ranges.getOrDefault("tool_calls", none)));
      }
      return messages;
    } catch (IOException e) {
      throw new IllegalArgumentException("no messages: " + facts, e);
    }
  }

  private static void expect(boolean holds, String facts) {
    if (!holds) {
      throw new IllegalArgumentException("no messages: " + facts);
    }
  }
}
