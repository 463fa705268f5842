package org.gristmill.sources.html.parser;

import org.gristmill.sources.html.parser.TreeBuilder.Mode;

/** The insertion mode of the body, by which most of a page is read. */
final class BodyMode {
  private static final int TYPE = Names.known("type");

  private final TreeBuilder b;
  private final OpenElements stack;
  private final Formatting formatting;

  BodyMode(TreeBuilder builder) {
    b = builder;
    stack = b.stack;
    formatting = b.formatting;
  }

  void process() {
    switch (b.kind) {
      case TEXT -> text();
      case COMMENT -> b.insertComment();
      case START -> start();
      case END -> end();
      case EOF -> {
        if (!b.templateModes.isEmpty()) {
          b.inTemplate();
        }
      }
      default -> {}
    }
  }

  private void text() {
    b.dropNul();
    if (b.tokens.from < b.tokens.to) {
      formatting.reconstruct();
      b.insertText(b.tokens.from, b.tokens.to);
      b.framesetOk = b.framesetOk && b.isSpace(b.tokens.from, b.tokens.to);
    }
  }

  private void start() {
    switch (b.tag) {
      case HTML -> {
        if (!stack.has(Tag.TEMPLATE)) {
          b.takeAttributes(stack.at(0));
        }
      }
      case BASE, BASEFONT, BGSOUND, LINK, META, NOFRAMES, SCRIPT, STYLE, TEMPLATE, TITLE ->
          b.inHead();
      case BODY -> body();
      case FRAMESET -> frameset();
      case ADDRESS,
          ARTICLE,
          ASIDE,
          BLOCKQUOTE,
          CENTER,
          DETAILS,
          DIALOG,
          DIR,
          DIV,
          DL,
          FIELDSET,
          FIGCAPTION,
          FIGURE,
          FOOTER,
          HEADER,
          HGROUP,
          MAIN,
          MENU,
          NAV,
          OL,
          P,
          SEARCH,
          SECTION,
          SUMMARY,
          UL ->
          block();
      case H1, H2, H3, H4, H5, H6 -> heading();
      case PRE, LISTING -> {
        block();
        b.skipsLineFeed = true;
        b.framesetOk = false;
      }
      case FORM -> form();
      case LI, DD, DT -> item();
      case PLAINTEXT -> {
        block();
        b.tokens.state = Tokenizer.State.PLAINTEXT;
      }
      case BUTTON -> button();
      case A -> anchor();
      case B, BIG, CODE, EM, FONT, I, S, SMALL, STRIKE, STRONG, TT, U -> {
        formatting.reconstruct();
        formatting.push(b.insert());
      }
      case NOBR -> nobr();
      case APPLET, MARQUEE, OBJECT -> {
        inline();
        formatting.mark();
        b.framesetOk = false;
      }
      case CAPTION, COL, COLGROUP, FRAME, HEAD, TBODY, TD, TFOOT, TH, THEAD, TR -> {}
      default -> otherStart();
    }
  }

  private void otherStart() {
    switch (b.tag) {
      case TABLE -> {
        if (!b.nodes.quirks()) {
          b.closeP();
        }
        b.insert();
        b.framesetOk = false;
        b.mode = Mode.IN_TABLE;
      }
      case AREA, BR, EMBED, IMG, KEYGEN, WBR -> inlineVoid();
      case IMAGE -> {
        b.tag = Tag.IMG;
        b.tokens.name = Tag.IMG.ordinal();
        inlineVoid();
      }
      case INPUT -> input();
      case PARAM, SOURCE, TRACK -> b.insertVoid();
      case HR -> rule();
      case TEXTAREA -> {
        b.insertRaw(Tokenizer.State.RCDATA);
        b.skipsLineFeed = true;
        b.framesetOk = false;
      }
      case XMP -> {
        b.closeP();
        formatting.reconstruct();
        b.framesetOk = false;
        b.insertRaw(Tokenizer.State.RAWTEXT);
      }
      case IFRAME -> {
        b.framesetOk = false;
        b.insertRaw(Tokenizer.State.RAWTEXT);
      }
      case NOEMBED -> b.insertRaw(Tokenizer.State.RAWTEXT);
      case NOSCRIPT -> {
        inline();
        b.tokens.skipTo(b.noscripts.behindInBody(b.tokens.position()));
      }
      case SELECT -> select();
      case OPTION, OPTGROUP -> option();
      case RB, RTC -> ruby(Tag.OTHER);
      case RP, RT -> ruby(Tag.RTC);
      case MATH -> foreign(Tag.MATHML_OTHER);
      case SVG -> foreign(Tag.SVG_OTHER);
      default -> inline();
    }
  }

