package org.gristmill.sources.book;

import java.util.Locale;
import java.util.Set;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Collects the text of a book from the XHTML that its parser reports: blocks parted by blank lines,
 * table cells by tabs, line breaks inside a paragraph joined as its script wants.
 */
final class BookText extends DefaultHandler {
  private static final Set<String> BLOCKS =
      Set.of(
          "p",
          "div",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "ul",
          "ol",
          "dl",
          "table",
          "blockquote",
          "pre",
          "section",
          "article",
          "aside",
          "header",
          "footer",
          "figure",
          "body",
          "hr");

  private static final Set<String> LINES = Set.of("br", "li", "tr", "dt", "dd");

  private static final Set<String> HIDDEN =
      Set.of("head", "script", "style", "nav", "template", "object", "select", "rt", "rp");

  private final long maxChars;
  private final StringBuilder text = new StringBuilder();
  private int hidden;
  private int preformatted;

  /** White space before the next word: none, a space, a line end in the source. */
  private int space;

  private static final int SPACE = 1;
  private static final int NEWLINE = 2;

  /** Line ends due before the next word. */
  private int lines;

  private long seen;
  private final Work work;

  BookText(long maxChars, Work work) {
    this.maxChars = maxChars;
    this.work = work;
  }

  /** More text than is allowed. */
  static final class TooLong extends SAXException {
    private static final long serialVersionUID = 1L;

    TooLong(long maxChars) {
      super("more than " + maxChars + " characters");
    }
  }

  Work work() {
    return work;
  }

  /** What was collected. */
  String text() {
    return text.toString();
  }

  @Override
  public void startElement(String uri, String local, String qualified, Attributes attributes)
      throws SAXException {
    check(0);
    String name = name(local, qualified);
    if (HIDDEN.contains(name)) {
      hidden++;
    }
    if (name.equals("pre")) {
      preformatted++;
    }
    part(name);
  }

  @Override
  public void endElement(String uri, String local, String qualified) throws SAXException {
    check(0);
    String name = name(local, qualified);
    if (HIDDEN.contains(name)) {
      hidden--;
    }
    if (name.equals("pre")) {
      preformatted--;
    }
    if (name.equals("td") || name.equals("th")) {
      text.append(lines == 0 && !text.isEmpty() ? "\t" : "");
      space = 0;
    }
    part(name);
  }

  private static String name(String local, String qualified) {
    return (local.isEmpty() ? qualified : local).toLowerCase(Locale.ROOT);
  }

  private void part(String name) {
    if (BLOCKS.contains(name)) {
      lines = 2;
    } else if (LINES.contains(name)) {
      lines = Math.max(lines, 1);
    }
  }

  @Override
  public void characters(char[] ch, int start, int length) throws SAXException {
    check(length);
    if (hidden > 0) {
      return;
    }
    for (int i = start; i < start + length; i++) {
      char c = ch[i];
      if (c == '\n' && preformatted > 0) {
        lines = Math.min(2, lines + 1);
      } else if (c == '\n') {
        space = NEWLINE;
      } else if (c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\u00A0') {
        space = Math.max(space, SPACE);
      } else if (c != 0) {
        put(c);
      }
    }
  }

  @Override
  public void ignorableWhitespace(char[] ch, int start, int length) throws SAXException {
    characters(ch, start, length);
  }

  private void put(char c) {
    int end = text.length();
    if (end > 0 && lines > 0) {
      while (end > 0 && text.charAt(end - 1) == '\t') {
        text.setLength(--end);
      }
      text.append(lines == 1 ? "\n" : "\n\n");
    } else if (end > 0 && space > 0 && !Character.isWhitespace(text.charAt(end - 1))) {
      if (space == SPACE || !(isUnspaced(text.charAt(end - 1)) && isUnspaced(c))) {
        text.append(' ');
      }
    }
    space = 0;
    lines = 0;
    text.append(c);
  }

  /** Whether a character belongs to Chinese or Japanese writing, which has no spaces. */
  static boolean isUnspaced(char c) {
    return c >= '\u2E80' && c <= '\u9FFF'
        || c >= '\uF900' && c <= '\uFAFF'
        || c >= '\uFF00' && c <= '\uFFEF';
  }

  private void step() throws SAXException {
    try {
      work.add(1);
    } catch (Work.TooMuch e) {
      throw new SAXException(e);
    }
  }

  private void check(int length) throws SAXException {
    step();
    seen += length;
    if (seen > maxChars) {
      throw new TooLong(maxChars);
    }
  }
}
