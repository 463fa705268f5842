package org.gristmill.sources.html;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gristmill.sources.html.parser.Nodes;

/** The marks of Markdown around and before the text; none at all in plain text. */
final class HtmlMarks {
  private static final int ALTTEXT = Nodes.known("alttext");
  private static final int CLASS = Nodes.known("class");
  private static final int DISPLAY = Nodes.known("display");
  private static final int ENCODING = Nodes.known("encoding");
  private static final int START = Nodes.known("start");
  private static final Pattern LANGUAGE =
      Pattern.compile("(?:^|[ ])lang(?:uage)?-([\\w+#-]{1,20})");
  private static final int LONGEST_FORMULA = 10_000;

  private final HtmlTree tree;
  private final boolean markdown;
  private final Map<Integer, String> markers = new HashMap<>();
  private final Map<Integer, Integer> items = new HashMap<>();
  private final Deque<Mark> open = new ArrayDeque<>();

  private static final class Mark {
    final int element;
    final String sign;
    boolean written;

    Mark(int element, String sign) {
      this.element = element;
      this.sign = sign;
    }
  }

  HtmlMarks(HtmlTree tree, HtmlForm form) {
    this.tree = tree;
    markdown = form == HtmlForm.MARKDOWN;
  }

  /** An element begins. */
  void open(int i) {
    String sign = markdown ? sign(i) : "";
    if (!sign.isEmpty() && open.stream().noneMatch(m -> m.sign.equals(sign))) {
      open.push(new Mark(i, sign));
    }
  }

  private String sign(int i) {
    return switch (tree.tag(i)) {
      case B, STRONG -> inHeading(i) ? "" : "**";
      case I, EM -> "*";
      case CODE, KBD, SAMP, TT ->
          tree.end(i) == i + 2 && tree.isText(i + 1) && tree.text(i + 1).indexOf('`') < 0
              ? "`"
              : "";
      case DEL, S, STRIKE -> "~~";
      default -> "";
    };
  }

  private boolean inHeading(int i) {
    int at = i;
    while (at > 0 && !tree.tag(at).isBlock()) {
      at = tree.parent(at);
    }
    return tree.tag(at).headingLevel() > 0 || tree.tag(at) == HtmlTag.TH;
  }

  /** An element ends. */
  void close(int i, StringBuilder out) {
    if (!open.isEmpty() && open.peek().element == i) {
      Mark mark = open.pop();
      out.append(mark.written ? mark.sign : "");
    }
  }

  /** A character follows. */
  void begin(StringBuilder out) {
    if (!open.isEmpty() && !open.peek().written) {
      for (Iterator<Mark> marks = open.descendingIterator(); marks.hasNext(); ) {
        Mark mark = marks.next();
        out.append(mark.written ? "" : mark.sign);
        mark.written = true;
      }
    }
  }

  /** A line ends, and with it all that is open, to begin again in the next. */
  void interrupt(StringBuilder out) {
    for (Mark mark : open) {
      out.append(mark.written ? mark.sign : "");
      mark.written = false;
    }
  }

  /** What stands at the beginning of a line whose first character is of i. */
  String prefix(int i) {
    if (!markdown) {
      return "";
    }
    StringBuilder prefix = new StringBuilder();
    for (int e = i; e > 0; e = tree.parent(e)) {
      HtmlTag tag = tree.tag(e);
      int level = tag.headingLevel();
      if (level > 0) {
        prefix.insert(0, "#".repeat(level) + " ");
      } else if (tag == HtmlTag.BLOCKQUOTE) {
        prefix.insert(0, "> ");
      } else if (tag == HtmlTag.LI) {
        boolean begun = markers.containsKey(e);
        String marker = markers.computeIfAbsent(e, this::marker);
        prefix.insert(0, begun ? " ".repeat(marker.length()) : marker);
      }
    }
    return prefix.toString();
  }

  private String marker(int item) {
    int list = tree.parent(item);
    if (list < 0 || tree.tag(list) != HtmlTag.OL) {
      return "- ";
    }
    String start = tree.attribute(list, START);
    int number = start.matches("[0-9]{1,6}") ? Integer.parseInt(start) : 1;
    return number + items.merge(list, 1, Integer::sum) - 1 + ". ";
  }

  /** Code as it stands, in a fence if that is the form, empty if there is none. */
  String code(int pre, CharSequence text) {
    StringBuilder plain = new StringBuilder();
    for (int k = 0; k < text.length(); k++) {
      char c = text.charAt(k);
      if (c == '\n' || c == '\t' || c >= ' ' && c != '\u007f') {
        plain.append(c == '\u00a0' ? ' ' : c);
      }
    }
    int from = 0;
    for (int k = 0; k < plain.length() && plain.charAt(k) <= ' '; k++) {
      from = plain.charAt(k) == '\n' ? k + 1 : from;
    }
    String code = plain.substring(from).stripTrailing();
    if (!markdown || code.isEmpty()) {
      return code;
    }
    String names = tree.attribute(pre, CLASS);
    if (pre + 1 < tree.end(pre)) {
      for (int i = pre + 1; i < Math.min(pre + 3, tree.end(pre)); i++) {
        names += tree.isText(i) ? "" : " " + tree.attribute(i, CLASS);
      }
    }
    Matcher language = LANGUAGE.matcher(names);
    String fence = code.contains("```") ? "~~~~" : "```";
    return fence + (language.find() ? language.group(1) : "") + "\n" + code + "\n" + fence;
  }

  /** Several lines, each as deep as the first. */
  String continued(int i, String lines) {
    return markdown && lines.indexOf('\n') >= 0 ? lines.replace("\n", "\n" + prefix(i)) : lines;
  }

  /** A formula as TeX, if it brings one. */
  String formula(int math) {
    String tex = "";
    for (int i = math + 1; i < tree.end(math); i++) {
      if (tree.tag(i) == HtmlTag.ANNOTATION
          && tree.attribute(i, ENCODING).equals("application/x-tex")
          && i + 1 < tree.end(i)
          && tree.isText(i + 1)) {
        tex = tree.text(i + 1);
      }
    }
    tex = (tex.isEmpty() ? tree.attribute(math, ALTTEXT) : tex).strip();
    if (tex.isEmpty() || tex.length() > LONGEST_FORMULA) {
      return "";
    }
    String sign = tree.attribute(math, DISPLAY).equals("block") ? "$$" : "$";
    return markdown ? sign + tex + sign : tex;
  }
}
