package org.gristmill.tokenize.huggingface;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.UnicodeSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.gristmill.tokenize.huggingface.Regex.Chars;
import org.gristmill.tokenize.huggingface.Regex.Op;
import org.gristmill.tokenize.huggingface.Regex.Step;
import org.gristmill.tokenize.model.ModelError;

/**
 * Reads a regular expression in Oniguruma's syntax: characters, classes, {@code \p} of general
 * categories and scripts, groups, alternatives, quantifiers, {@code (?i:...)}, looking ahead, and
 * behind at one character. All else is refused by name.
 *
 * @see <a href="https://github.com/kkos/oniguruma/blob/master/doc/RE">Oniguruma's syntax</a>
 */
final class RegexReader {
  private static final int MOST_COPIES = 100;
  private static final int NO_LIMIT = Integer.MAX_VALUE;

  /** Two letters that some single character equals when case is ignored: ss and ß. */
  private static final Set<String> FOLDED = Set.of("ss", "ff", "fi", "fl", "st");

  private static final UnicodeSet SPACE = set("[\\t-\\r\\u0020\\u0085[:Z:]]");
  private static final UnicodeSet WORD =
      set("[[:Alphabetic:][:M:][:Nd:][:Pc:]\\u00B2\\u00B3\\u00B9\\u00BC-\\u00BE]");
  private static final UnicodeSet DIGIT = set("[:Nd:]");

  private final String expression;
  private final Part owner;
  private int at;

  RegexReader(String expression, Part owner) {
    this.expression = expression;
    this.owner = owner;
  }

  Regex read() {
    List<Step> steps = alternatives(false);
    if (at < expression.length()) {
      throw unsupported("an unmatched )");
    }
    return finish(steps);
  }

  private static UnicodeSet set(String pattern) {
    return new UnicodeSet(pattern).freeze();
  }

  private static Regex finish(List<Step> steps) {
    List<Step> whole = new ArrayList<>(steps);
    whole.add(new Step(Op.MATCH, null, 0, 0, null));
    return new Regex(whole);
  }

  private ModelError unsupported(String what) {
    return owner.error(
        "pattern", "has " + what + ", which is not supported, in the regex " + expression);
  }

  private boolean ended() {
    return at >= expression.length() || peek() == '|' || peek() == ')';
  }

  private int peek() {
    return expression.codePointAt(at);
  }

  private int take() {
    if (at >= expression.length()) {
      throw unsupported("an early end");
    }
    int c = peek();
    at += Character.charCount(c);
    return c;
  }

  private boolean take(String expected) {
    boolean there = expression.startsWith(expected, at);
    at += there ? expected.length() : 0;
    return there;
  }

  /** Steps that try one alternative after the other; targets count from the first of them. */
  private List<Step> alternatives(boolean anyCase) {
    List<List<Step>> all = new ArrayList<>();
    all.add(sequence(anyCase));
    while (take("|")) {
      all.add(sequence(anyCase));
    }
    List<Step> steps = all.get(all.size() - 1);
    for (int i = all.size() - 2; i >= 0; i--) {
      List<Step> first = all.get(i);
      List<Step> both = new ArrayList<>();
      both.add(jump(Op.SPLIT, 1, first.size() + 2));
      both.addAll(moved(first, 1));
      both.add(jump(Op.JUMP, first.size() + 2 + steps.size(), 0));
      both.addAll(moved(steps, first.size() + 2));
      steps = both;
    }
    return steps;
  }

  private static Step jump(Op op, int x, int y) {
    return new Step(op, null, x, y, null);
  }

  private static List<Step> moved(List<Step> steps, int by) {
    return steps.stream()
        .map(
            step ->
                switch (step.op()) {
                  case SPLIT, JUMP -> jump(step.op(), step.x() + by, step.y() + by);
                  default -> step;
                })
        .toList();
  }

  private List<Step> sequence(boolean anyCase) {
    List<Step> steps = new ArrayList<>();
    int letter = -1;
    while (!ended()) {
      int start = at;
      List<Step> atom = atom(anyCase);
      int next = at == start + 1 && anyCase ? expression.charAt(start) : -1;
      boolean quantified = quantifies();
      if (letter >= 0 && next >= 0) {
        String pair = ("" + (char) letter + (char) next).toLowerCase(Locale.ROOT);
        if (FOLDED.contains(pair)) {
          throw unsupported(pair + " without regard to case");
        }
      }
      letter = quantified ? -1 : next;
      steps.addAll(moved(quantified ? quantified(atom) : atom, steps.size()));
    }
    return steps;
  }

  private boolean quantifies() {
    if (at >= expression.length()) {
      return false;
    }
    int c = peek();
    return c == '*' || c == '+' || c == '?' || c == '{';
  }

