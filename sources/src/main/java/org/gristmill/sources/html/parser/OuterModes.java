package org.gristmill.sources.html.parser;

import org.gristmill.sources.html.parser.TreeBuilder.Mode;

/** The insertion modes of templates and framesets, and those behind the body. */
final class OuterModes {
  private final TreeBuilder b;

  OuterModes(TreeBuilder builder) {
    b = builder;
  }

  void process() {
    switch (b.mode) {
      case IN_TEMPLATE -> inTemplate();
      case AFTER_BODY -> afterBody();
      case AFTER_AFTER_BODY -> afterAfterBody();
      case IN_FRAMESET -> inFrameset();
      case AFTER_FRAMESET -> afterFrameset();
      default -> afterAfterFrameset();
    }
  }

  void inTemplate() {
    switch (b.kind) {
      case START -> {
        switch (b.tag) {
          case BASE, BASEFONT, BGSOUND, LINK, META, NOFRAMES, SCRIPT, STYLE, TEMPLATE, TITLE ->
              b.inHead();
          case CAPTION, COLGROUP, TBODY, TFOOT, THEAD -> become(Mode.IN_TABLE);
          case COL -> become(Mode.IN_COLUMN_GROUP);
          case TR -> become(Mode.IN_TABLE_BODY);
          case TD, TH -> become(Mode.IN_ROW);
          default -> become(Mode.IN_BODY);
        }
      }
      case END -> {
        if (b.tag == Tag.TEMPLATE) {
          b.inHead();
        }
      }
      case EOF -> {
        if (b.stack.has(Tag.TEMPLATE)) {
          b.endTemplate();
          b.again(b.mode);
        }
      }
      default -> b.inBody();
    }
  }

  private void become(Mode mode) {
    b.templateModes.pop();
    b.templateModes.push(mode);
    b.again(mode);
  }

  private void afterBody() {
    boolean space = b.kind == Tokenizer.Kind.TEXT && b.isSpace(b.tokens.from, b.tokens.to);
    if (space || b.isStart(Tag.HTML)) {
      b.inBody();
    } else if (b.kind == Tokenizer.Kind.COMMENT) {
      b.insertComment(b.stack.at(0));
    } else if (b.isEnd(Tag.HTML)) {
      b.mode = Mode.AFTER_AFTER_BODY;
    } else if (b.kind == Tokenizer.Kind.EOF) {
      b.inBody();
    } else if (b.kind != Tokenizer.Kind.DOCTYPE) {
      b.again(Mode.IN_BODY);
    }
  }

  private void afterAfterBody() {
    boolean space = b.kind == Tokenizer.Kind.TEXT && b.isSpace(b.tokens.from, b.tokens.to);
    if (b.kind == Tokenizer.Kind.COMMENT) {
      b.insertComment(0);
    } else if (space || b.isStart(Tag.HTML)) {
      b.inBody();
    } else if (b.kind != Tokenizer.Kind.DOCTYPE && b.kind != Tokenizer.Kind.EOF) {
      b.again(Mode.IN_BODY);
    }
  }

  /** Of text, only white space belongs there. */
  private void insertSpace() {
    for (int i = b.tokens.from; i < b.tokens.to; i++) {
      if (Tokenizer.isSpace(b.nodes.chars[i])) {
        b.insertText(i, i + 1);
      }
    }
  }

  private void inFrameset() {
    switch (b.kind) {
      case TEXT -> insertSpace();
      case COMMENT -> b.insertComment();
      case START -> {
        switch (b.tag) {
          case HTML -> b.inBody();
          case FRAMESET -> b.insert();
          case FRAME -> b.insertVoid();
          case NOFRAMES -> b.inHead();
          default -> {}
        }
      }
      case END -> {
        if (b.tag == Tag.FRAMESET && b.stack.size() > 1) {
          b.stack.pop();
          b.mode = b.stack.tag() == Tag.FRAMESET ? b.mode : Mode.AFTER_FRAMESET;
        }
      }
      default -> {}
    }
  }

  private void afterFrameset() {
    if (b.kind == Tokenizer.Kind.TEXT) {
      insertSpace();
    } else if (b.kind == Tokenizer.Kind.COMMENT) {
      b.insertComment();
    } else if (b.isStart(Tag.HTML)) {
      b.inBody();
    } else if (b.isStart(Tag.NOFRAMES)) {
      b.inHead();
    } else if (b.isEnd(Tag.HTML)) {
      b.mode = Mode.AFTER_AFTER_FRAMESET;
    }
  }

  private void afterAfterFrameset() {
    if (b.kind == Tokenizer.Kind.COMMENT) {
      b.insertComment(0);
    } else if (b.kind == Tokenizer.Kind.TEXT) {
      insertSpace();
    } else if (b.isStart(Tag.HTML)) {
      b.inBody();
    } else if (b.isStart(Tag.NOFRAMES)) {
      b.inHead();
    }
  }
}
