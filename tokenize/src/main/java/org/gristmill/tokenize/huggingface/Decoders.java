package org.gristmill.tokenize.huggingface;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.gristmill.tokenize.model.Bytes;
import org.gristmill.tokenize.model.Utf8;

/**
 * The decoders by their type: each makes other strings of the tokens' strings, which joined are the
 * text.
 *
 * @see <a href="https://github.com/huggingface/tokenizers/tree/main/tokenizers/src/decoders">Their
 *     definitions</a>
 */
final class Decoders {
  /** A step from strings to strings. */
  interface Decoder {
    List<String> apply(List<String> tokens);
  }

  private static final String REPLACEMENT = "\uFFFD";

  private Decoders() {}

  static Decoder of(Part part) {
    return switch (part.type()) {
      case "Sequence" -> {
        List<Decoder> steps = part.parts("decoders").stream().map(Decoders::of).toList();
        yield tokens -> {
          List<String> strings = tokens;
          for (Decoder step : steps) {
            strings = step.apply(strings);
          }
          return strings;
        };
      }
      case "ByteLevel" -> Decoders::byteLevel;
      case "WordPiece" -> wordPiece(part.string("prefix"), part.bool("cleanup"));
      case "Metaspace" -> metaspace(part);
      case "BPEDecoder" -> bpe(part.string("suffix"));
      case "Fuse" -> tokens -> List.of(String.join("", tokens));
      case "ByteFallback" -> Decoders::byteFallback;
      case "Strip" -> strip(part);
      case "Replace" -> replace(part);
      case "CTC" -> ctc(part);
      default -> throw part.unsupported();
    };
  }

  /** What stands in for a missing decoder. */
  static List<String> spaced(List<String> tokens) {
    return List.of(String.join(" ", tokens));
  }

  private static List<String> byteLevel(List<String> tokens) {
    Bytes text = new Bytes(4 * tokens.size());
    for (String token : tokens) {
      byte[] bytes = ByteLetters.read(token);
      bytes = bytes == null ? token.getBytes(StandardCharsets.UTF_8) : bytes;
      text.addAll(bytes, 0, bytes.length);
    }
    return List.of(new String(text.array(), 0, text.size(), StandardCharsets.UTF_8));
  }

  /** Puts spaces between words, which tokens with the prefix do not start. */
  static Decoder wordPiece(String prefix, boolean cleanup) {
    return tokens ->
        IntStream.range(0, tokens.size())
            .mapToObj(
                i -> {
                  String token = tokens.get(i);
                  boolean inside = token.startsWith(prefix);
                  String text =
                      i == 0 ? token : inside ? token.substring(prefix.length()) : " " + token;
                  return cleanup ? cleaned(text) : text;
                })
            .toList();
  }

  private static String cleaned(String text) {
    return text.replace(" .", ".")
        .replace(" ?", "?")
        .replace(" !", "!")
        .replace(" ,", ",")
        .replace(" ' ", "'")
        .replace(" n't", "n't")
        .replace(" 'm", "'m")
        .replace(" do not", " don't")
        .replace(" 's", "'s")
        .replace(" 've", "'ve")
        .replace(" 're", "'re");
  }

  private static Decoder metaspace(Part part) {
    String mark = Character.toString(part.character("replacement"));
    boolean prefixed =
        !part.string("prepend_scheme", "always").equals("never")
            && part.bool("add_prefix_space", true);
    return tokens ->
        IntStream.range(0, tokens.size())
            .mapToObj(i -> tokens.get(i).replace(mark, i == 0 && prefixed ? "" : " "))
            .toList();
  }

  private static Decoder bpe(String suffix) {
    return tokens ->
        IntStream.range(0, tokens.size())
            .mapToObj(
                i ->
                    suffix.isEmpty()
                        ? tokens.get(i)
                        : tokens.get(i).replace(suffix, i == tokens.size() - 1 ? "" : " "))
            .toList();
  }

  private static List<String> byteFallback(List<String> tokens) {
    List<String> out = new ArrayList<>();
    Bytes bytes = new Bytes(16);
    for (String token : tokens) {
      if (token.matches("<0x[0-9A-Fa-f]{2}>")) {
        bytes.add(Integer.parseInt(token, 3, 5, 16));
      } else {
        flush(bytes, out);
        out.add(token);
      }
    }
    flush(bytes, out);
    return out;
  }

  /** Adds the text of the bytes, or a replacement for each if they are no text. */
  private static void flush(Bytes bytes, List<String> out) {
    boolean whole = true;
    for (int i = 0; i < bytes.size() && whole; ) {
      int length = Utf8.whole(bytes.array(), i, bytes.size());
      whole = length > 0;
      i += length;
    }
    if (whole && bytes.size() > 0) {
      out.add(new String(bytes.array(), 0, bytes.size(), StandardCharsets.UTF_8));
    } else {
      for (int i = 0; i < bytes.size(); i++) {
        out.add(REPLACEMENT);
      }
    }
    bytes.truncate(0);
  }

  private static Decoder strip(Part part) {
    int content = part.character("content");
    int start = part.integer("start");
    int stop = part.integer("stop");
    return tokens -> tokens.stream().map(token -> stripped(token, content, start, stop)).toList();
  }

  private static String stripped(String token, int content, int start, int stop) {
    int[] chars = token.codePoints().toArray();
    int from = 0;
    while (from < Math.min(start, chars.length) && chars[from] == content) {
      from++;
    }
    int to = chars.length;
    while (chars.length - to < stop && to > from && chars[to - 1] == content) {
      to--;
    }
    return new String(chars, from, to - from);
  }

  private static Decoder replace(Part part) {
    Pattern pattern = Pattern.of(part.part("pattern"), part);
    byte[] content = part.string("content").getBytes(StandardCharsets.UTF_8);
    return tokens ->
        tokens.stream()
            .map(
                token -> {
                  byte[] text = token.getBytes(StandardCharsets.UTF_8);
                  Bytes out = new Bytes(text.length);
                  int done = 0;
                  Pattern.Match match = pattern.matches(text, 0, text.length);
                  while (text.length > 0 && match.find()) {
                    out.addAll(text, done, match.start());
                    out.addAll(content, 0, content.length);
                    done = match.end();
                  }
                  out.addAll(text, done, text.length);
                  return new String(out.toArray(), StandardCharsets.UTF_8);
                })
            .toList();
  }

  private static Decoder ctc(Part part) {
    String pad = part.string("pad_token");
    String delimiter = part.string("word_delimiter_token");
    boolean cleanup = part.bool("cleanup");
    return tokens ->
        IntStream.range(0, tokens.size())
            .filter(i -> i == 0 || !tokens.get(i).equals(tokens.get(i - 1)))
            .mapToObj(i -> tokens.get(i).replace(pad, ""))
            .map(token -> cleanup ? cleaned(token).replace(delimiter, " ") : token)
            .filter(token -> !token.isEmpty())
            .collect(Collectors.toList());
  }
}
