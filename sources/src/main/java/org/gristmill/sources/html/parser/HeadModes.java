package org.gristmill.sources.html.parser;

import org.gristmill.sources.html.parser.TreeBuilder.Mode;

/** The insertion modes up to the body. */
final class HeadModes {
  private final TreeBuilder b;

  HeadModes(TreeBuilder builder) {
    b = builder;
  }

  void process() {
    switch (b.mode) {
      case INITIAL -> initial();
      case BEFORE_HTML -> beforeHtml();
      case BEFORE_HEAD -> beforeHead();
      case IN_HEAD -> inHead();
      case IN_HEAD_NOSCRIPT -> inHeadNoscript();
      default -> afterHead();
    }
  }

  /** Passes over white space; whether nothing else is left of the token. */
  private boolean skipsSpace() {
    if (b.kind == Tokenizer.Kind.TEXT) {
      b.tokens.from = b.spaceEnd();
      return b.tokens.from == b.tokens.to;
    }
    return false;
  }

  /** Inserts white space; whether nothing else is left of the token. */
  private boolean takesSpace() {
    if (b.kind == Tokenizer.Kind.TEXT) {
      int end = b.spaceEnd();
      b.insertText(b.tokens.from, end);
      b.tokens.from = end;
      return end == b.tokens.to;
    }
    return false;
  }

  private void initial() {
    if (b.kind == Tokenizer.Kind.COMMENT) {
      b.insertComment(0);
    } else if (b.kind == Tokenizer.Kind.DOCTYPE) {
      Quirks.doctype(b.nodes, b.tokens.doctype);
      b.mode = Mode.BEFORE_HTML;
    } else if (!skipsSpace()) {
      b.nodes.setQuirks();
      b.again(Mode.BEFORE_HTML);
    }
  }

  private void beforeHtml() {
    if (b.kind == Tokenizer.Kind.COMMENT) {
      b.insertComment(0);
    } else if (b.isStart(Tag.HTML)) {
      b.insert();
      b.mode = Mode.BEFORE_HEAD;
    } else if (b.kind != Tokenizer.Kind.DOCTYPE && !isOtherEnd() && !skipsSpace()) {
      b.insertImplied(Tag.HTML);
      b.again(Mode.BEFORE_HEAD);
    }
  }

  /** Whether it is an end tag that means nothing before the body. */
  private boolean isOtherEnd() {
    if (b.kind != Tokenizer.Kind.END) {
      return false;
    }
    return switch (b.tag) {
      case HEAD, BODY, HTML, BR -> false;
      default -> true;
    };
  }

  private void beforeHead() {
    if (b.kind == Tokenizer.Kind.COMMENT) {
      b.insertComment();
    } else if (b.isStart(Tag.HTML)) {
      b.inBody();
    } else if (b.isStart(Tag.HEAD)) {
      b.head = b.insert();
      b.mode = Mode.IN_HEAD;
    } else if (b.kind != Tokenizer.Kind.DOCTYPE && !isOtherEnd() && !skipsSpace()) {
      b.head = b.insertImplied(Tag.HEAD);
      b.again(Mode.IN_HEAD);
    }
  }

  /** The rules of the head, which other modes use for some tags too. */
  void inHead() {
    switch (b.kind) {
      case COMMENT -> b.insertComment();
      case DOCTYPE -> {}
      case START -> start();
      case END -> end();
      default -> {
        if (!takesSpace()) {
          leave();
        }
      }
    }
  }

  private void leave() {
    b.stack.pop();
    b.again(Mode.AFTER_HEAD);
  }

  private void start() {
    switch (b.tag) {
      case HTML -> b.inBody();
      case BASE, BASEFONT, BGSOUND, LINK, META -> b.insertVoid();
      case TITLE -> b.insertRaw(Tokenizer.State.RCDATA);
      case NOFRAMES, STYLE -> b.insertRaw(Tokenizer.State.RAWTEXT);
      case SCRIPT -> b.insertRaw(Tokenizer.State.SCRIPT);
      case NOSCRIPT -> {
        b.insert();
        b.tokens.skipTo(b.noscripts.behindInHead(b.tokens.position()));
        b.mode = Mode.IN_HEAD_NOSCRIPT;
      }
      case TEMPLATE -> {
        b.insert();
        b.formatting.mark();
        b.framesetOk = false;
        b.mode = Mode.IN_TEMPLATE;
        b.templateModes.push(Mode.IN_TEMPLATE);
      }
      case HEAD -> {}
      default -> leave();
    }
  }

  private void end() {
    switch (b.tag) {
      case HEAD -> {
        b.stack.pop();
        b.mode = Mode.AFTER_HEAD;
      }
      case BODY, HTML, BR -> leave();
      case TEMPLATE -> {
        if (b.stack.has(Tag.TEMPLATE)) {
          b.stack.generateImpliedThoroughly();
          b.endTemplate();
        }
      }
      default -> {}
    }
  }

  private void inHeadNoscript() {
    switch (b.kind) {
      case COMMENT -> b.insertComment();
      case DOCTYPE -> {}
      case START -> {
        switch (b.tag) {
          case HTML -> b.inBody();
          case BASEFONT, BGSOUND, LINK, META, NOFRAMES, STYLE -> inHead();
          case HEAD, NOSCRIPT -> {}
          default -> leaveNoscript();
        }
      }
      case END -> {
        if (b.tag == Tag.NOSCRIPT) {
          b.stack.pop();
          b.mode = Mode.IN_HEAD;
        } else if (b.tag == Tag.BR) {
          leaveNoscript();
        }
      }
      default -> {
        if (!takesSpace()) {
          leaveNoscript();
        }
      }
    }
  }

  private void leaveNoscript() {
    b.stack.pop();
    b.again(Mode.IN_HEAD);
  }

  private void afterHead() {
    switch (b.kind) {
      case COMMENT -> b.insertComment();
      case DOCTYPE -> {}
      case START -> startAfterHead();
      case END -> {
        switch (b.tag) {
          case TEMPLATE -> inHead();
          case BODY, HTML, BR -> implyBody();
          default -> {}
        }
      }
      default -> {
        if (!takesSpace()) {
          implyBody();
        }
      }
    }
  }

  private void startAfterHead() {
    switch (b.tag) {
      case HTML -> b.inBody();
      case BODY -> {
        b.insert();
        b.framesetOk = false;
        b.mode = Mode.IN_BODY;
      }
      case FRAMESET -> {
        b.insert();
        b.mode = Mode.IN_FRAMESET;
      }
      case BASE, BASEFONT, BGSOUND, LINK, META, NOFRAMES, SCRIPT, STYLE, TEMPLATE, TITLE -> {
        b.stack.push(b.head);
        inHead();
        b.stack.remove(b.head);
      }
      case HEAD -> {}
      default -> implyBody();
    }
  }

  private void implyBody() {
    b.insertImplied(Tag.BODY);
    b.again(Mode.IN_BODY);
  }
}
