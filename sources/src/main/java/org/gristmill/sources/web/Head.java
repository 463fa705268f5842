package org.gristmill.sources.web;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of a WARC record, or of an ARC record in WARC's terms.
 *
 * @param fields by name, case does not matter; the first of several counts
 * @param length bytes of the header up to the block, with the empty line
 * @param blockLength what the header says of the block; -1 if it says nothing usable
 * @see <a href="https://iipc.github.io/warc-specifications/">WARC 1.1</a>
 * @see <a href="https://archive.org/web/researcher/ArcFileFormat.php">ARC 1.0</a>
 */
record Head(Map<String, String> fields, int length, long blockLength) {
  /** Longest header that is read, in bytes. */
  static final int MAX_BYTES = 1 << 16;

  /** Longest ARC header line. */
  private static final int MAX_LINE = 1 << 13;

  private static final byte[] MAGIC = "WARC/".getBytes(StandardCharsets.US_ASCII);
  private static final Pattern ARC_LINE =
      Pattern.compile("([a-zA-Z][-+.a-zA-Z0-9]{1,15}:.*) \\S+ (\\d{14}) (\\S*).* (\\d{1,18})");

  /** The value of a field, empty if absent. */
  String field(String name) {
    return fields.getOrDefault(name, "");
  }

  /** Whether a record may start here; at the end of the bytes a shorter match does not count. */
  static boolean startsAt(byte[] b, int at, int end) {
    return warcAt(b, at, end) || arcLine(b, at, end).isPresent();
  }

  /** Index of the next record start in the bytes from {@code from} on, or -1. */
  static int find(byte[] b, int from, int end) {
    for (int i = from; i < end; i++) {
      if (b[i] == 'W' ? warcAt(b, i, end) : afterLine(b, i) && arcLine(b, i, end).isPresent()) {
        return i;
      }
    }
    return -1;
  }

  /** Reads the header at a place where {@link #startsAt} holds; empty if it does not end. */
  static Optional<Head> parse(byte[] b, int at, int end) {
    if (warcAt(b, at, end)) {
      return warc(b, at, Math.min(end, at + MAX_BYTES));
    }
    return arcLine(b, at, end).map(line -> arc(line, lineEnd(b, at, end) + 1 - at));
  }

  private static boolean afterLine(byte[] b, int at) {
    return at == 0 || b[at - 1] == '\n';
  }

  private static boolean warcAt(byte[] b, int at, int end) {
    if (end - at < 10
        || b[at] != 'W'
        || !Arrays.equals(b, at, at + MAGIC.length, MAGIC, 0, MAGIC.length)) {
      return false;
    }
    int i = at + MAGIC.length;
    while (i < end && i < at + 12 && (b[i] == '.' || b[i] >= '0' && b[i] <= '9')) {
      i++;
    }
    return i > at + MAGIC.length && i < end && (b[i] == '\r' || b[i] == '\n');
  }

  private static Optional<Matcher> arcLine(byte[] b, int at, int end) {
    if (at >= end || !(b[at] >= 'a' && b[at] <= 'z' || b[at] >= 'A' && b[at] <= 'Z')) {
      return Optional.empty();
    }
    int colon = at;
    while (colon < end && colon < at + 16 && b[colon] != ':' && b[colon] > ' ') {
      colon++;
    }
    if (colon == end || b[colon] != ':') {
      return Optional.empty();
    }
    int stop = lineEnd(b, at, Math.min(end, at + MAX_LINE));
    if (stop < 0 || b[stop - 1] < '0' && b[stop - 1] != '\r' || b[stop - 1] > '9') {
      return Optional.empty();
    }
    String line = new String(b, at, stop - at, StandardCharsets.UTF_8).stripTrailing();
    Matcher matcher = ARC_LINE.matcher(line);
    return matcher.matches() ? Optional.of(matcher) : Optional.empty();
  }

  private static int lineEnd(byte[] b, int at, int end) {
    for (int i = at; i < end; i++) {
      if (b[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static Head arc(Matcher line, int length) {
    String url = line.group(1);
    String t = line.group(2);
    Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    fields.put("WARC-Type", url.startsWith("filedesc:") ? "warcinfo" : "response");
    fields.put("WARC-Target-URI", url);
    fields.put("Content-Type", line.group(3));
    fields.put(
        "WARC-Date",
        "%s-%s-%sT%s:%s:%sZ"
            .formatted(
                t.substring(0, 4),
                t.substring(4, 6),
                t.substring(6, 8),
                t.substring(8, 10),
                t.substring(10, 12),
                t.substring(12)));
    return new Head(fields, length, Long.parseLong(line.group(4)));
  }

  private static Optional<Head> warc(byte[] b, int at, int end) {
    Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    int next = lineEnd(b, at, end) + 1;
    boolean twoLengths = false;
    String last = "";
    while (true) {
      int stop = lineEnd(b, next, end);
      if (stop < 0) {
        return Optional.empty();
      }
      String line = new String(b, next, stop - next, StandardCharsets.UTF_8).stripTrailing();
      next = stop + 1;
      if (line.isEmpty()) {
        long length = twoLengths ? -1 : length(fields.getOrDefault("Content-Length", "").strip());
        return Optional.of(new Head(fields, next - at, length));
      }
      int colon = line.indexOf(':');
      if (Character.isWhitespace(line.charAt(0))) {
        fields.computeIfPresent(last, (k, v) -> (v + " " + line.strip()).strip());
      } else if (colon > 0) {
        last = line.substring(0, colon).strip();
        String value = line.substring(colon + 1).strip();
        String first = fields.putIfAbsent(last, value);
        twoLengths |=
            first != null && !first.equals(value) && last.equalsIgnoreCase("Content-Length");
      }
    }
  }

  private static long length(String value) {
    return value.matches("\\d{1,18}") ? Long.parseLong(value) : -1;
  }
}
