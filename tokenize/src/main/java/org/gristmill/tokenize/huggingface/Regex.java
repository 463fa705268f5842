package org.gristmill.tokenize.huggingface;

import com.ibm.icu.text.UnicodeSet;
import java.util.Arrays;
import java.util.List;
import org.gristmill.tokenize.model.Utf8;

/**
 * A regular expression over UTF-8, matched as a backtracking engine does: the first alternative
 * that leads to a match wins. Unicode is that of ICU 77 (16.0), as it is in the reference.
 *
 * <p>It runs a small program on a stack of its own, so that no text overflows the thread's.
 */
final class Regex implements Pattern {
  /** What a step of the program does. */
  enum Op {
    /** One character of a set. */
    SET,
    /** As many characters of a set as there are, giving back from the end where need be. */
    GREEDY,
    /** As many as there are, giving none back. */
    POSSESSIVE,
    /** As few as lead on. */
    LAZY,
    /** Goes on at {@code x}; if that fails, at {@code y}. */
    SPLIT,
    /** Goes on at {@code x}. */
    JUMP,
    /** The program of {@code inner} must match here. */
    AHEAD,
    /** The program of {@code inner} must not match here. */
    NOT_AHEAD,
    /** What {@code inner} matches, without trying its other ways. */
    ATOMIC,
    /** One character of a set stands before. */
    BEHIND,
    /** None stands before. */
    NOT_BEHIND,
    /** Start of the text. */
    START,
    /** End of the text. */
    END,
    /** Start of the text or of a line. */
    LINE_START,
    /** End of the text or of a line. */
    LINE_END,
    /** Between a character of a set and one that is none. */
    BOUNDARY,
    /** The match is complete. */
    MATCH
  }

  /** A step; {@code x} and {@code y} are targets, or the least and the largest number. */
  record Step(Op op, Chars chars, int x, int y, Regex inner) {}

  /** A set of characters. */
  static final class Chars {
    private final boolean[] ascii = new boolean[128];
    private final UnicodeSet all;

    Chars(UnicodeSet set) {
      all = set.cloneAsThawed().removeAllStrings().freeze();
      for (int c = 0; c < 128; c++) {
        ascii[c] = all.contains(c);
      }
    }

    boolean at(byte[] text, int at) {
      byte b = text[at];
      return b >= 0 ? ascii[b] : all.contains(Utf8.codePoint(text, at));
    }
  }

  private final Step[] steps;

  Regex(List<Step> steps) {
    this.steps = steps.toArray(Step[]::new);
  }

  /**
   * Reads an expression.
   *
   * @throws org.gristmill.tokenize.model.ModelError if it has something that is not supported
   */
  static Regex of(String expression, Part owner) {
    return new RegexReader(expression, owner).read();
  }

  /** Places to go back to: a step, a position, and how far a loop may still go. */
  private static final class Stack {
    private int[] cells = new int[48];
    private int size;

    /** Where the last {@link #back} led. */
    int step;

    int at;

    void push(int pushedStep, int pushedAt, int limit) {
      if (size + 3 > cells.length) {
        cells = Arrays.copyOf(cells, 2 * cells.length);
      }
      cells[size] = pushedStep;
      cells[size + 1] = pushedAt;
      cells[size + 2] = limit;
      size += 3;
    }

    /** Takes the next way of the last choice that has one; whether there is any. */
    boolean back(Step[] steps, byte[] text, int to) {
      while (size > 0) {
        size -= 3;
        step = cells[size];
        at = cells[size + 1];
        int limit = cells[size + 2];
        if (step >= 0) {
          if (at > limit) { // a greedy loop gives one back
            at = Utf8.before(text, at);
            if (at > limit) {
              push(step, at, limit);
            }
          }
          return true;
        }
        step = -step;
        if (limit > 0 && at < to && steps[step - 1].chars().at(text, at)) { // a lazy one takes one
          at += Utf8.length(text[at]);
          push(-step, at, limit - 1);
          return true;
        }
      }
      return false;
    }
  }

  @Override
  public int end(byte[] text, int from, int start, int to) {
    int at = start;
    int next = 0;
    Stack stack = null;
    while (true) {
      Step step = steps[next++];
      boolean ok = true;
      switch (step.op()) {
        case SET -> {
          ok = at < to && step.chars().at(text, at);
          at += ok ? Utf8.length(text[at]) : 0;
        }
        case GREEDY, POSSESSIVE, LAZY -> {
          int least = skip(text, at, to, step.chars(), step.x());
          ok = least >= 0;
          if (ok) {
            int rest = step.y() - step.x();
            boolean lazy = step.op() == Op.LAZY;
            at = lazy ? least : skipAll(text, least, to, step.chars(), rest);
            if (lazy || step.op() == Op.GREEDY && at > least) {
              stack = stack == null ? new Stack() : stack;
              stack.push(lazy ? -next : next, at, lazy ? rest : least);
            }
          }
        }
        case SPLIT -> {
          stack = stack == null ? new Stack() : stack;
          stack.push(step.y(), at, at);
          next = step.x();
        }
        case JUMP -> next = step.x();
        case ATOMIC -> {
          at = step.inner().end(text, from, at, to);
          ok = at >= 0;
        }
        case MATCH -> {
          return at;
        }
        default -> ok = holds(step, text, from, at, to);
      }
      if (!ok) {
        if (stack == null || !stack.back(steps, text, to)) {
          return -1;
        }
        next = stack.step;
        at = stack.at;
      }
    }
  }

  private static int skip(byte[] text, int from, int to, Chars chars, int count) {
    int at = from;
    for (int i = 0; i < count; i++) {
      if (at >= to || !chars.at(text, at)) {
        return -1;
      }
      at += Utf8.length(text[at]);
    }
    return at;
  }

  private static int skipAll(byte[] text, int from, int to, Chars chars, int most) {
    int at = from;
    for (int i = 0; i < most && at < to && chars.at(text, at); i++) {
      at += Utf8.length(text[at]);
    }
    return at;
  }

  private static boolean holds(Step step, byte[] text, int from, int at, int to) {
    return switch (step.op()) {
      case AHEAD -> step.inner().end(text, from, at, to) >= 0;
      case NOT_AHEAD -> step.inner().end(text, from, at, to) < 0;
      case BEHIND -> at > from && step.chars().at(text, Utf8.before(text, at));
      case NOT_BEHIND -> at == from || !step.chars().at(text, Utf8.before(text, at));
      case START -> at == from;
      case END -> at == to;
      case LINE_START -> at == from || text[at - 1] == '\n' && at < to;
      case LINE_END -> at == to || text[at] == '\n';
      case BOUNDARY ->
          (at > from && step.chars().at(text, Utf8.before(text, at)))
              != (at < to && step.chars().at(text, at));
      default -> throw new IllegalStateException(step.op().name());
    };
  }
}
