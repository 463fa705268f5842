package org.gristmill.tokenize.objective;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gristmill.core.Text;
import org.gristmill.tokenize.Tokenizer;

/**
 * Turns as tokens. Between two control tokens of the template, its text and what was said are
 * encoded as one; control tokens that are written out in what was said are text.
 *
 * @param begin stands before the first turn
 * @param header of a turn, up to what was said, with {@code {role}}
 * @param footer behind what was said
 * @param control ids of the control tokens, by name
 * @param roles what roles are called that are called otherwise
 */
record ChatTemplate(
    Tokenizer tokenizer,
    String opening,
    String header,
    String footer,
    Map<String, Integer> control,
    Map<String, String> roles) {
  private static final String CONTENT = "{content}";

  static ChatTemplate of(Chat settings, Tokenizer tokenizer) {
    return switch (settings.template()) {
      case "chatml" ->
          of(
              tokenizer,
              "template",
              "",
              "<|im_start|>{role}\n{content}<|im_end|>\n",
              List.of("<|im_start|>", "<|im_end|>"),
              Map.of());
      case "llama3" ->
          of(
              tokenizer,
              "template",
              "<|begin_of_text|>",
              "<|start_header_id|>{role}<|end_header_id|>\n\n{content}<|eot_id|>",
              List.of(
                  "<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"),
              Map.of("tool", "ipython"));
      default ->
          of(tokenizer, "tokens", settings.begin(), settings.turn(), settings.tokens(), Map.of());
    };
  }

  private static ChatTemplate of(
      Tokenizer tokenizer,
      String setting,
      String opening,
      String turn,
      List<String> names,
      Map<String, String> roles) {
    Map<String, Integer> control = new TreeMap<>();
    names.forEach(name -> control.put(name, Objective.token(tokenizer, setting, name)));
    int at = turn.indexOf(CONTENT);
    return new ChatTemplate(
        tokenizer,
        opening,
        turn.substring(0, at),
        turn.substring(at + CONTENT.length()),
        control,
        roles);
  }

  /** What stands before the first turn. */
  Chat.Marked begin() {
    return encoded(pieces(opening, false));
  }

  /**
   * A turn.
   *
   * @param counts whether what was said is to be learned
   */
  Chat.Marked turn(String role, String said, boolean counts) {
    List<Piece> pieces = new ArrayList<>();
    for (Piece piece : pieces(header, false)) { // a role may be called like a control token
      String text = piece.text().replace("{role}", roles.getOrDefault(role, role));
      pieces.add(new Piece(text, piece.control(), false));
    }
    pieces.add(new Piece(said, -1, counts));
    boolean ended = false;
    for (Piece piece : pieces(footer, counts)) {
      pieces.add(new Piece(piece.text(), piece.control(), counts && !ended));
      ended |= piece.control() >= 0;
    }
    return encoded(pieces);
  }

  /** Text, or a control token if that is not negative. */
  private record Piece(String text, int control, boolean counts) {}

  /** A template's text cut at its control tokens: the first that is found, the longest of those. */
  private List<Piece> pieces(String template, boolean counts) {
    List<Piece> pieces = new ArrayList<>();
    int from = 0;
    for (int at = 0; at < template.length(); ) {
      int place = at;
      String found =
          control.keySet().stream()
              .filter(name -> template.startsWith(name, place))
              .max(java.util.Comparator.comparingInt(String::length))
              .orElse("");
      if (found.isEmpty()) {
        at++;
        continue;
      }
      pieces.add(new Piece(template.substring(from, at), -1, counts));
      pieces.add(new Piece("", control.get(found), counts));
      at += found.length();
      from = at;
    }
    pieces.add(new Piece(template.substring(from), -1, counts));
    return pieces;
  }

  private Chat.Marked encoded(List<Piece> pieces) {
    List<int[]> tokens = new ArrayList<>();
    List<int[]> counts = new ArrayList<>();
    List<Piece> texts = new ArrayList<>();
    for (Piece piece : pieces) {
      if (piece.control() < 0) {
        texts.add(piece);
        continue;
      }
      text(texts, tokens, counts);
      texts.clear();
      tokens.add(new int[] {piece.control()});
      counts.add(new int[] {piece.counts() ? 1 : 0});
    }
    text(texts, tokens, counts);
    return new Chat.Marked(Encoded.joined(tokens), Encoded.joined(counts));
  }

  /**
   * Encodes texts as one: what comes first counts or not up to where the tokens begin to differ.
   */
  private void text(List<Piece> texts, List<int[]> tokens, List<int[]> counts) {
    StringBuilder all = new StringBuilder();
    texts.forEach(piece -> all.append(piece.text()));
    if (all.isEmpty()) {
      return;
    }
    int[] encoded = tokenizer.encode(Text.of(all.toString()));
    int[] counted = new int[encoded.length];
    StringBuilder before = new StringBuilder();
    for (Piece piece : texts) {
      int from = before.isEmpty() ? 0 : shared(encoded, before.toString());
      Arrays.fill(counted, from, counted.length, piece.counts() ? 1 : 0);
      before.append(piece.text());
    }
    tokens.add(encoded);
    counts.add(counted);
  }

  private int shared(int[] tokens, String before) {
    int at = Arrays.mismatch(tokens, tokenizer.encode(Text.of(before)));
    return at < 0 ? tokens.length : at;
  }
}
