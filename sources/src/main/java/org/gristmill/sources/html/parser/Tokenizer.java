package org.gristmill.sources.html.parser;

import java.util.Arrays;

/**
 * HTML5's tokenizer over characters in memory. It hands out one token after the other in its
 * fields, as ranges of the characters, which it changes in place where a token differs from its
 * source: names in lower case, character references decoded, NUL replaced. What the standard calls
 * parse errors is not reported.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/parsing.html#tokenization">HTML,
 *     tokenization</a>
 */
final class Tokenizer {
  /** What a token is. */
  enum Kind {
    START,
    END,
    TEXT,
    COMMENT,
    DOCTYPE,
    EOF
  }

  /** How the characters that follow are read. */
  enum State {
    DATA,
    RCDATA,
    RAWTEXT,
    SCRIPT,
    PLAINTEXT,
    CDATA
  }

  private static final char REPLACEMENT = '\ufffd';
  private static final int MISSING = -1;

  /** Range of a text, which may be empty, or a comment. */
  int from;

  int to;

  /** Number of the name of a tag. */
  int name;

  boolean selfClosing;

  /** The first attribute of a start tag; it goes to the last there is. */
  int attributes;

  /** Whether a text may hold NUL characters. */
  boolean hasNul;

  /** Whether a {@code <![CDATA[} begins such a section where it stands. */
  boolean cdataAllowed;

  /** The doctype; its parts start at -1 where missing. */
  final Doctype doctype = new Doctype();

  State state = State.DATA;

  private final char[] c;
  private final int n;
  private final Nodes nodes;
  private final Entities entities;
  private int pos;
  private int[] seenIn = new int[512];
  private int tag;
  private int rawName;

  Tokenizer(Nodes nodes, int length) {
    this.nodes = nodes;
    c = nodes.chars;
    n = length;
    entities = new Entities(c);
  }

  /** Reads the content of an element whose name is such raw text, up to its end tag. */
  void raw(State state, int name) {
    this.state = state;
    rawName = name;
  }

  /** Where it stands in the characters. */
  int position() {
    return pos;
  }

  void skipTo(int position) {
    pos = position;
  }

  Kind next() {
    hasNul = false;
    return switch (state) {
      case DATA -> data();
      case PLAINTEXT -> n > pos ? text(n, Plain.YES) : Kind.EOF;
      case CDATA -> cdata();
      default -> rawText();
    };
  }

  // Texts

  private enum Plain {
    YES,
    NO
  }

  private Kind data() {
    while (true) {
      int i = pos;
      boolean plain = true;
      while (i < n) {
        char ch = c[i];
        if (ch <= '<') {
          if (ch == '<') {
            if (opens(i)) {
              break;
            }
          } else if (ch == '&') {
            plain = false;
          } else if (ch == 0) {
            hasNul = true;
          }
        }
        i++;
      }
      if (i > pos) {
        return text(i, plain ? Plain.YES : Plain.NO);
      }
      if (i == n) {
        return Kind.EOF;
      }
      char ch = c[i + 1];
      if (ch == '!') {
        return declaration(i + 2);
      }
      if (ch == '?') {
        return bogus(i + 1);
      }
      if (ch != '/') {
        return tag(i + 1) ? Kind.START : Kind.EOF;
      }
      if (isLetter(c[i + 2])) {
        return tag(i + 2) ? Kind.END : Kind.EOF;
      }
      if (c[i + 2] != '>') {
        return bogus(i + 2);
      }
      pos = i + 3;
    }
  }

  /** Whether a {@code <} begins anything but text. */
  private boolean opens(int i) {
    if (i + 1 >= n) {
      return false;
    }
    char ch = c[i + 1];
    return ch == '!' || ch == '?' || (ch == '/' ? i + 2 < n : isLetter(ch));
  }

  private Kind text(int end, Plain plain) {
    from = pos;
    pos = end;
    to = plain == Plain.YES ? end : entities.decode(from, end, Entities.Within.TEXT);
    if (state != State.DATA && state != State.CDATA) {
      replaceNul(from, to);
    }
    return Kind.TEXT;
  }

  private void replaceNul(int start, int end) {
    for (int i = start; i < end; i++) {
      if (c[i] == 0) {
        c[i] = REPLACEMENT;
      }
    }
  }

  private Kind cdata() {
    int i = pos;
    while (i < n && !(c[i] == ']' && i + 2 < n && c[i + 1] == ']' && c[i + 2] == '>')) {
      hasNul |= c[i] == 0;
      i++;
    }
    if (i > pos) {
      return text(i, Plain.YES);
    }
    from = n;
    to = n;
    pos = Math.min(n, i + 3);
    state = State.DATA;
    return Kind.TEXT;
  }

  private Kind rawText() {
    int i = state == State.SCRIPT ? scriptEnd() : rawEnd(pos);
    if (i > pos) {
      return text(i, state == State.RCDATA ? Plain.NO : Plain.YES);
    }
    if (i == n) {
      return Kind.EOF;
    }
    state = State.DATA;
    return tag(i + 2) ? Kind.END : Kind.EOF;
  }

