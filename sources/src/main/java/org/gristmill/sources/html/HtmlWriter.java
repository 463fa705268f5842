package org.gristmill.sources.html;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/** Writes the kept blocks of a page. Nothing here recurses but the cells of a table, once. */
final class HtmlWriter {
  private final HtmlTree tree;
  private final HtmlBlocks blocks;
  private final HtmlTable tables;
  private final BitSet kept;
  private final HtmlMarks marks;
  private final HtmlForm form;
  private final StringBuilder out = new StringBuilder();
  private int breaks;
  private boolean space;
  private boolean oneLine;

  /**
   * @param kept the numbers of the blocks to write
   */
  HtmlWriter(HtmlMeasures measures, BitSet kept, HtmlForm form) {
    this(measures.tree, measures.blocks, new HtmlTable(measures), kept, form);
  }

  private HtmlWriter(
      HtmlTree tree, HtmlBlocks blocks, HtmlTable tables, BitSet kept, HtmlForm form) {
    this.tree = tree;
    this.blocks = blocks;
    this.tables = tables;
    this.kept = kept;
    this.form = form;
    marks = new HtmlMarks(tree, form);
  }

  String write() {
    write(0);
    return out.toString();
  }

  private void write(int root) {
    Deque<Integer> open = new ArrayDeque<>();
    for (int i = root; i < tree.end(root); i++) {
      while (!open.isEmpty() && tree.end(open.peek()) <= i) {
        close(open.pop());
      }
      if (tree.isText(i)) {
        int block = blocks.of[i];
        if (block < 0) {
          space = true;
        } else if (kept.get(block)) {
          flowing(i);
        } else {
          breakLine(1);
        }
        continue;
      }
      boundary(i);
      if (unit(i)) {
        boundary(i);
        i = tree.end(i) - 1;
      } else {
        open.push(i);
        marks.open(i);
      }
    }
    while (!open.isEmpty()) {
      close(open.pop());
    }
  }

  private void close(int i) {
    marks.close(i, out);
    if (tree.tag(i) != HtmlTag.BR) {
      boundary(i);
    }
  }

  /** Writes what is written as a whole. */
  private boolean unit(int i) {
    switch (tree.tag(i)) {
      case PRE, LISTING, XMP, PLAINTEXT -> {
        if (!oneLine) {
          verbatim(i);
        }
        return !oneLine;
      }
      case TABLE -> {
        boolean data = !oneLine && tables.isData(i);
        if (data) {
          table(i);
        }
        return data;
      }
      case MATH -> {
        String tex = marks.formula(i);
        if (!tex.isEmpty() && keptIn(i)) {
          separate(i);
          marks.begin(out);
          out.append(tex);
        }
        return !tex.isEmpty();
      }
      case ANNOTATION -> {
        return true;
      }
      default -> {
        return false;
      }
    }
  }

  private boolean keptIn(int i) {
    for (int j = i; j < tree.end(i); j++) {
      if (blocks.of[j] >= 0 && kept.get(blocks.of[j])) {
        return true;
      }
    }
    return false;
  }

  /** The break before or after an element. */
  private void boundary(int i) {
    HtmlTag tag = tree.tag(i);
    if (tag == HtmlTag.BR) {
      breaks += breaks < 2 ? 1 : 0;
    } else if (tag.isLine()) {
      breakLine(1);
    } else if (tag.isBlock()) {
      HtmlTag up = i == 0 ? HtmlTag.OTHER : tree.tag(tree.parent(i));
      boolean inLine = up == HtmlTag.LI || up == HtmlTag.DD || up == HtmlTag.DT;
      breakLine(inLine && (tag != HtmlTag.PRE || form == HtmlForm.PLAIN) ? 1 : 2);
    }
  }

  private void breakLine(int lines) {
    breaks = Math.max(breaks, lines);
  }

  private void flowing(int i) {
    String text = tree.text(i);
    for (int k = 0; k < text.length(); k++) {
      char c = text.charAt(k);
      if (c <= ' ' || c == '\u00a0' || c == '\u007f') {
        space = true;
      } else if (c != '\u00ad' && c != '\ufeff') {
        separate(i);
        marks.begin(out);
        out.append(c);
      }
    }
  }

  private void verbatim(int pre) {
    StringBuilder code = new StringBuilder();
    boolean line = false;
    for (int i = pre + 1; i < tree.end(pre); i++) {
      HtmlTag tag = tree.tag(i);
      line |= tag.isBlock() && code.length() > 0 && code.charAt(code.length() - 1) != '\n';
      if (tag == HtmlTag.BR) {
        code.append('\n');
      } else if (tag == HtmlTag.TEXT && blocks.of[i] >= 0 && kept.get(blocks.of[i])) {
        code.append(line ? "\n" : "")
            .append(tree.text(i).replace("\r\n", "\n").replace('\r', '\n'));
        line = false;
      }
    }
    String plain = marks.code(pre, code);
    if (!plain.isEmpty()) {
      separate(pre);
      out.append(marks.continued(pre, plain));
    }
  }

  private void table(int table) {
    List<Integer> rows = tables.rows(table);
    for (int i = table + 1; i < tree.end(table); i++) {
      if (tree.tag(i) == HtmlTag.CAPTION) {
        line(table, cell(i));
      }
    }
    boolean first = true;
    for (int row : rows) {
      StringBuilder line = new StringBuilder();
      boolean any = false;
      int columns = 0;
      for (int cell : tables.cells(row)) {
        String text = cell(cell);
        any |= !text.isEmpty();
        for (int span = tables.span(cell); span > 0; span--) {
          line.append(columns++ == 0 ? "" : form == HtmlForm.MARKDOWN ? " | " : "\t").append(text);
          text = "";
        }
      }
      if (any && form == HtmlForm.PLAIN) {
        line(table, line.toString().stripTrailing());
      } else if (any) {
        breaks = first ? 2 : breaks;
        line(table, "| " + line + " |");
        if (first) {
          breakLine(1);
          line(table, "|" + " --- |".repeat(columns));
        }
      }
      first &= !any;
    }
  }

  private void line(int table, String text) {
    if (!text.isEmpty()) {
      separate(table);
      out.append(text);
      breakLine(1);
    }
  }

  private String cell(int cell) {
    HtmlWriter writer = new HtmlWriter(tree, blocks, tables, kept, form);
    writer.oneLine = true;
    writer.write(cell);
    String text = writer.out.toString();
    return form == HtmlForm.MARKDOWN ? text.replace("|", "\\|") : text;
  }

  /** Writes the separator that is due before the next character, which is of element or text i. */
  private void separate(int i) {
    if (breaks == 0 && !space) {
      if (out.length() == 0 && !oneLine) {
        out.append(marks.prefix(i));
      }
      return;
    }
    int end = out.length();
    if (end == 0) {
      out.append(oneLine ? "" : marks.prefix(i));
    } else if (breaks > 0 && !oneLine) {
      marks.interrupt(out);
      out.append(breaks > 1 ? "\n\n" : "\n").append(marks.prefix(i));
    } else if (out.charAt(end - 1) > ' ') {
      out.append(' ');
    }
    breaks = 0;
    space = false;
  }
}