  private List<Step> quantified(List<Step> atom) {
    int least = 0;
    int most = NO_LIMIT;
    int c = take();
    boolean counted = c == '{';
    switch (c) {
      case '+' -> least = 1;
      case '?' -> most = 1;
      case '{' -> {
        int close = expression.indexOf('}', at);
        String[] bounds =
            close < 0 ? new String[0] : expression.substring(at, close).split(",", -1);
        if (bounds.length == 0
            || bounds.length > 2
            || !bounds[0].matches("[0-9]{1,4}|")
            || !bounds[bounds.length - 1].matches("[0-9]{1,4}|")
            || bounds[0].isEmpty()) {
          throw unsupported("a brace that is no number of repetitions");
        }
        least = Integer.parseInt(bounds[0]);
        String last = bounds[bounds.length - 1];
        most = last.isEmpty() ? NO_LIMIT : Integer.parseInt(last);
        at = close + 1;
        if (most < least) {
          throw unsupported("a repetition with its bounds exchanged");
        }
      }
      default -> {}
    }
    Op op = Op.GREEDY;
    if (take("?")) {
      op = Op.LAZY;
    } else if (!counted && take("+")) {
      op = Op.POSSESSIVE;
    }
    if (quantifies()) {
      throw unsupported("a repetition of a repetition");
    }
    return repeated(atom, least, most, op);
  }

