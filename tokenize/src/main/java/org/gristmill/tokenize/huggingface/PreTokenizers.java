package org.gristmill.tokenize.huggingface;

import java.util.ArrayList;
import java.util.List;
import org.gristmill.tokenize.bpe.Pretokenizer;
import org.gristmill.tokenize.bpe.Pretokenizers;
import org.gristmill.tokenize.huggingface.Split.Behavior;
import org.gristmill.tokenize.model.Bytes;
import org.gristmill.tokenize.model.Utf8;

/**
 * The pre-tokenizers by their type.
 *
 * @see <a
 *     href="https://github.com/huggingface/tokenizers/tree/main/tokenizers/src/pre_tokenizers">Their
 *     definitions</a>
 */
final class PreTokenizers {
  private static final PreTokenizer SPACES =
      new Split(Split.each(CodePoints.SPACE), Behavior.REMOVED, false);

  private PreTokenizers() {}

  /** The steps of a pre-tokenizer, in their order. */
  static List<PreTokenizer> of(Part part) {
    List<PreTokenizer> steps = new ArrayList<>();
    add(part, steps);
    return steps;
  }

  private static void add(Part part, List<PreTokenizer> steps) {
    switch (part.type()) {
      case "Sequence" -> part.parts("pretokenizers").forEach(inner -> add(inner, steps));
      case "WhitespaceSplit" -> steps.add(SPACES);
      case "BertPreTokenizer" -> bert(steps);
      case "Whitespace" -> steps.add(PreTokenizers::words);
      case "Punctuation" ->
          steps.add(new Split(Split.each(CodePoints.PUNCTUATION), Behavior.of(part), false));
      case "Digits" -> {
        Behavior behavior =
            part.bool("individual_digits") ? Behavior.ISOLATED : Behavior.CONTIGUOUS;
        steps.add(new Split(Split.each(CodePoints.NUMERIC), behavior, false));
      }
      case "CharDelimiterSplit" -> {
        int delimiter = part.character("delimiter");
        steps.add(new Split(character(delimiter), Behavior.REMOVED, false));
      }
      case "Split" -> steps.add(split(part));
      case "Metaspace" -> steps.add(metaspace(part));
      case "ByteLevel" -> byteLevel(part, steps);
      case "UnicodeScripts" -> steps.add(PreTokenizers::scripts);
      case "FixedLength" -> steps.add(fixedLength(part));
      default -> throw part.unsupported();
    }
  }

  static void bert(List<PreTokenizer> steps) {
    steps.add(SPACES);
    steps.add(new Split(Split.each(CodePoints.PUNCTUATION), Behavior.ISOLATED, false));
  }

  private static Pattern character(int character) {
    return (text, from, at, to) ->
        at < to && Utf8.codePoint(text, at) == character ? at + Utf8.length(text[at]) : -1;
  }

  private static PreTokenizer split(Part part) {
    Part pattern = part.part("pattern");
    Behavior behavior = Behavior.of(part);
    boolean inverted = part.bool("invert");
    if (pattern.has("Regex") && behavior == Behavior.ISOLATED) {
      var known = Pretokenizers.find(pattern.string("Regex"));
      if (known.isPresent()) {
        return new Scan(known.get());
      }
    }
    return new Split(Pattern.of(pattern, part), behavior, inverted);
  }

  /** Cuts by a scanner, which drops nothing. */
  record Scan(Pretokenizer scanner) implements PreTokenizer {
    @Override
    public void apply(Pieces in, Pieces out) {
      out.reset(in.text, in.headed);
      for (int piece = 0; piece < in.size(); piece++) {
        scanner.cut(in.text, in.from(piece), in.to(piece), (text, from, to) -> out.add(from, to));
      }
    }
  }

  private static void byteLevel(Part part, List<PreTokenizer> steps) {
    if (part.bool("add_prefix_space")) {
      steps.add(PreTokenizers::prefixSpace);
    }
    if (part.bool("use_regex", true)) {
      steps.add(new Scan(Pretokenizers.of(Pretokenizers.GPT2)));
    }
    steps.add(new Spell());
  }

  /** Writes pieces in the alphabet of byte-level vocabularies. */
  record Spell() implements PreTokenizer {
    @Override
    public void apply(Pieces in, Pieces out) {
      Bytes text = out.rewrite(in.headed);
      for (int piece = 0; piece < in.size(); piece++) {
        int start = text.size();
        ByteLetters.spell(in.text, in.from(piece), in.to(piece), text);
        out.add(start, text.size());
      }
      out.written();
    }
  }

