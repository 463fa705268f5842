package org.gristmill.filters;

/**
 * The lines of a text, and what one pass over its bytes counts.
 *
 * <p>Lines end at line feeds, as {@code text.split("\n")} in Python: a text has one more than line
 * feeds, and empty ones count. {@link #ofPython} are those of {@code text.splitlines()}.
 */
final class Lines extends Pieces {
  private int chars;
  private int hashes;
  private int ellipses;
  private boolean otherEnds;
  private int[] first;
  private Pieces paragraphs;
  private Pieces python;

  Lines(byte[] text) {
    super(text, 8 + text.length / 48);
    int start = 0;
    int continued = 0;
    for (int i = 0; i < text.length; i++) {
      byte b = text[i];
      if (b > '.') {
        continue;
      }
      if (b < 0) {
        continued += b < (byte) 0xC0 ? 1 : 0;
        if (b == (byte) 0xE2 && text[i + 1] == (byte) 0x80) {
          ellipses += text[i + 2] == (byte) 0xA6 ? 1 : 0;
          otherEnds |= (text[i + 2] & 0xFE) == 0xA8;
        }
        otherEnds |= b == (byte) 0xC2 && text[i + 1] == (byte) 0x85;
      } else if (b == '\n') {
        add(start, i);
        start = i + 1;
      } else if (b == '.') {
        if (i + 2 < text.length && text[i + 1] == '.' && text[i + 2] == '.') {
          ellipses++;
          i += 2;
        }
      } else if (b == '#') {
        hashes++;
      } else if (b < ' ') {
        otherEnds |= b >= 0x0B && b <= 0x0D || b >= 0x1C && b <= 0x1E;
      }
    }
    add(start, text.length);
    chars = text.length - continued;
  }

  /** Length of the text in code points. */
  int chars() {
    return chars;
  }

  /** Number signs ({@code #}). */
  int hashes() {
    return hashes;
  }

  /** Ellipses, as a character or as three full stops. */
  int ellipses() {
    return ellipses;
  }

  int lineFeeds() {
    return count() - 1;
  }

  boolean isEmpty(int line) {
    return bytes(line) == 0;
  }

  boolean isBlank(int line) {
    return Utf8.skipSpace(text, start(line), end(line)) == end(line);
  }

  /** Length of a line in code points. */
  int chars(int line) {
    return Utf8.codePoints(text, start(line), end(line));
  }

  /** Whether an earlier line equals it. */
  boolean isDuplicate(int line) {
    return first()[line] < line;
  }

  /** For each line the first that equals it. */
  int[] first() {
    if (first == null) {
      first = firstEquals();
    }
    return first;
  }

  /**
   * The pieces of the text without white space around it between runs of two or more line feeds.
   */
  Pieces paragraphs() {
    if (paragraphs == null) {
      int from = Utf8.skipSpace(text, 0, text.length);
      int to = Math.max(from, Utf8.trimEnd(text, from, text.length));
      Pieces found = new Pieces(text, 8 + count() / 4);
      int start = from;
      for (int line = 0; line < count(); line++) {
        int feed = end(line);
        if (feed < start || feed + 1 >= to || text[feed + 1] != '\n') {
          continue;
        }
        found.add(start, feed);
        start = feed;
        while (start < to && text[start] == '\n') {
          start++;
        }
      }
      found.add(start, to);
      paragraphs = found;
    }
    return paragraphs;
  }

  /** Python's lines; see {@link PythonText#split}. */
  Pieces ofPython() {
    if (python == null) {
      python = otherEnds ? atAnyEnd() : atLineFeeds();
    }
    return python;
  }

  private Pieces atLineFeeds() {
    if (bytes(count() - 1) > 0) {
      return this;
    }
    Pieces pieces = new Pieces(text, count());
    for (int line = 0; line < count() - 1; line++) {
      pieces.add(start(line), end(line));
    }
    return pieces;
  }

  private Pieces atAnyEnd() {
    Pieces pieces = new Pieces(text, count());
    int start = 0;
    int i = 0;
    while (i < text.length) {
      int end = lineEnd(i);
      if (end == 0) {
        i++;
        continue;
      }
      pieces.add(start, i);
      i += end;
      start = i;
    }
    if (start < text.length) {
      pieces.add(start, text.length);
    }
    return pieces;
  }

  /** Bytes of the end of a line that begins there, 0 if none does. */
  private int lineEnd(int at) {
    byte b = text[at];
    if (b == '\r') {
      return at + 1 < text.length && text[at + 1] == '\n' ? 2 : 1;
    }
    if (b >= 0) {
      return b >= '\n' && b <= '\f' || b >= 0x1C && b <= 0x1E ? 1 : 0;
    }
    if (b == (byte) 0xC2) {
      return text[at + 1] == (byte) 0x85 ? 2 : 0;
    }
    boolean separator =
        b == (byte) 0xE2 && text[at + 1] == (byte) 0x80 && (text[at + 2] & 0xFE) == 0xA8;
    return separator ? 3 : 0;
  }
}