  private void block() {
    b.closeP();
    b.insert();
  }

  private void inline() {
    formatting.reconstruct();
    b.insert();
  }

  private void inlineVoid() {
    formatting.reconstruct();
    b.insertVoid();
    b.framesetOk = false;
  }

  private void body() {
    if (stack.size() > 1 && stack.tagAt(1) == Tag.BODY && !stack.has(Tag.TEMPLATE)) {
      b.framesetOk = false;
      b.takeAttributes(stack.at(1));
    }
  }

  private void frameset() {
    if (stack.size() > 1 && stack.tagAt(1) == Tag.BODY && b.framesetOk) {
      b.nodes.detach(stack.at(1));
      stack.popTo(1);
      b.insert();
      b.mode = Mode.IN_FRAMESET;
    }
  }

  private void heading() {
    b.closeP();
    if (stack.tag().isHeading()) {
      stack.pop();
    }
    b.insert();
  }

  private void form() {
    boolean inTemplate = stack.has(Tag.TEMPLATE);
    if (b.form == Nodes.NONE || inTemplate) {
      b.closeP();
      int form = b.insert();
      b.form = inTemplate ? b.form : form;
    }
  }

  private void item() {
    b.framesetOk = false;
    for (int i = stack.size() - 1; i >= 0; i--) {
      Tag open = stack.tagAt(i);
      if (b.tag == Tag.LI ? open == Tag.LI : open == Tag.DD || open == Tag.DT) {
        stack.generateImplied(open);
        stack.popUntil(open);
        break;
      }
      if (open.isSpecial() && open != Tag.ADDRESS && open != Tag.DIV && open != Tag.P) {
        break;
      }
    }
    block();
  }

  private void button() {
    if (stack.inScope(Tag.BUTTON)) {
      stack.generateImplied(Tag.OTHER);
      stack.popUntil(Tag.BUTTON);
    }
    inline();
    b.framesetOk = false;
  }

  private void anchor() {
    int open = formatting.last(Tag.A);
    if (open != Nodes.NONE) {
      if (!formatting.adopt(Tag.A)) {
        anyOtherEnd();
      }
      formatting.remove(open);
      stack.remove(open);
    }
    formatting.reconstruct();
    formatting.push(b.insert());
  }

  private void nobr() {
    formatting.reconstruct();
    if (stack.inScope(Tag.NOBR)) {
      if (!formatting.adopt(Tag.NOBR)) {
        anyOtherEnd();
      }
      formatting.reconstruct();
    }
    formatting.push(b.insert());
  }

  private void input() {
    if (stack.inScope(Tag.SELECT)) {
      stack.popUntil(Tag.SELECT);
    }
    boolean ok = b.framesetOk;
    formatting.reconstruct();
    int input = b.insert();
    stack.pop();
    b.framesetOk = ok && b.nodes.valueOf(input, TYPE).equalsIgnoreCase("hidden");
  }

  private void rule() {
    b.closeP();
    if (stack.inScope(Tag.SELECT)) {
      stack.generateImplied(Tag.OTHER);
    }
    b.insertVoid();
    b.framesetOk = false;
  }

