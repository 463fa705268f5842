package org.gristmill.sources.html;

/**
 * Takes two things out of a page's source that the parser would trip over. {@code <![CDATA[} is a
 * comment up to the next {@code >} in HTML, but the parser passes over everything up to {@code
 * ]]>}. And a {@code noscript} is text to a browser that runs scripts, so that nobody notices when
 * an {@code iframe} in it has no end and would take in the rest of the page.
 */
final class HtmlSource {
  private static final String CDATA = "<![CDATA[";
  private static final String OPEN = "<noscript";
  private static final String CLOSE = "</noscript";

  private HtmlSource() {}

  static String repaired(String html) {
    String plain = html.contains(CDATA) ? html.replace(CDATA, "<?[CDATA[") : html;
    StringBuilder out = new StringBuilder();
    int copied = 0;
    for (int at = find(plain, OPEN, 0); at >= 0; at = find(plain, OPEN, at)) {
      int close = find(plain, CLOSE, at);
      if (close < 0) {
        break;
      }
      if (find(plain, "<iframe", at, close) >= 0) {
        out.append(plain, copied, at + OPEN.length()).append('>');
        copied = close;
      }
      at = close;
    }
    return copied == 0 ? plain : out.append(plain, copied, plain.length()).toString();
  }

  private static int find(String text, String tag, int from) {
    return find(text, tag, from, text.length());
  }

  private static int find(String text, String tag, int from, int to) {
    for (int i = text.indexOf('<', from); i >= 0 && i < to; i = text.indexOf('<', i + 1)) {
      if (text.regionMatches(true, i, tag, 0, tag.length())) {
        return i;
      }
    }
    return -1;
  }
}