  private static void prefixSpace(Pieces in, Pieces out) {
    Bytes text = out.rewrite(in.headed);
    for (int piece = 0; piece < in.size(); piece++) {
      int start = text.size();
      if (in.text[in.from(piece)] != ' ') {
        text.add(' ');
      }
      text.addAll(in.text, in.from(piece), in.to(piece));
      out.add(start, text.size());
    }
    out.written();
  }

  /** Runs of word characters, and runs of what is neither those nor white space. */
  private static void words(Pieces in, Pieces out) {
    out.reset(in.text, in.headed);
    for (int piece = 0; piece < in.size(); piece++) {
      int start = in.from(piece);
      int before = 0;
      for (int at = start; at < in.to(piece); at += Utf8.length(in.text[at])) {
        int c = Utf8.codePoint(in.text, at);
        int kind =
            CodePoints.is(c, CodePoints.WORD) ? 1 : CodePoints.is(c, CodePoints.SPACE) ? 0 : 2;
        if (kind != before) {
          if (before > 0) {
            out.add(start, at);
          }
          start = at;
          before = kind;
        }
      }
      if (before > 0) {
        out.add(start, in.to(piece));
      }
    }
    out.headed = in.headed && out.size() > 0 && out.from(0) == in.from(0);
  }

  private static PreTokenizer metaspace(Part part) {
    int mark = part.character("replacement");
    String scheme = part.string("prepend_scheme", "always");
    if (part.has("add_prefix_space") && !part.bool("add_prefix_space")) {
      if (part.has("prepend_scheme") && !scheme.equals("never")) {
        throw part.error("add_prefix_space", "contradicts prepend_scheme");
      }
      scheme = "never";
    }
    if (!List.of("always", "first", "never").contains(scheme)) {
      throw part.error("prepend_scheme", "of " + scheme + " is not supported");
    }
    boolean always = scheme.equals("always");
    boolean first = scheme.equals("first");
    boolean cut = part.bool("split", true);
    return (in, out) -> {
      Bytes text = out.rewrite(in.headed);
      for (int piece = 0; piece < in.size(); piece++) {
        int start = text.size();
        int head = Utf8.codePoint(in.text, in.from(piece));
        boolean marked = head == ' ' || head == mark;
        if (!marked && (always || first && piece == 0 && in.headed)) {
          text.addCodePoint(mark);
        }
        for (int at = in.from(piece); at < in.to(piece); ) {
          int end = at + Utf8.length(in.text[at]);
          boolean isMark = in.text[at] == ' ' || Utf8.codePoint(in.text, at) == mark;
          if (isMark && cut) {
            out.add(start, text.size());
            start = text.size();
          }
          if (in.text[at] == ' ') {
            text.addCodePoint(mark);
          } else {
            text.addAll(in.text, at, end);
          }
          at = end;
        }
        out.add(start, text.size());
      }
      out.written();
    };
  }

  /** Cuts where the script changes; what goes with any script before the first is dropped. */
  private static void scripts(Pieces in, Pieces out) {
    out.reset(in.text, in.headed);
    for (int piece = 0; piece < in.size(); piece++) {
      int start = in.to(piece);
      int last = CodePoints.ANY_SCRIPT;
      for (int at = in.from(piece); at < in.to(piece); at += Utf8.length(in.text[at])) {
        int script = CodePoints.script(Utf8.codePoint(in.text, at));
        if (script != CodePoints.ANY_SCRIPT && script != last) {
          if (last != CodePoints.ANY_SCRIPT) {
            out.add(start, at);
          }
          start = at;
          last = script;
        }
      }
      out.add(start, in.to(piece));
    }
    out.headed = in.headed && out.size() > 0 && out.from(0) == in.from(0);
  }

  private static PreTokenizer fixedLength(Part part) {
    int length = part.integer("length", 5);
    if (length == 0) {
      throw part.error("length", "must be at least 1");
    }
    return (in, out) -> {
      out.reset(in.text, in.headed);
      for (int piece = 0; piece < in.size(); piece++) {
        int start = in.from(piece);
        int count = 0;
        for (int at = start; at < in.to(piece); at += Utf8.length(in.text[at])) {
          if (count == length) {
            out.add(start, at);
            start = at;
            count = 0;
          }
          count++;
        }
        out.add(start, in.to(piece));
      }
    };
  }
}
