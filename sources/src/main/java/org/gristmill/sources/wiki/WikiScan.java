package org.gristmill.sources.wiki;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The pass of {@link Wikitext} that resolves brackets and tags.
 *
 * <p>What a bracket opens is written to the output; its end then cuts the output back to where it
 * began (a template) or to a label (a link), so nothing is read twice. A bracket that is never
 * closed leaves its content. Links nest at most {@link #MAX_LINKS} deep, which bounds the copying.
 */
final class WikiScan {
  private static final int MAX_LINKS = 8;

  private static final int LINK = 0;
  private static final int TEMPLATE = 1;
  private static final int TABLE = 2;
  private static final int VARIANT = 3;

  /** An open bracket: where the output stood, and where its first bar is in the output. */
  private static final class Open {
    private final int kind;
    private final int start;
    private int bar = -1;

    Open(int kind, int start) {
      this.kind = kind;
      this.start = start;
    }
  }

  private final String in;
  private final Set<String> namespaces;
  private final StringBuilder out;
  private final Deque<Open> open = new ArrayDeque<>();
  private final int[] count = new int[4];
  private final Set<String> endless = new HashSet<>();
  private int at;
  private int external;

  WikiScan(String in, Set<String> namespaces) {
    this.in = in;
    this.namespaces = namespaces;
    this.out = new StringBuilder(in.length());
  }

  /** The text without brackets and tags, lines still as the wikitext had them. */
  String run() {
    while (at < in.length()) {
      char c = in.charAt(at);
      switch (c) {
        case '{' -> brace();
        case '}' -> closeOr("}}", TEMPLATE, c);
        case '[' -> bracket();
        case ']' -> closeBracket();
        case '|' -> bar();
        case '<' -> tag();
        case '\'' -> quotes();
        case '_' -> magicWord();
        case '-' -> openVariant();
        default -> {
          external = c == '\n' ? 0 : external;
          put(c);
        }
      }
    }
    return out.toString();
  }

  private void put(char c) {
    out.append(c);
    at++;
  }

  private boolean sees(String s) {
    return in.startsWith(s, at);
  }

  private void push(int kind, int length) {
    open.push(new Open(kind, out.length()));
    count[kind]++;
    at += length;
  }

  /** Closes brackets until one of this kind is closed; there must be one. */
  private Open pop(int kind) {
    Open top = open.pop();
    count[top.kind]--;
    while (top.kind != kind) {
      top = open.pop();
      count[top.kind]--;
    }
    return top;
  }

  private void brace() {
    if (sees("{{")) {
      push(TEMPLATE, 2);
    } else if (sees("{|") && startsLine()) {
      push(TABLE, 2);
    } else {
      put('{');
    }
  }

  private boolean startsLine() {
    int i = at - 1;
    while (i >= 0 && at - i < 16 && (in.charAt(i) == ' ' || in.charAt(i) == ':')) {
      i--;
    }
    return i < 0 || in.charAt(i) == '\n';
  }

  private void closeOr(String close, int kind, char literal) {
    if (count[VARIANT] > 0 && sees("}-") && open.peek().kind == VARIANT) {
      at += 2;
      Open variant = pop(VARIANT);
      WikiLinks.variant(out, variant.start, variant.bar);
    } else if (!sees(close)) {
      put(literal);
    } else {
      at += close.length();
      if (count[kind] > 0) {
        out.setLength(pop(kind).start);
      }
    }
  }

  private void bar() {
    if (sees("|}") && !sees("|}}") && count[TABLE] > 0 && startsLine()) {
      at += 2;
      out.setLength(pop(TABLE).start);
      return;
    }
    Open top = open.peek();
    if (top != null && top.bar < 0) {
      top.bar = out.length();
    }
    put('|');
  }

  private void bracket() {
    if (sees("[[")) {
      if (count[LINK] < MAX_LINKS) {
        push(LINK, 2);
      } else {
        at += 2;
      }
      return;
    }
    int address = at + 1;
    if (!in.startsWith("http://", address)
        && !in.startsWith("https://", address)
        && !in.startsWith("//", address)
        && !in.startsWith("ftp://", address)
        && !in.startsWith("mailto:", address)) {
      put('[');
      return;
    }
    while (address < in.length() && " ]\n\t".indexOf(in.charAt(address)) < 0) {
      address++;
    }
    external++;
    at = address < in.length() && in.charAt(address) == ' ' ? address + 1 : address;
  }

  private void closeBracket() {
    if (external > 0) {
      external--;
      at++;
    } else if (!sees("]]")) {
      put(']');
    } else {
      at += 2;
      if (count[LINK] > 0) {
        Open link = pop(LINK);
        WikiLinks.link(out, link.start, link.bar, namespaces);
      }
    }
  }

  private void openVariant() {
    if (sees("-{") && !sees("-{{") && count[VARIANT] < MAX_LINKS) {
      push(VARIANT, 2);
    } else {
      put('-');
    }
  }

  private void quotes() {
    int run = at;
    while (run < in.length() && in.charAt(run) == '\'') {
      run++;
    }
    int length = run - at;
    int kept = length == 1 || length == 4 ? 1 : Math.max(0, length - 5);
    out.append("'".repeat(kept));
    at = run;
  }

  private void magicWord() {
    int i = at + 2;
    if (sees("__")) {
      while (i < in.length() && i < at + 32 && Character.isLetter(in.charAt(i))) {
        i++;
      }
      if (i > at + 2 && in.startsWith("__", i)) {
        at = i + 2;
        return;
      }
    }
    put('_');
  }

  private void tag() {
    if (sees("<!--")) {
      int end = in.indexOf("-->", at + 4);
      at = end < 0 ? in.length() : end + 3;
      return;
    }
    int i = at + 1;
    boolean closing = i < in.length() && in.charAt(i) == '/';
    i += closing ? 1 : 0;
    int start = i;
    while (i < in.length() && i - start < 16 && WikiTags.isAsciiLetter(in.charAt(i))) {
      i++;
    }
    String name = in.substring(start, i).toLowerCase(Locale.ROOT);
    int end = name.isEmpty() ? -1 : endOfTag(i);
    if (end < 0) {
      put('<');
      return;
    }
    boolean single = in.charAt(end) == '/' || in.charAt(end - 1) == '/';
    at = end + 1;
    if (!closing
        && !single
        && (WikiTags.DROPPED.contains(name) || WikiTags.VERBATIM.contains(name))) {
      element(name);
    } else if (WikiTags.BREAKS.contains(name)) {
      out.append('\n');
    }
  }

  /** Index of the {@code >} of a tag, at most 1000 characters on; -1 if it is no tag. */
  private int endOfTag(int from) {
    int last = Math.min(in.length(), from + 1000);
    for (int i = from; i < last; i++) {
      char c = in.charAt(i);
      if (c == '>') {
        return i;
      }
      if (c == '<') {
        return -1;
      }
    }
    return -1;
  }

  /** Passes over an element up to its end tag, if there is one, or keeps what it holds. */
  private void element(String name) {
    int end = endless.contains(name) ? -1 : endTag(name);
    if (end < 0) {
      endless.add(name);
      return;
    }
    if (WikiTags.VERBATIM.contains(name)) {
      String content = in.substring(at, end).strip();
      boolean formula = name.equals("math") || name.equals("chem") || name.equals("ce");
      out.append(formula && !content.isEmpty() ? "$" + content + "$" : content);
    }
    int close = in.indexOf('>', end);
    at = close < 0 ? in.length() : close + 1;
  }

  private int endTag(String name) {
    String tag = "</" + name;
    int i = in.indexOf("</", at);
    while (i >= 0 && !in.regionMatches(true, i, tag, 0, tag.length())) {
      i = in.indexOf("</", i + 2);
    }
    return i;
  }
}