  private void select() {
    if (stack.inScope(Tag.SELECT)) {
      stack.popUntil(Tag.SELECT);
      return;
    }
    inline();
    b.framesetOk = false;
  }

  private void option() {
    if (stack.inScope(Tag.SELECT)) {
      stack.generateImplied(b.tag == Tag.OPTION ? Tag.OPTGROUP : Tag.OTHER);
    } else if (stack.tag() == Tag.OPTION) {
      stack.pop();
    }
    inline();
  }

  private void ruby(Tag except) {
    if (stack.inScope(Tag.RUBY)) {
      stack.generateImplied(except);
    }
    b.insert();
  }

  private void foreign(Tag as) {
    formatting.reconstruct();
    b.insert(as);
    if (b.tokens.selfClosing) {
      stack.pop();
    }
  }

  // End tags

  private void end() {
    switch (b.tag) {
      case TEMPLATE -> b.inHead();
      case BODY -> {
        if (stack.inScope(Tag.BODY)) {
          b.mode = Mode.AFTER_BODY;
        }
      }
      case HTML -> {
        if (stack.inScope(Tag.BODY)) {
          b.again(Mode.AFTER_BODY);
        }
      }
      case ADDRESS,
          ARTICLE,
          ASIDE,
          BLOCKQUOTE,
          BUTTON,
          CENTER,
          DETAILS,
          DIALOG,
          DIR,
          DIV,
          DL,
          FIELDSET,
          FIGCAPTION,
          FIGURE,
          FOOTER,
          HEADER,
          HGROUP,
          LISTING,
          MAIN,
          MENU,
          NAV,
          OL,
          PRE,
          SEARCH,
          SECTION,
          SELECT,
          SUMMARY,
          UL,
          DD,
          DT ->
          endBlock();
      case FORM -> endForm();
      case P -> {
        if (!stack.inButtonScope(Tag.P)) {
          b.insertImplied(Tag.P);
        }
        b.closeP();
      }
      case LI -> {
        if (stack.inListScope(Tag.LI)) {
          stack.generateImplied(Tag.LI);
          stack.popUntil(Tag.LI);
        }
      }
      case H1, H2, H3, H4, H5, H6 -> endHeading();
      case A, B, BIG, CODE, EM, FONT, I, NOBR, S, SMALL, STRIKE, STRONG, TT, U -> {
        if (!formatting.adopt(b.tag)) {
          anyOtherEnd();
        }
      }
      case APPLET, MARQUEE, OBJECT -> {
        if (stack.inScope(b.tag)) {
          endBlock();
          formatting.clearToMarker();
        }
      }
      case BR -> {
        formatting.reconstruct();
        b.insertImplied(Tag.BR);
        stack.pop();
        b.framesetOk = false;
      }
      default -> anyOtherEnd();
    }
  }

  private void endBlock() {
    if (stack.inScope(b.tag)) {
      stack.generateImplied(b.tag == Tag.DD || b.tag == Tag.DT ? b.tag : Tag.OTHER);
      stack.popUntil(b.tag);
    }
  }

  private void endForm() {
    if (stack.has(Tag.TEMPLATE)) {
      endBlock();
      return;
    }
    int form = b.form;
    b.form = Nodes.NONE;
    if (form != Nodes.NONE && stack.nodeInScope(form)) {
      stack.generateImplied(Tag.OTHER);
      stack.remove(form);
    }
  }

  private void endHeading() {
    if (stack.headingInScope()) {
      stack.generateImplied(Tag.OTHER);
      while (!b.nodes.tag(stack.pop()).isHeading()) {}
    }
  }

  private void anyOtherEnd() {
    for (int i = stack.size() - 1; i > 0; i--) {
      Tag open = stack.tagAt(i);
      if (!open.isForeign() && b.nodes.name(stack.at(i)) == b.tokens.name) {
        stack.generateImplied(open);
        stack.popTo(Math.min(i, stack.size()));
        return;
      }
      if (open.isSpecial()) {
        return;
      }
    }
  }
}