  /** Where the end tag of the raw text stands, from a place on. */
  private int rawEnd(int start) {
    int i = start;
    while (i < n && !(c[i] == '<' && isRawEnd(i))) {
      i++;
    }
    return i;
  }

  private boolean isRawEnd(int i) {
    return i + 1 < n && c[i + 1] == '/' && isName(i + 2, nodes.names.name(rawName));
  }

  /** Whether a name stands there as a whole, in any case. */
  private boolean isName(int start, String name) {
    int end = start + name.length();
    return end < n && is(start, name) && (isSpace(c[end]) || c[end] == '/' || c[end] == '>');
  }

  /** Whether a lower-case word stands there, in any case. */
  private boolean is(int start, String word) {
    if (start + word.length() > n) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (lower(c[start + i]) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static char lower(char ch) {
    return ch >= 'A' && ch <= 'Z' ? (char) (ch + 32) : ch;
  }

  private enum Script {
    PLAIN,
    ESCAPED,
    DOUBLE_ESCAPED
  }

  /** A comment in a script hides end tags in it that follow a start tag. */
  private int scriptEnd() {
    Script script = Script.PLAIN;
    int dashes = 0;
    int i = pos;
    while (i < n) {
      char ch = c[i];
      if (ch == '<') {
        if (script != Script.DOUBLE_ESCAPED && isRawEnd(i)) {
          return i;
        }
        if (script == Script.PLAIN && is(i + 1, "!--")) {
          script = Script.ESCAPED;
          dashes = i + 2;
          i += 3;
        } else if (script == Script.ESCAPED && isName(i + 1, "script")) {
          script = Script.DOUBLE_ESCAPED;
        } else if (script == Script.DOUBLE_ESCAPED
            && i + 1 < n
            && c[i + 1] == '/'
            && isName(i + 2, "script")) {
          script = Script.ESCAPED;
          i += 8;
        }
      } else if (ch == '>'
          && script != Script.PLAIN
          && i - 2 >= dashes
          && c[i - 1] == '-'
          && c[i - 2] == '-') {
        script = Script.PLAIN;
      }
      i++;
    }
    return n;
  }

  // Tags

  /** Reads a tag from its name on; false if the page ends in it. */
  private boolean tag(int start) {
    int i = start;
    int hash = 0;
    while (i < n && !isSpace(c[i]) && c[i] != '/' && c[i] != '>') {
      hash = Names.next(hash, nameCharacter(i++));
    }
    if (i >= n) {
      pos = n;
      return false;
    }
    name = nodes.names.id(start, i, hash);
    selfClosing = false;
    attributes = nodes.attributeCount();
    tag++;
    while (true) {
      while (i < n && isSpace(c[i])) {
        i++;
      }
      if (i >= n) {
        pos = n;
        return false;
      }
      if (c[i] == '>') {
        pos = i + 1;
        return true;
      }
      if (c[i] == '/') {
        i++;
        if (i < n && c[i] == '>') {
          selfClosing = true;
          pos = i + 1;
          return true;
        }
      } else {
        i = attribute(i);
      }
    }
  }

  private char nameCharacter(int i) {
    char ch = c[i];
    if (ch >= 'A' && ch <= 'Z') {
      c[i] = (char) (ch + 32);
    } else if (ch == 0) {
      c[i] = REPLACEMENT;
    }
    return c[i];
  }

  /** Reads an attribute, and returns where to go on. */
  private int attribute(int start) {
    int i = start;
    int hash = 0;
    do {
      hash = Names.next(hash, nameCharacter(i++));
    } while (i < n && c[i] != '=' && c[i] != '/' && c[i] != '>' && !isSpace(c[i]));
    int id = nodes.names.id(start, i, hash);
    if (id >= seenIn.length) {
      seenIn = Arrays.copyOf(seenIn, Math.max(2 * seenIn.length, id + 1));
    }
    boolean fresh = seenIn[id] != tag;
    seenIn[id] = tag;
    if (fresh) {
      nodes.attribute(id, i, i);
    }
    while (i < n && isSpace(c[i])) {
      i++;
    }
    if (i < n && c[i] == '=') {
      i = value(i + 1, fresh);
    }
    return i;
  }

  private int value(int start, boolean fresh) {
    int i = start;
    while (i < n && isSpace(c[i])) {
      i++;
    }
    if (i >= n || c[i] == '>') {
      return i;
    }
    char quote = c[i];
    boolean quoted = quote == '"' || quote == '\'';
    i += quoted ? 1 : 0;
    int at = i;
    boolean plain = true;
    while (i < n && (quoted ? c[i] != quote : c[i] != '>' && !isSpace(c[i]))) {
      char ch = c[i];
      if (ch == '&') {
        plain = false;
      } else if (ch == 0) {
        c[i] = REPLACEMENT;
      }
      i++;
    }
    if (fresh) {
      nodes.setValue(at, plain ? i : entities.decode(at, i, Entities.Within.ATTRIBUTE));
    }
    return quoted && i < n ? i + 1 : i;
  }

  // Comments and declarations

  private Kind declaration(int i) {
    if (is(i, "--")) {
      return comment(i + 2);
    }
    if (is(i, "doctype")) {
      pos = doctype.read(c, i + 7, n);
      return Kind.DOCTYPE;
    }
    if (cdataAllowed && i + 7 <= n && new String(c, i, 7).equals("[CDATA[")) {
      pos = i + 7;
      state = State.CDATA;
      return cdata();
    }
    return bogus(i);
  }

  private Kind bogus(int start) {
    int i = start;
    while (i < n && c[i] != '>') {
      i++;
    }
    return comment(start, i, Math.min(n, i + 1));
  }

  private Kind comment(int start, int end, int behind) {
    from = start;
    to = end;
    pos = behind;
    replaceNul(from, to);
    return Kind.COMMENT;
  }

  private Kind comment(int start) {
    if (start < n && c[start] == '>') {
      return comment(start, start, start + 1);
    }
    if (start + 1 < n && c[start] == '-' && c[start + 1] == '>') {
      return comment(start, start, start + 2);
    }
    for (int i = start; i + 2 < n; i++) {
      if (c[i] == '-' && c[i + 1] == '-') {
        if (c[i + 2] == '>') {
          return comment(start, i, i + 3);
        }
        if (c[i + 2] == '!' && i + 3 < n && c[i + 3] == '>') {
          return comment(start, i, i + 4);
        }
      }
    }
    int end = n;
    if (end - start >= 3 && c[end - 1] == '!' && c[end - 2] == '-' && c[end - 3] == '-') {
      end -= 3;
    } else {
      for (int k = 0; k < 2 && end > start && c[end - 1] == '-'; k++) {
        end--;
      }
    }
    return comment(start, end, n);
  }

  /** A document type as the page declares it; parts that are missing start at -1. */
  static final class Doctype {
    int name;
    int nameEnd;
    int publicId;
    int publicEnd;
    int systemId;
    int systemEnd;
    boolean forceQuirks;

    private char[] c;
    private int n;

    /** Reads it behind its keyword, and returns where to go on. */
    private int read(char[] chars, int start, int end) {
      c = chars;
      n = end;
      name = MISSING;
      publicId = MISSING;
      systemId = MISSING;
      forceQuirks = false;
      int i = space(start);
      if (i >= n || c[i] == '>') {
        return end(i, true);
      }
      name = i;
      while (i < n && c[i] != '>' && !isSpace(c[i])) {
        c[i] = c[i] == 0 ? REPLACEMENT : lower(c[i]);
        i++;
      }
      nameEnd = i;
      i = space(i);
      if (i >= n || c[i] == '>') {
        return end(i, i >= n);
      }
      boolean isPublic = keyword(i, "public");
      if (!isPublic && !keyword(i, "system")) {
        return skip(i);
      }
      i = space(i + 6);
      return isPublic ? publicId(i) : systemId(i);
    }

    private boolean keyword(int i, String word) {
      if (i + word.length() > n) {
        return false;
      }
      for (int k = 0; k < word.length(); k++) {
        if (lower(c[i + k]) != word.charAt(k)) {
          return false;
        }
      }
      return true;
    }

    private int publicId(int start) {
      if (start >= n || c[start] == '>') {
        return end(start, true);
      }
      if (c[start] != '"' && c[start] != '\'') {
        return skip(start);
      }
      publicId = start + 1;
      publicEnd = quoted(start);
      if (publicEnd >= n || c[publicEnd] == '>') {
        return end(publicEnd, true);
      }
      int i = space(publicEnd + 1);
      return i < n && c[i] == '>' ? end(i, false) : systemId(i);
    }

    private int systemId(int start) {
      if (start >= n || c[start] == '>') {
        return end(start, true);
      }
      if (c[start] != '"' && c[start] != '\'') {
        return skip(start);
      }
      systemId = start + 1;
      systemEnd = quoted(start);
      if (systemEnd >= n || c[systemEnd] == '>') {
        return end(systemEnd, true);
      }
      int i = space(systemEnd + 1);
      if (i >= n) {
        return end(i, true);
      }
      while (i < n && c[i] != '>') {
        i++;
      }
      return end(i, false);
    }

    private int quoted(int start) {
      char quote = c[start];
      int i = start + 1;
      while (i < n && c[i] != quote && c[i] != '>') {
        c[i] = c[i] == 0 ? REPLACEMENT : c[i];
        i++;
      }
      return i;
    }

    private int skip(int start) {
      int i = start;
      while (i < n && c[i] != '>') {
        i++;
      }
      return end(i, true);
    }

    private int end(int i, boolean quirks) {
      forceQuirks = quirks;
      return Math.min(n, i + 1);
    }

    private int space(int start) {
      int i = start;
      while (i < n && isSpace(c[i])) {
        i++;
      }
      return i;
    }
  }

  static boolean isLetter(char ch) {
    return (ch | 32) >= 'a' && (ch | 32) <= 'z';
  }

  /** White space of HTML; a carriage return has become a line feed before. */
  static boolean isSpace(char ch) {
    return ch == ' ' || ch == '\n' || ch == '\t' || ch == '\f';
  }
}
