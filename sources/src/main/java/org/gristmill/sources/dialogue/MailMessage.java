package org.gristmill.sources.dialogue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gristmill.sources.CharsetLabels;
import org.jsoup.Jsoup;

/**
 * A mail: what its header says and the words of its first plain part, or of its HTML where there is
 * none.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5322">RFC 5322</a>, 2045 to 2047
 */
record MailMessage(Map<String, String> header, byte[] body) {
  private static final Pattern WORD =
      Pattern.compile("=\\?([^?\\s*]+)(?:\\*[^?]*)?\\?([bBqQ])\\?([^?\\s]*)\\?=");
  private static final Pattern BETWEEN_WORDS = Pattern.compile("(\\?=)\\s+(=\\?)");
  private static final Pattern PARAMETER =
      Pattern.compile(
          "(?i);\\s*%s\\s*=\\s*(?:\"([^\"]*)\"|([^;\\s]+))".formatted("(charset|boundary)"));
  private static final Pattern ID = Pattern.compile("<[^<>\\s]+>");
  private static final int MAX_DEPTH = 8;

  /** Takes a mail apart; the header ends at the first empty line. */
  static MailMessage of(byte[] b, int from, int to) {
    Map<String, String> header = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    String last = "";
    int at = from;
    while (at < to) {
      int stop = at;
      while (stop < to && b[stop] != '\n') {
        stop++;
      }
      String line = latin(b, at, stop).stripTrailing();
      at = Math.min(stop + 1, to);
      if (line.isEmpty()) {
        break;
      }
      int colon = line.indexOf(':');
      if (Character.isWhitespace(line.charAt(0))) {
        header.computeIfPresent(last, (k, v) -> v + " " + line.strip());
      } else if (colon > 0) {
        last = line.substring(0, colon).strip();
        header.putIfAbsent(last, line.substring(colon + 1).strip());
      }
    }
    byte[] body = new byte[to - at];
    System.arraycopy(b, at, body, 0, body.length);
    return new MailMessage(header, body);
  }

  /** The mail's identity, empty if it has none. */
  String id() {
    Matcher id = ID.matcher(field("Message-ID"));
    return id.find() ? id.group() : "";
  }

  /** Identities of the mails that it answers, the nearest last. */
  List<String> answers() {
    List<String> ids = new ArrayList<>();
    Matcher id = ID.matcher(field("References") + " " + field("In-Reply-To"));
    while (id.find()) {
      ids.add(id.group());
    }
    return ids;
  }

  String subject() {
    return words(field("Subject"));
  }

  /** The name of who wrote it, or that of the mail box. */
  String author() {
    String from = words(field("From"));
    int address = from.indexOf('<');
    String name = (address > 0 ? from.substring(0, address) : from).replace("\"", "").strip();
    Matcher comment = Pattern.compile("\\(([^()]+)\\)").matcher(name);
    if (address <= 0 && comment.find()) {
      return comment.group(1).strip();
    }
    return name.replaceFirst("(?:@| at ).*", "").replace("<", "").strip();
  }

