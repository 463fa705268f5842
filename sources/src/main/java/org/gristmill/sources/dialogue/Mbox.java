package org.gristmill.sources.dialogue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Mail boxes (mbox): a conversation for each thread, its mails in the order of the file, at the
 * byte where its first starts. A mail belongs to the thread of the nearest mail it names in {@code
 * References} or {@code In-Reply-To} that is in the box before it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4155">RFC 4155</a>
 */
final class Mbox {
  private static final Pattern START =
      Pattern.compile("(?s)From \\S+[^\\n]{0,200}\\d{4}[^\\n]{0,20}\\n[!-9;-~]+:.*");

  /** The line above a mail: who and when. */
  private static final Pattern LINE = Pattern.compile("From \\S+.{0,200}\\d{4}.{0,20}");

  private Mbox() {}

  /** Whether a file begins so. */
  static boolean startsAt(String head) {
    return START.matcher(head).matches();
  }

  /** The threads of a box, by the place of their first mail. */
  static Map<Long, Conversation> threads(byte[] box) {
    List<Integer> starts = starts(box);
    Map<String, Integer> threadOf = new HashMap<>();
    Map<Integer, List<MailMessage>> threads = new LinkedHashMap<>();
    for (int i = 0; i < starts.size(); i++) {
      int from = lineEnd(box, starts.get(i)) + 1;
      int to = i + 1 < starts.size() ? starts.get(i + 1) : box.length;
      MailMessage mail = MailMessage.of(box, Math.min(from, to), to);
      int thread = starts.get(i);
      for (String id : mail.answers()) {
        thread = threadOf.getOrDefault(id, thread);
      }
      if (!mail.id().isEmpty()) {
        threadOf.putIfAbsent(mail.id(), thread);
      }
      threads.computeIfAbsent(thread, t -> new ArrayList<>()).add(mail);
    }
    Map<Long, Conversation> conversations = new TreeMap<>();
    threads.forEach((start, mails) -> conversations.put((long) start, conversation(mails)));
    return conversations;
  }

  private static Conversation conversation(List<MailMessage> mails) {
    List<Message> messages = new ArrayList<>();
    for (MailMessage mail : mails) {
      Message message = new Message("user", mail.author(), mail.said());
      if (!message.isBlank()) {
        messages.add(message);
      }
    }
    Map<String, String> facts = new TreeMap<>();
    if (!mails.get(0).subject().isBlank()) {
      facts.put("title", mails.get(0).subject().strip());
    }
    return new Conversation(messages, facts);
  }

  /** Where mails start: at {@code From } and a date, in front or behind an empty line. */
  private static List<Integer> starts(byte[] b) {
    byte[] from = "From ".getBytes(StandardCharsets.US_ASCII);
    List<Integer> starts = new ArrayList<>();
    boolean empty = true;
    for (int at = 0; at < b.length; at = lineEnd(b, at) + 1) {
      int end = lineEnd(b, at);
      if (empty && startsWith(b, at, from)) {
        String line = new String(b, at, end - at, StandardCharsets.ISO_8859_1).stripTrailing();
        if (LINE.matcher(line).matches()) {
          starts.add(at);
        }
      }
      empty = end == at || end == at + 1 && b[at] == '\r';
    }
    return starts;
  }

  private static boolean startsWith(byte[] b, int at, byte[] what) {
    for (int i = 0; i < what.length; i++) {
      if (at + i >= b.length || b[at + i] != what[i]) {
        return false;
      }
    }
    return true;
  }

  private static int lineEnd(byte[] b, int at) {
    int end = at;
    while (end < b.length && b[end] != '\n') {
      end++;
    }
    return end;
  }
}
