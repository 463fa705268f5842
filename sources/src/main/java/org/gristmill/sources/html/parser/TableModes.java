package org.gristmill.sources.html.parser;

import java.util.Arrays;
import org.gristmill.sources.html.parser.TreeBuilder.Mode;

/** The insertion modes of tables. */
final class TableModes {
  private static final int TYPE = Names.known("type");

  private final TreeBuilder b;
  private final OpenElements stack;

  /** Starts and ends of text whose place is not yet known. */
  private int[] pending = new int[16];

  private int pendingCount;

  TableModes(TreeBuilder builder) {
    b = builder;
    stack = b.stack;
  }

  void process() {
    switch (b.mode) {
      case IN_TABLE -> inTable();
      case IN_TABLE_TEXT -> inTableText();
      case IN_CAPTION -> inCaption();
      case IN_COLUMN_GROUP -> inColumnGroup();
      case IN_TABLE_BODY -> inTableBody();
      case IN_ROW -> inRow();
      default -> inCell();
    }
  }

  private void inTable() {
    switch (b.kind) {
      case TEXT -> {
        if (TreeBuilder.isTablePart(stack.tag()) || stack.tag() == Tag.TEMPLATE) {
          b.originalMode = b.mode;
          pendingCount = 0;
          b.again(Mode.IN_TABLE_TEXT);
        } else {
          foster();
        }
      }
      case COMMENT -> b.insertComment();
      case DOCTYPE -> {}
      case START -> start();
      case END -> end();
      default -> b.inBody();
    }
  }

  /** What does not belong into a table goes before it. */
  private void foster() {
    b.fosterParenting = true;
    b.inBody();
    b.fosterParenting = false;
  }

  private void start() {
    switch (b.tag) {
      case CAPTION -> {
        stack.clearTo(Tag.TABLE);
        b.formatting.mark();
        b.insert();
        b.mode = Mode.IN_CAPTION;
      }
      case COLGROUP -> {
        stack.clearTo(Tag.TABLE);
        b.insert();
        b.mode = Mode.IN_COLUMN_GROUP;
      }
      case COL -> {
        stack.clearTo(Tag.TABLE);
        b.insertImplied(Tag.COLGROUP);
        b.again(Mode.IN_COLUMN_GROUP);
      }
      case TBODY, TFOOT, THEAD -> {
        stack.clearTo(Tag.TABLE);
        b.insert();
        b.mode = Mode.IN_TABLE_BODY;
      }
      case TD, TH, TR -> {
        stack.clearTo(Tag.TABLE);
        b.insertImplied(Tag.TBODY);
        b.again(Mode.IN_TABLE_BODY);
      }
      case TABLE -> {
        if (stack.inTableScope(Tag.TABLE)) {
          stack.popUntil(Tag.TABLE);
          b.resetMode();
          b.again(b.mode);
        }
      }
      case STYLE, SCRIPT, TEMPLATE -> b.inHead();
      case INPUT -> {
        int attribute = typeOfToken();
        if (attribute != Nodes.NONE && isHidden(attribute)) {
          b.insertVoid();
        } else {
          foster();
        }
      }
      case FORM -> {
        if (b.form == Nodes.NONE && !stack.has(Tag.TEMPLATE)) {
          b.form = b.insert();
          stack.pop();
        }
      }
      default -> foster();
    }
  }

  private int typeOfToken() {
    for (int a = b.tokens.attributes; a < b.nodes.attributeCount(); a++) {
      if (b.nodes.attributeName(a) == TYPE) {
        return a;
      }
    }
    return Nodes.NONE;
  }

  private boolean isHidden(int attribute) {
    return b.nodes
        .string(b.nodes.valueFrom(attribute), b.nodes.valueTo(attribute))
        .equalsIgnoreCase("hidden");
  }

  private void end() {
    switch (b.tag) {
      case TABLE -> {
        if (stack.inTableScope(Tag.TABLE)) {
          stack.popUntil(Tag.TABLE);
          b.resetMode();
        }
      }
      case BODY, CAPTION, COL, COLGROUP, HTML, TBODY, TD, TFOOT, TH, THEAD, TR -> {}
      case TEMPLATE -> b.inHead();
      default -> foster();
    }
  }

  private void inTableText() {
    if (b.kind == Tokenizer.Kind.TEXT) {
      b.dropNul();
      if (pendingCount == pending.length) {
        pending = Arrays.copyOf(pending, 2 * pendingCount);
      }
      pending[pendingCount++] = b.tokens.from;
      pending[pendingCount++] = b.tokens.to;
      return;
    }
    boolean space = true;
    for (int i = 0; i < pendingCount; i += 2) {
      space &= b.isSpace(pending[i], pending[i + 1]);
    }
    for (int i = 0; i < pendingCount; i += 2) {
      if (space) {
        b.insertText(pending[i], pending[i + 1]);
      } else if (pending[i] < pending[i + 1]) {
        b.fosterParenting = true;
        b.formatting.reconstruct();
        b.insertText(pending[i], pending[i + 1]);
        b.fosterParenting = false;
        b.framesetOk = false;
      }
    }
    pendingCount = 0;
    b.again(b.originalMode);
  }

  /** Whether the token is the start of a part of a table. */
  private boolean startsPart() {
    if (b.kind != Tokenizer.Kind.START) {
      return false;
    }
    return switch (b.tag) {
      case CAPTION, COL, COLGROUP, TBODY, TD, TFOOT, TH, THEAD, TR -> true;
      default -> false;
    };
  }

