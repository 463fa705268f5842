package org.gristmill.sources.html.parser;

/** Finds the ends of {@code noscript}s that are left out, looking at each character only once. */
final class Noscripts {
  private static final String CLOSE = "</noscript";
  private static final String FRAME = "<iframe";

  private final char[] c;
  private final int n;
  private final HtmlParser.Noscript noscript;
  private int close = -1;
  private int frame = -1;

  Noscripts(char[] chars, int length, HtmlParser.Noscript noscript) {
    c = chars;
    n = length;
    this.noscript = noscript;
  }

  /** Where to go on behind the start tag of one in the head. */
  int behindInHead(int position) {
    return isParsed(position) ? position : close;
  }

  /** Where to go on behind the start tag of one in the body. */
  int behindInBody(int position) {
    if (isParsed(position)) {
      return position;
    }
    frame = frame < position ? find(FRAME, position) : frame;
    return frame < close ? close : position;
  }

  /** Whether it is parsed in any case: because it shall be, or because it has no end. */
  private boolean isParsed(int position) {
    if (noscript == HtmlParser.Noscript.PARSE) {
      return true;
    }
    close = close < position ? find(CLOSE, position) : close;
    return close == n;
  }

  private int find(String word, int from) {
    for (int i = from; i + word.length() <= n; i++) {
      if (c[i] == '<' && is(word, i)) {
        return i;
      }
    }
    return n;
  }

  private boolean is(String word, int at) {
    for (int i = 1; i < word.length(); i++) {
      char ch = c[at + i];
      if (word.charAt(i) != (ch >= 'A' && ch <= 'Z' ? ch + 32 : ch)) {
        return false;
      }
    }
    return true;
  }
}
