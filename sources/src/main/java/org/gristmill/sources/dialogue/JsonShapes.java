package org.gristmill.sources.dialogue;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.gristmill.sources.JsonTree;

/**
 * The shapes in which JSON objects hold conversations, each tried in turn: a list of messages, a
 * tree of replies, instruction and output, prompt and response, a text in ChatML.
 */
final class JsonShapes {
  private static final List<String> LISTS =
      List.of("messages", "conversations", "conversation", "dialogue", "dialog", "turns", "chosen");
  private static final List<String> ROLES = List.of("role", "from", "speaker", "user", "author");
  private static final List<String> CONTENTS =
      List.of("content", "value", "utterance", "text", "message");
  private static final List<String> CALLS = List.of("tool_calls", "function_call");
  private static final List<String> IDS =
      List.of("id", "dialogue_id", "conversation_id", "message_tree_id");

  /** Pairs of a question and its answer, the first with what more it may have. */
  private static final String[][] PAIRS = {
    {"instruction", "input", "output"},
    {"instruction", "context", "response"},
    {"prompt", "", "response"},
    {"prompt", "", "completion"},
    {"question", "", "answer"},
    {"query", "", "response"}
  };

  private static final int MAX_KEYS = 20;

  private final Dialogue settings;

  JsonShapes(Dialogue settings) {
    this.settings = settings;
  }

  /**
   * The conversations of an object, usually one.
   *
   * @throws Shapeless if it has none of the shapes
   */
  List<Conversation> of(Map<?, ?> object) throws Shapeless {
    Map<String, String> facts = new TreeMap<>();
    for (String id : IDS) {
      if (!JsonTree.text(object.get(id)).isEmpty()) {
        facts.putIfAbsent("id", JsonTree.text(object.get(id)));
      }
    }
    for (String field : settings.messages().isEmpty() ? LISTS : List.of(settings.messages())) {
      if (object.get(field) instanceof List<?> list) {
        return List.of(new Conversation(messages(object, list), facts));
      }
    }
    if (object.get("prompt") instanceof Map<?, ?> root && root.containsKey("replies")) {
      return tree(root, facts);
    }
    for (String[] pair : PAIRS) {
      if (object.get(pair[0]) instanceof String asked
          && object.get(pair[2]) instanceof String said) {
        String more = JsonTree.text(object.get(pair[1]));
        return List.of(new Conversation(pair(object, asked, more, said), facts));
      }
    }
    if (object.get("text") instanceof String text && ChatMl.isIn(text)) {
      return ChatMl.conversations(text).stream().map(m -> new Conversation(m, facts)).toList();
    }
    throw new Shapeless(
        "no conversation among the fields "
            + keys(object)
            + "; name the field with the list of messages in the setting messages, and those of a"
            + " message in role and content");
  }

  private List<Message> messages(Map<?, ?> object, List<?> list) throws Shapeless {
    List<Message> messages = new ArrayList<>();
    int spoken = 0;
    for (Object each : list) {
      if (each instanceof String text) {
        add(messages, inTurn(spoken++), "", text, "");
      } else if (each instanceof Map<?, ?> message) {
        message(message, spoken++, messages);
      } else if (each instanceof List<?> pair
          && pair.size() == 2
          && pair.get(0) instanceof String asked
          && pair.get(1) instanceof String said) {
        add(messages, "user", "", asked, "");
        add(messages, "assistant", "", said, "");
      } else {
        throw new Shapeless("a message that is no object and no text");
      }
    }
    return withSystem(object, messages);
  }

  private static List<Message> withSystem(Map<?, ?> object, List<Message> messages) {
    String system = JsonTree.text(object.get("system"));
    if (!system.isBlank() && messages.stream().noneMatch(m -> m.role().equals("system"))) {
      messages.add(0, new Message("system", "", system.strip()));
    }
    return messages;
  }

  private void message(Map<?, ?> message, int spoken, List<Message> to) throws Shapeless {
    String roleField = first(message, settings.role(), ROLES).orElse("");
    String contentField = first(message, settings.content(), CONTENTS).orElse("");
    Optional<String> calls = CALLS.stream().filter(f -> isValue(message.get(f))).findFirst();
    if (contentField.isEmpty() && calls.isEmpty()) {
      throw new Shapeless(
          "a message without content among its fields "
              + keys(message)
              + "; name the field in the setting content");
    }
    String speaker = JsonTree.text(message.get(roleField));
    // Where people speak with a system, that is who answers.
    boolean answers = roleField.equals("speaker") && Message.role(speaker).equals("system");
    String role = speaker.isBlank() ? inTurn(spoken) : answers ? "assistant" : speaker;
    String name = roleField.equals("name") ? "" : JsonTree.text(message.get("name"));
    String content = content(message.get(contentField));
    add(to, role, name, content, calls.map(f -> JsonTree.json(message.get(f))).orElse(""));
  }

