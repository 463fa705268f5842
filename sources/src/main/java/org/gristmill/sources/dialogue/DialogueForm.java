package org.gristmill.sources.dialogue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.gristmill.sources.Mark;

/** What a file of conversations is, by its first bytes behind white space. */
enum DialogueForm {
  /** A zip archive of such files. */
  ZIP,
  /** JSON objects in one array. */
  ARRAY,
  /** One JSON object over several lines: a conversation, or conversations by their names. */
  OBJECT,
  /** The XML of a chat room. */
  CHAT_XML,
  /** Subtitles. */
  SUBTITLES,
  /** A mail box. */
  MBOX,
  /** A text in ChatML. */
  CHAT_ML,
  /** JSON objects, one a line, or nothing of these. */
  LINES;

  /** Bytes that decide. */
  static final int HEAD_BYTES = 4096;

  static DialogueForm of(byte[] head) {
    String text =
        Mark.of(head)
            .map(m -> new String(head, m.length(), head.length - m.length(), m.charset()))
            .orElseGet(() -> new String(head, StandardCharsets.ISO_8859_1));
    String start = text.stripLeading();
    if (text.startsWith("PK\u0003\u0004")) {
      return ZIP;
    }
    if (start.startsWith("[")) {
      return ARRAY;
    }
    if (start.matches("(?s)\\{[ \\t\\r]*\\n.*")) {
      return OBJECT;
    }
    if (start.startsWith("<") && ChatXml.startsAt(start)) {
      return CHAT_XML;
    }
    if (Subtitles.startAt(start)) {
      return SUBTITLES;
    }
    if (Mbox.startsAt(text)) {
      return MBOX;
    }
    return ChatMl.isIn(start) ? CHAT_ML : LINES;
  }

  static DialogueForm of(byte[] bytes, int length) {
    return of(Arrays.copyOf(bytes, length));
  }
}
