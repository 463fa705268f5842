package org.gristmill.sources.dialogue;

import java.util.Locale;

/**
 * One message of a conversation.
 *
 * @param role {@code system}, {@code user}, {@code assistant} or {@code tool}; {@code event} for
 *     what a chat room says of its visitors
 * @param name who speaks, empty if the role says all
 * @param content what was said, perhaps empty
 * @param toolCalls the calls of tools as compact JSON, empty if there are none
 */
record Message(String role, String name, String content, String toolCalls) {

  Message(String role, String name, String content) {
    this(role, name, content, "");
  }

  /**
   * A message of a speaker as a file names him: one of the known roles, in any of their spellings,
   * or somebody with a name, who then is a {@code user}.
   */
  static Message spoken(String speaker, String name, String content, String toolCalls) {
    String role = role(speaker);
    return role.isEmpty()
        ? new Message("user", name.isEmpty() ? speaker.strip() : name, content, toolCalls)
        : new Message(role, name, content, toolCalls);
  }

  /** The role that a word stands for, empty if it is none. */
  static String role(String word) {
    return switch (word.strip().toLowerCase(Locale.ROOT)) {
      case "user", "human", "usr", "prompter", "customer" -> "user";
      case "assistant", "gpt", "bot", "chatgpt", "bard", "model", "sys", "agent", "ai" ->
          "assistant";
      case "system", "developer" -> "system";
      case "tool", "function", "observation", "ipython", "tool_response" -> "tool";
      default -> "";
    };
  }

  /** How a text names the speaker. */
  String label() {
    return name.isEmpty() ? role : name;
  }

  boolean isBlank() {
    return content.isBlank() && toolCalls.isEmpty();
  }
}