  private static Optional<String> first(Map<?, ?> message, String named, List<String> known) {
    List<String> fields = named.isEmpty() ? known : List.of(named);
    return fields.stream().filter(message::containsKey).findFirst();
  }

  private static boolean isValue(Object value) {
    return value instanceof Map<?, ?> object && !object.isEmpty()
        || value instanceof List<?> list && !list.isEmpty();
  }

  private static String inTurn(int spoken) {
    return spoken % 2 == 0 ? "user" : "assistant";
  }

  private static void add(
      List<Message> to, String role, String name, String content, String toolCalls) {
    Message message = Message.spoken(role, name, content.strip(), toolCalls);
    if (!message.isBlank()) {
      to.add(message);
    }
  }

  /** A text, or the texts of a list of parts, one a line; null is nothing. */
  private static String content(Object value) {
    if (!(value instanceof List<?> parts)) {
      return JsonTree.text(value);
    }
    StringJoiner text = new StringJoiner("\n");
    for (Object part : parts) {
      if (part instanceof String string) {
        text.add(string);
      } else if (part instanceof Map<?, ?> object && object.get("text") instanceof String string) {
        text.add(string);
      }
    }
    return text.toString();
  }

  private List<Message> pair(Map<?, ?> object, String asked, String more, String said) {
    List<Message> messages = new ArrayList<>();
    if (object.get("history") instanceof List<?> history) {
      for (Object each : history) {
        if (each instanceof List<?> pair && pair.size() == 2) {
          add(messages, "user", "", JsonTree.text(pair.get(0)), "");
          add(messages, "assistant", "", JsonTree.text(pair.get(1)), "");
        }
      }
    }
    add(messages, "user", "", asked + "\n" + more, "");
    add(messages, "assistant", "", said, "");
    return withSystem(object, messages);
  }

  private List<Conversation> tree(Map<?, ?> root, Map<String, String> facts) throws Shapeless {
    List<List<Message>> ways = new ArrayList<>();
    walk(root, List.of(), ways);
    Set<List<Message>> different = new LinkedHashSet<>(ways);
    List<Conversation> conversations = new ArrayList<>();
    for (List<Message> way : different) {
      conversations.add(new Conversation(way, facts));
    }
    return conversations;
  }

  private void walk(Map<?, ?> node, List<Message> before, List<List<Message>> ways)
      throws Shapeless {
    List<Message> way = new ArrayList<>(before);
    message(node, before.size(), way);
    List<Map<?, ?>> replies = new ArrayList<>();
    if (node.get("replies") instanceof List<?> all) {
      for (Object reply : all) {
        if (reply instanceof Map<?, ?> object
            && !JsonTree.text(object.get("deleted")).equals("true")) {
          replies.add(object);
        }
      }
    }
    if (replies.isEmpty()) {
      ways.add(way);
    } else if (settings.trees() == DialogueTrees.BEST) {
      walk(best(replies), way, ways);
    } else {
      for (Map<?, ?> reply : replies) {
        walk(reply, way, ways);
      }
    }
  }

  private static Map<?, ?> best(List<Map<?, ?>> replies) {
    Map<?, ?> best = replies.get(0);
    for (Map<?, ?> reply : replies) {
      best = rank(reply) < rank(best) ? reply : best;
    }
    return best;
  }

  /** From 0, the best; those without a rank come last. */
  private static double rank(Map<?, ?> reply) {
    String rank = JsonTree.text(reply.get("rank"));
    return rank.matches("\\d{1,9}(?:\\.0)?") ? Double.parseDouble(rank) : Double.MAX_VALUE;
  }

  private static String keys(Map<?, ?> object) {
    StringJoiner keys = new StringJoiner(", ");
    object.keySet().stream().limit(MAX_KEYS).forEach(key -> keys.add((String) key));
    return object.size() > MAX_KEYS ? keys + ", ..." : keys.toString();
  }
}
