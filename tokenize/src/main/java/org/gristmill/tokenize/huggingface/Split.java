package org.gristmill.tokenize.huggingface;

import org.gristmill.tokenize.model.Utf8;

/** Cuts pieces where a pattern matches. */
final class Split implements PreTokenizer {
  /** What becomes of a match. */
  enum Behavior {
    /** It is dropped. */
    REMOVED,
    /** It is a piece. */
    ISOLATED,
    /** Matches in a row are a piece. */
    CONTIGUOUS,
    /** It ends the piece before it; behind another match it is a piece. */
    MERGED_WITH_PREVIOUS,
    /** It starts the piece behind it; before another match it is a piece. */
    MERGED_WITH_NEXT;

    /** The behavior by its name in a file, where it is written in either of two ways. */
    static Behavior of(Part part) {
      String name = part.string("behavior", "Isolated");
      for (Behavior behavior : values()) {
        if (behavior.name().replace("_", "").equalsIgnoreCase(name.replace("_", ""))) {
          return behavior;
        }
      }
      throw part.error("behavior", "of " + name + " is not supported");
    }
  }

  private final Pattern pattern;
  private final Behavior behavior;
  private final boolean inverted;

  /**
   * @param inverted whether what the pattern matches is what is kept, and the rest the match
   */
  Split(Pattern pattern, Behavior behavior, boolean inverted) {
    this.pattern = pattern;
    this.behavior = behavior;
    this.inverted = inverted;
  }

  /** A pattern that matches each code point of some classes. */
  static Pattern each(int classes) {
    return (text, from, at, to) -> {
      if (at >= to) {
        return -1;
      }
      byte b = text[at];
      int c = b >= 0 ? b : Utf8.codePoint(text, at);
      return CodePoints.is(c, classes) ? at + Utf8.length(b) : -1;
    };
  }

  @Override
  public void apply(Pieces in, Pieces out) {
    out.reset(in.text, in.headed);
    for (int piece = 0; piece < in.size(); piece++) {
      int before = out.size();
      piece(in.text, in.from(piece), in.to(piece), out);
      if (piece == 0 && (out.size() == before || out.from(0) != in.from(0))) {
        out.headed = false;
      }
    }
  }

  private void piece(byte[] text, int from, int to, Pieces out) {
    Joiner joiner = new Joiner(behavior, out);
    int done = from;
    for (Pattern.Match match = pattern.matches(text, from, to); match.find(); ) {
      if (match.start() > done) {
        joiner.span(done, match.start(), inverted);
      }
      joiner.span(match.start(), match.end(), !inverted);
      done = match.end();
    }
    if (done < to) {
      joiner.span(done, to, inverted);
    }
    joiner.end();
  }

  /** Makes pieces of spans, each of which is a match or is not. */
  private static final class Joiner {
    private final Behavior behavior;
    private final Pieces out;
    private boolean wasMatch;
    private boolean some;
    private int start; // of the span that may still grow
    private int stop;

    Joiner(Behavior behavior, Pieces out) {
      this.behavior = behavior;
      this.out = out;
    }

    void span(int from, int to, boolean isMatch) {
      boolean joins =
          some
              && switch (behavior) {
                case REMOVED, ISOLATED -> false;
                case CONTIGUOUS -> isMatch == wasMatch;
                case MERGED_WITH_PREVIOUS -> isMatch && !wasMatch;
                case MERGED_WITH_NEXT -> !isMatch && wasMatch;
              };
      if (joins) {
        stop = to;
      } else {
        end();
        some = behavior != Behavior.REMOVED || !isMatch;
        start = from;
        stop = to;
      }
      wasMatch = isMatch;
    }

    void end() {
      if (some) {
        out.add(start, stop);
      }
      some = false;
    }
  }
}
