package org.gristmill.tokenize.huggingface;

import java.nio.charset.StandardCharsets;
import org.gristmill.tokenize.model.Utf8;

/** Finds the places of a text where a file's pattern matches: a string or a regular expression. */
interface Pattern {
  /** End of the match that starts at an index, or -1. */
  int end(byte[] text, int from, int at, int to);

  /** A pattern as files have it: {@code {"String": ...}} or {@code {"Regex": ...}}. */
  static Pattern of(Part pattern, Part owner) {
    if (pattern.has("Regex")) {
      return Regex.of(pattern.string("Regex"), owner);
    }
    byte[] string = pattern.string("String").getBytes(StandardCharsets.UTF_8);
    if (string.length == 0) {
      throw owner.error("pattern", "must not be empty");
    }
    return (text, from, at, to) -> startsWith(text, at, to, string) ? at + string.length : -1;
  }

  private static boolean startsWith(byte[] text, int at, int to, byte[] string) {
    if (string.length > to - at) {
      return false;
    }
    for (int i = 0; i < string.length; i++) {
      if (text[at + i] != string[i]) {
        return false;
      }
    }
    return true;
  }

  /** All matches in a range of a text, which do not overlap. */
  default Match matches(byte[] text, int from, int to) {
    return new Match(this, text, from, to);
  }

  /** Walks from match to match. */
  final class Match {
    private final Pattern pattern;
    private final byte[] text;
    private final int from;
    private final int to;
    private int at;
    private int start;
    private int end = -1;

    private Match(Pattern pattern, byte[] text, int from, int to) {
      this.pattern = pattern;
      this.text = text;
      this.from = from;
      this.to = to;
      this.at = from;
    }

    /** Goes to the next match. An empty one right behind the last is passed over. */
    boolean find() {
      for (; at <= to; at += at < to ? Utf8.length(text[at]) : 1) {
        int found = pattern.end(text, from, at, to);
        if (found >= 0 && (found > at || end != at)) {
          start = at;
          end = found;
          at = found;
          return true;
        }
      }
      return false;
    }

    int start() {
      return start;
    }

    int end() {
      return end;
    }
  }
}
