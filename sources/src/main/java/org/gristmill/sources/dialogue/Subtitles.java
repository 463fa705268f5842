package org.gristmill.sources.dialogue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Subtitles in SubRip (SRT) or WebVTT: a message for each cue, without times, styles and markup. A
 * line that is that of the line before, as in captions that roll up, is left out.
 *
 * @see <a href="https://www.w3.org/TR/webvtt1/">WebVTT</a>
 */
final class Subtitles {
  private static final String CLOCK = "(?:\\d{1,3}:)?\\d{1,2}:\\d{2}[,.]\\d{1,3}";
  private static final Pattern TIMES =
      Pattern.compile("\\s*" + CLOCK + "\\s*-->\\s*" + CLOCK + ".*");
  private static final Pattern SRT =
      Pattern.compile("\\s*\\d{1,6}[ \\t]*\\r?\\n" + CLOCK + "[ \\t]*-->");
  private static final Pattern VOICE = Pattern.compile("<v(?:\\.[^\\s>]*)*[ \\t]+([^>]+)>");
  private static final Pattern MARKUP = Pattern.compile("<[^<>]{0,200}>|\\{\\\\[^{}]{0,200}\\}");

  private Subtitles() {}

  /** Whether a file begins so. */
  static boolean startAt(String head) {
    return head.startsWith("WEBVTT") || SRT.matcher(head).lookingAt();
  }

  /** The cues of a file, in its order. */
  static List<Message> messages(String text) {
    List<Message> messages = new ArrayList<>();
    String last = "";
    String[] lines = text.replace("\r\n", "\n").replace('\r', '\n').split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      if (!TIMES.matcher(lines[i]).matches()) {
        continue; // headers, numbers, notes, styles
      }
      String name = "";
      List<String> said = new ArrayList<>();
      for (i++; i < lines.length && !lines[i].isBlank(); i++) {
        Matcher voice = VOICE.matcher(lines[i]);
        name = voice.find() && name.isEmpty() ? voice.group(1).strip() : name;
        String line = unescaped(MARKUP.matcher(lines[i]).replaceAll("")).strip();
        if (!line.isEmpty() && !line.equals(last)) {
          said.add(line);
        }
        last = line.isEmpty() ? last : line;
      }
      if (!said.isEmpty()) {
        messages.add(new Message("user", name, String.join("\n", said)));
      }
    }
    return messages;
  }

  private static String unescaped(String line) {
    return line.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&nbsp;", "\u00a0")
        .replace("&lrm;", "")
        .replace("&rlm;", "")
        .replace("&amp;", "&");
  }
}