  /** What was written anew: without quoted lines, the line above them, and the signature. */
  String said() {
    String text = text(header, body, 0).orElse("").replace("\r\n", "\n").replace('\r', '\n');
    List<String> kept = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      if (line.equals("-- ")) {
        break;
      }
      if (line.startsWith(">")) {
        dropAttribution(kept);
      } else {
        kept.add(line.stripTrailing());
      }
    }
    return String.join("\n", kept).replaceAll("\n{3,}", "\n\n").strip();
  }

  /** "On Monday, Ann wrote:", on one or two lines. */
  private static void dropAttribution(List<String> kept) {
    int end = kept.size();
    while (end > 0 && kept.get(end - 1).isBlank()) {
      end--;
    }
    if (end > 0
        && kept.get(end - 1).strip().matches("(?s).*(?:wrote|writes|schrieb|a écrit|写道)\\s*[:：]")) {
      int from = end - 1;
      boolean two =
          from > 0 && !kept.get(from).startsWith("On ") && kept.get(from - 1).startsWith("On ");
      kept.subList(two ? from - 1 : from, kept.size()).clear();
    }
  }

  private String field(String name) {
    return header.getOrDefault(name, "");
  }

  private static Optional<String> text(Map<String, String> header, byte[] body, int depth) {
    String type = header.getOrDefault("Content-Type", "text/plain").toLowerCase(Locale.ROOT);
    if (type.startsWith("multipart/") && depth < MAX_DEPTH) {
      Optional<String> html = Optional.empty();
      for (MailMessage part : parts(header.getOrDefault("Content-Type", ""), body)) {
        boolean plain =
            !part.field("Content-Type").toLowerCase(Locale.ROOT).startsWith("text/html");
        Optional<String> text = text(part.header(), part.body(), depth + 1);
        if (plain && text.isPresent()) {
          return text;
        }
        html = html.isPresent() ? html : text;
      }
      return html;
    }
    boolean attached = header.getOrDefault("Content-Disposition", "").startsWith("attachment");
    if (!type.startsWith("text/") || attached) {
      return Optional.empty();
    }
    String label = parameter(header.getOrDefault("Content-Type", ""), "charset").orElse("us-ascii");
    Charset charset = CharsetLabels.web(label).orElse(StandardCharsets.UTF_8);
    String text = new String(decoded(header, body), charset);
    return Optional.of(type.startsWith("text/html") ? Jsoup.parse(text).wholeText() : text);
  }

  private static byte[] decoded(Map<String, String> header, byte[] body) {
    String coding = header.getOrDefault("Content-Transfer-Encoding", "").toLowerCase(Locale.ROOT);
    return switch (coding.strip()) {
      case "base64" -> Base64.getMimeDecoder().decode(onlyBase64(body));
      case "quoted-printable" -> quoted(latin(body, 0, body.length), false);
      default -> body;
    };
  }

  /** What the decoder would refuse is left out: a last group that is cut. */
  private static byte[] onlyBase64(byte[] body) {
    String text = latin(body, 0, body.length).replaceAll("[^A-Za-z0-9+/]", "");
    return text.substring(0, text.length() % 4 == 1 ? text.length() - 1 : text.length())
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] quoted(String text, boolean underscores) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
      int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
      if (c == '=' && high >= 0 && low >= 0) {
        out.write(high << 4 | low);
        i += 2;
      } else if (c == '=' && text.startsWith("\n", i + 1)) {
        i++;
      } else if (c == '=' && text.startsWith("\r\n", i + 1)) {
        i += 2;
      } else {
        out.write(underscores && c == '_' ? ' ' : c);
      }
    }
    return out.toByteArray();
  }

  private static List<MailMessage> parts(String type, byte[] body) {
    List<MailMessage> parts = new ArrayList<>();
    Optional<String> boundary = parameter(type, "boundary");
    if (boundary.isEmpty()) {
      return parts;
    }
    String text = "\n" + latin(body, 0, body.length);
    String mark = "\n--" + boundary.get();
    int at = text.indexOf(mark);
    while (at >= 0 && !text.startsWith("--", at + mark.length())) {
      int from = text.indexOf('\n', at + mark.length());
      int next = from < 0 ? -1 : text.indexOf(mark, from);
      int to = next < 0 ? text.length() : next;
      if (from >= 0) {
        byte[] part =
            text.substring(from + 1, Math.max(from + 1, to)).getBytes(StandardCharsets.ISO_8859_1);
        parts.add(of(part, 0, part.length));
      }
      at = next;
    }
    return parts;
  }

  private static Optional<String> parameter(String value, String name) {
    Matcher matcher = PARAMETER.matcher(value);
    while (matcher.find()) {
      if (matcher.group(1).equalsIgnoreCase(name)) {
        return Optional.of(matcher.group(2) == null ? matcher.group(3) : matcher.group(2));
      }
    }
    return Optional.empty();
  }

  /** A field's value with its encoded words. */
  private static String words(String value) {
    Matcher word = WORD.matcher(BETWEEN_WORDS.matcher(value).replaceAll("$1$2"));
    return word.replaceAll(
        m -> {
          byte[] bytes =
              m.group(2).equalsIgnoreCase("b")
                  ? Base64.getMimeDecoder()
                      .decode(onlyBase64(m.group(3).getBytes(StandardCharsets.ISO_8859_1)))
                  : quoted(m.group(3), true);
          Charset charset = CharsetLabels.web(m.group(1)).orElse(StandardCharsets.UTF_8);
          return Matcher.quoteReplacement(new String(bytes, charset));
        });
  }

  private static String latin(byte[] b, int from, int to) {
    return new String(b, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