  private List<Step> repeated(List<Step> atom, int least, int most, Op op) {
    if (atom.size() == 1 && atom.get(0).op() == Op.SET) {
      return List.of(new Step(op, atom.get(0).chars(), least, most, null));
    }
    if (!consumes(atom, 0)) {
      throw unsupported("a repetition of what may be empty");
    }
    if (least > MOST_COPIES || most != NO_LIMIT && most > MOST_COPIES) {
      throw unsupported("more than " + MOST_COPIES + " repetitions of a group");
    }
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < least; i++) {
      steps.addAll(moved(atom, steps.size()));
    }
    if (most == NO_LIMIT) {
      int start = steps.size();
      int end = start + atom.size() + 2;
      steps.add(split(op, start + 1, end));
      steps.addAll(moved(atom, start + 1));
      steps.add(jump(Op.JUMP, start, 0));
    } else {
      int end = steps.size() + (most - least) * (atom.size() + 1);
      for (int i = least; i < most; i++) {
        steps.add(split(op, steps.size() + 1, end));
        steps.addAll(moved(atom, steps.size()));
      }
    }
    return op == Op.POSSESSIVE ? List.of(new Step(Op.ATOMIC, null, 0, 0, finish(steps))) : steps;
  }

  private static Step split(Op op, int again, int end) {
    return op == Op.LAZY ? jump(Op.SPLIT, end, again) : jump(Op.SPLIT, again, end);
  }

  /** Whether every way through some steps, from one of them on, reads a character. */
  private static boolean consumes(List<Step> steps, int from) {
    if (from >= steps.size()) {
      return false;
    }
    Step step = steps.get(from);
    return switch (step.op()) {
      case SET -> true;
      case GREEDY, POSSESSIVE, LAZY -> step.x() > 0 || consumes(steps, from + 1);
      case SPLIT -> consumes(steps, step.x()) && consumes(steps, step.y());
      case JUMP -> consumes(steps, step.x());
      default -> consumes(steps, from + 1);
    };
  }

  private List<Step> atom(boolean anyCase) {
    int c = take();
    return switch (c) {
      case '(' -> group(anyCase);
      case '[' -> one(cased(bracket(), anyCase));
      case '.' -> one(set("[^\\n]"));
      case '^' -> List.of(jump(Op.LINE_START, 0, 0));
      case '$' -> List.of(jump(Op.LINE_END, 0, 0));
      case '*', '+', '?', '{' -> throw unsupported("a repetition of nothing");
      case '\\' -> escaped(anyCase);
      default -> one(cased(new UnicodeSet(c, c), anyCase));
    };
  }

  private List<Step> escaped(boolean anyCase) {
    switch (peek()) {
      case 'A' -> {
        take();
        return List.of(jump(Op.START, 0, 0));
      }
      case 'z' -> {
        take();
        return List.of(jump(Op.END, 0, 0));
      }
      case 'b' -> {
        take();
        return List.of(new Step(Op.BOUNDARY, new Chars(WORD), 0, 0, null));
      }
      default -> {
        return one(cased(escape(), anyCase));
      }
    }
  }

  private static List<Step> one(UnicodeSet set) {
    return List.of(new Step(Op.SET, new Chars(set), 0, 0, null));
  }

  private static UnicodeSet cased(UnicodeSet set, boolean anyCase) {
    return anyCase ? set.cloneAsThawed().closeOver(UnicodeSet.CASE_INSENSITIVE) : set;
  }

  private List<Step> group(boolean anyCase) {
    if (!take("?")) {
      return closed(alternatives(anyCase));
    }
    if (take(":")) {
      return closed(alternatives(anyCase));
    }
    if (take("i:")) {
      return closed(alternatives(true));
    }
    if (take("=")) {
      return List.of(inner(Op.AHEAD, closed(alternatives(anyCase))));
    }
    if (take("!")) {
      return List.of(inner(Op.NOT_AHEAD, closed(alternatives(anyCase))));
    }
    if (take(">")) {
      return List.of(inner(Op.ATOMIC, closed(alternatives(anyCase))));
    }
    if (take("<=") || take("<!")) {
      boolean not = expression.charAt(at - 1) == '!';
      List<Step> behind = closed(alternatives(anyCase));
      if (behind.size() != 1 || behind.get(0).op() != Op.SET) {
        throw unsupported("looking behind at more than one character");
      }
      Op op = not ? Op.NOT_BEHIND : Op.BEHIND;
      return List.of(new Step(op, behind.get(0).chars(), 0, 0, null));
    }
    throw unsupported(
        "a group (?" + expression.substring(at, Math.min(at + 1, expression.length())));
  }

  private static Step inner(Op op, List<Step> steps) {
    return new Step(op, null, 0, 0, finish(steps));
  }

  private List<Step> closed(List<Step> steps) {
    if (!take(")")) {
      throw unsupported("an unclosed group");
    }
    return steps;
  }

  /** A class behind its opening bracket. */
  private UnicodeSet bracket() {
    boolean negated = take("^");
    UnicodeSet set = new UnicodeSet();
    boolean first = true;
    while (first || peekInBracket() != ']') {
      first = false;
      int c = take();
      if (c == '[' || c == '&' && at < expression.length() && peek() == '&' || c == ']') {
        throw unsupported("a class inside a class");
      }
      if (c == '\\' && isClass(peekInBracket())) {
        set.addAll(escape());
        continue;
      }
      int low = c == '\\' ? character() : c;
      int high = low;
      if (peekInBracket() == '-'
          && expression.charAt(Math.min(at + 1, expression.length() - 1)) != ']') {
        take();
        int end = take();
        if (end == '[' || end == '\\' && isClass(peekInBracket())) {
          throw unsupported("a range that ends in a class");
        }
        high = end == '\\' ? character() : end;
      }
      if (high < low) {
        throw unsupported("an empty range");
      }
      set.add(low, high);
    }
    take();
    return negated ? set.complement().removeAllStrings() : set;
  }

  private int peekInBracket() {
    if (at >= expression.length()) {
      throw unsupported("an unclosed class");
    }
    return peek();
  }

  private static boolean isClass(int c) {
    return "sSdDwWpP".indexOf(c) >= 0;
  }

  /** What stands behind a backslash. */
  private UnicodeSet escape() {
    int c = at < expression.length() ? peek() : '\\';
    if (!isClass(c)) {
      int literal = character();
      return new UnicodeSet(literal, literal);
    }
    take();
    return switch (c) {
      case 's' -> SPACE;
      case 'S' -> not(SPACE);
      case 'd' -> DIGIT;
      case 'D' -> not(DIGIT);
      case 'w' -> WORD;
      case 'W' -> not(WORD);
      default -> property(c == 'P');
    };
  }

  private static UnicodeSet not(UnicodeSet set) {
    return new UnicodeSet(set).complement();
  }

  private UnicodeSet property(boolean negated) {
    int close = expression.indexOf('}', at);
    if (!take("{") || close < 0) {
      throw unsupported("\\p without braces");
    }
    boolean not = take("^") != negated;
    String name = expression.substring(at, close);
    at = close + 1;
    UnicodeSet set = new UnicodeSet();
    if (name.matches("[LMNPSZ]|L[ultmo]|M[nce]|N[dlo]|P[cdseifo]|S[mcko]|Z[slp]|C[cfo]")) {
      set.applyPropertyAlias("gc", name);
    } else if (name.matches("[A-Z][a-z]{2,}")) {
      try {
        set.applyIntPropertyValue(
            UProperty.SCRIPT, UCharacter.getPropertyValueEnum(UProperty.SCRIPT, name));
      } catch (IllegalArgumentException e) {
        throw unsupported("\\p{" + name + "}");
      }
    } else {
      throw unsupported("\\p{" + name + "}");
    }
    return not ? set.complement() : set;
  }

  /** The character that an escape behind its backslash stands for. */
  private int character() {
    int c = take();
    return switch (c) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'f' -> '\f';
      case 'v' -> 0x0B;
      case 'x' -> take("{") ? hex(expression.indexOf('}', at) - at, 1) : hex(2, 0);
      case 'u' -> hex(4, 0);
      default -> {
        if (Character.isLetterOrDigit(c)) {
          throw unsupported("\\" + Character.toString(c));
        }
        yield c;
      }
    };
  }

  private int hex(int digits, int behind) {
    try {
      int value = Integer.parseInt(expression.substring(at, at + digits), 16);
      at += digits + behind;
      return value;
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw unsupported("a broken number");
    }
  }
}
