package org.gristmill.sources.dialogue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Conversations in ChatML: {@code <|im_start|>role}, a line end, what was said, {@code <|im_end|>}.
 * A system's message behind others begins a new conversation.
 */
final class ChatMl {
  private static final String START = "<|im_start|>";
  private static final String END = "<|im_end|>";
  private static final Pattern HEAD = Pattern.compile("([\\w-]+)(?: name=(\\S+))?[ \\t]*\\r?\\n");

  private ChatMl() {}

  /** Whether a text begins so, behind white space. */
  static boolean isIn(String text) {
    return text.stripLeading().startsWith(START);
  }

  /**
   * The conversations of a text.
   *
   * @throws Shapeless if a message does not begin with a role on a line of its own
   */
  static List<List<Message>> conversations(String text) throws Shapeless {
    List<List<Message>> all = new ArrayList<>();
    List<Message> messages = new ArrayList<>();
    for (int at = text.indexOf(START); at >= 0; ) {
      int from = at + START.length();
      int next = text.indexOf(START, from);
      Matcher head = HEAD.matcher(text).region(from, text.length());
      if (!head.lookingAt()) {
        throw new Shapeless("ChatML whose " + START + " is not followed by a role and a line end");
      }
      int end = text.indexOf(END, head.end());
      int stop = next < 0 ? text.length() : next;
      String said = text.substring(head.end(), end < 0 || end > stop ? stop : end).strip();
      String name = head.group(2) == null ? "" : head.group(2);
      Message message = Message.spoken(head.group(1), name, said, "");
      if (message.role().equals("system") && !messages.isEmpty()) {
        all.add(messages);
        messages = new ArrayList<>();
      }
      if (!message.isBlank()) {
        messages.add(message);
      }
      at = next;
    }
    all.add(messages);
    return all;
  }
}