  private void inCaption() {
    boolean ends = b.isEnd(Tag.CAPTION);
    if (ends || startsPart() || b.isEnd(Tag.TABLE)) {
      if (stack.inTableScope(Tag.CAPTION)) {
        stack.generateImplied(Tag.OTHER);
        stack.popUntil(Tag.CAPTION);
        b.formatting.clearToMarker();
        b.mode = Mode.IN_TABLE;
        if (!ends) {
          b.again(b.mode);
        }
      }
    } else if (b.kind != Tokenizer.Kind.END || !isOf(Set.IN_CAPTION)) {
      b.inBody();
    }
  }

  private enum Set {
    IN_CAPTION,
    IN_ROW
  }

  /** Whether an end tag means nothing in a caption or row. */
  private boolean isOf(Set set) {
    return switch (b.tag) {
      case BODY, COL, COLGROUP, HTML, TD, TH -> true;
      case TBODY, TFOOT, THEAD, TR -> set == Set.IN_CAPTION;
      case CAPTION -> set == Set.IN_ROW;
      default -> false;
    };
  }

  private void inColumnGroup() {
    switch (b.kind) {
      case COMMENT -> b.insertComment();
      case DOCTYPE -> {}
      case EOF -> b.inBody();
      case TEXT -> {
        int end = b.spaceEnd();
        b.insertText(b.tokens.from, end);
        b.tokens.from = end;
        if (end < b.tokens.to) {
          leaveColumnGroup();
        }
      }
      case START -> {
        switch (b.tag) {
          case HTML -> b.inBody();
          case COL -> b.insertVoid();
          case TEMPLATE -> b.inHead();
          default -> leaveColumnGroup();
        }
      }
      default -> {
        switch (b.tag) {
          case COLGROUP -> {
            if (stack.tag() == Tag.COLGROUP) {
              stack.pop();
              b.mode = Mode.IN_TABLE;
            }
          }
          case COL -> {}
          case TEMPLATE -> b.inHead();
          default -> leaveColumnGroup();
        }
      }
    }
  }

  private void leaveColumnGroup() {
    if (stack.tag() == Tag.COLGROUP) {
      stack.pop();
      b.again(Mode.IN_TABLE);
    }
  }

  private static boolean isBody(Tag tag) {
    return tag == Tag.TBODY || tag == Tag.TFOOT || tag == Tag.THEAD;
  }

  private void inTableBody() {
    boolean start = b.kind == Tokenizer.Kind.START;
    if (b.isStart(Tag.TR)) {
      clearToBody();
      b.insert();
      b.mode = Mode.IN_ROW;
    } else if (b.isStart(Tag.TH) || b.isStart(Tag.TD)) {
      clearToBody();
      b.insertImplied(Tag.TR);
      b.again(Mode.IN_ROW);
    } else if (b.kind == Tokenizer.Kind.END && isBody(b.tag)) {
      if (stack.inTableScope(b.tag)) {
        leaveBody();
      }
    } else if (start && startsPart() || b.isEnd(Tag.TABLE)) {
      if (stack.inTableScope(Tag.TBODY)
          || stack.inTableScope(Tag.THEAD)
          || stack.inTableScope(Tag.TFOOT)) {
        leaveBody();
        b.again(b.mode);
      }
    } else if (b.kind != Tokenizer.Kind.END || !isOf(Set.IN_ROW) && b.tag != Tag.TR) {
      inTable();
    }
  }

  private void clearToBody() {
    stack.clearTo(Tag.TBODY, Tag.TFOOT, Tag.THEAD);
  }

  private void leaveBody() {
    clearToBody();
    stack.popTo(stack.size() - 1);
    b.mode = Mode.IN_TABLE;
  }

  private void inRow() {
    boolean end = b.kind == Tokenizer.Kind.END;
    if (b.isStart(Tag.TH) || b.isStart(Tag.TD)) {
      stack.clearTo(Tag.TR);
      b.insert();
      b.mode = Mode.IN_CELL;
      b.formatting.mark();
    } else if (b.isEnd(Tag.TR)) {
      leaveRow();
    } else if (startsPart() || b.isEnd(Tag.TABLE)) {
      if (leaveRow()) {
        b.again(b.mode);
      }
    } else if (end && isBody(b.tag)) {
      if (stack.inTableScope(b.tag) && leaveRow()) {
        b.again(b.mode);
      }
    } else if (!end || !isOf(Set.IN_ROW)) {
      inTable();
    }
  }

  private boolean leaveRow() {
    if (!stack.inTableScope(Tag.TR)) {
      return false;
    }
    stack.clearTo(Tag.TR);
    stack.popTo(stack.size() - 1);
    b.mode = Mode.IN_TABLE_BODY;
    return true;
  }

  private void inCell() {
    if (b.isEnd(Tag.TD) || b.isEnd(Tag.TH)) {
      if (stack.inTableScope(b.tag)) {
        closeCell(b.tag);
      }
    } else if (startsPart()) {
      if (stack.inTableScope(Tag.TD) || stack.inTableScope(Tag.TH)) {
        closeCell();
        b.again(b.mode);
      }
    } else if (b.kind == Tokenizer.Kind.END) {
      endInCell();
    } else {
      b.inBody();
    }
  }

  private void endInCell() {
    switch (b.tag) {
      case BODY, CAPTION, COL, COLGROUP, HTML -> {}
      case TABLE, TBODY, TFOOT, THEAD, TR -> {
        if (stack.inTableScope(b.tag)) {
          closeCell();
          b.again(b.mode);
        }
      }
      default -> b.inBody();
    }
  }

  /** Closes the cell that is open, whichever kind it is. */
  private void closeCell() {
    closeCell(stack.lastOf(Tag.TD) > stack.lastOf(Tag.TH) ? Tag.TD : Tag.TH);
  }

  private void closeCell(Tag cell) {
    stack.generateImplied(Tag.OTHER);
    stack.popUntil(cell);
    b.formatting.clearToMarker();
    b.mode = Mode.IN_ROW;
  }
}
