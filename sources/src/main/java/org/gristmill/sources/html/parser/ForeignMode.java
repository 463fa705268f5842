package org.gristmill.sources.html.parser;

/** The rules for what stands in SVG and MathML. */
final class ForeignMode {
  private static final int MI = Names.known("mi");
  private static final int MO = Names.known("mo");
  private static final int MN = Names.known("mn");
  private static final int MS = Names.known("ms");
  private static final int MTEXT = Names.known("mtext");
  private static final int ANNOTATION_XML = Names.known("annotation-xml");
  private static final int FOREIGN_OBJECT = Names.known("foreignobject");
  private static final int DESC = Names.known("desc");
  private static final int ENCODING = Names.known("encoding");
  private static final int COLOR = Names.known("color");
  private static final int FACE = Names.known("face");
  private static final int SIZE = Names.known("size");

  private final TreeBuilder b;

  ForeignMode(TreeBuilder builder) {
    b = builder;
  }

  /** Whether the token falls under these rules. */
  boolean applies() {
    Tag in = b.stack.tag();
    if (!in.isForeign() || b.kind == Tokenizer.Kind.EOF) {
      return false;
    }
    boolean start = b.kind == Tokenizer.Kind.START;
    boolean text = b.kind == Tokenizer.Kind.TEXT;
    if (in == Tag.MATHML_TEXT) {
      return !(text || start && b.tag != Tag.MGLYPH && b.tag != Tag.MALIGNMARK);
    }
    boolean isAnnotation = in == Tag.ANNOTATION_XML || in == Tag.ANNOTATION_HTML;
    return !(isAnnotation && start && b.tag == Tag.SVG || in.isHtmlPoint() && (start || text));
  }

  void process() {
    switch (b.kind) {
      case TEXT -> text();
      case COMMENT -> b.insertComment();
      case START -> start();
      case END -> end();
      default -> {}
    }
  }

  private void text() {
    char[] c = b.nodes.chars;
    for (int i = b.tokens.from; i < b.tokens.to; i++) {
      b.framesetOk = b.framesetOk && (c[i] == 0 || Tokenizer.isSpace(c[i]));
      if (c[i] == 0) {
        c[i] = '\ufffd';
      }
    }
    b.insertText(b.tokens.from, b.tokens.to);
  }

  private void start() {
    if (breaksOut()) {
      leave();
    } else {
      b.insert(kind());
      if (b.tokens.selfClosing) {
        b.stack.pop();
      }
    }
  }

  /** HTML in the midst of it ends it. */
  private void leave() {
    while (b.stack.tag().isForeign()
        && b.stack.tag() != Tag.MATHML_TEXT
        && !b.stack.tag().isHtmlPoint()) {
      b.stack.pop();
    }
    b.process();
  }

  private boolean breaksOut() {
    return switch (b.tag) {
      case B, BIG, BLOCKQUOTE, BODY, BR, CENTER, CODE, DD, DIV, DL, DT, EM, EMBED -> true;
      case H1, H2, H3, H4, H5, H6, HEAD, HR, I, IMG, LI, LISTING, MENU, META, NOBR -> true;
      case OL, P, PRE, RUBY, S, SMALL, SPAN, STRONG, STRIKE, SUB, SUP, TABLE, TT, U, UL, VAR ->
          true;
      case FONT -> hasAttribute(COLOR) || hasAttribute(FACE) || hasAttribute(SIZE);
      default -> false;
    };
  }

  private boolean hasAttribute(int name) {
    for (int a = b.tokens.attributes; a < b.nodes.attributeCount(); a++) {
      if (b.nodes.attributeName(a) == name) {
        return true;
      }
    }
    return false;
  }

  private Tag kind() {
    int name = b.tokens.name;
    if (b.stack.tag().isSvg()) {
      boolean html = name == FOREIGN_OBJECT || name == DESC || b.tag == Tag.TITLE;
      return html ? Tag.SVG_HTML : Tag.SVG_OTHER;
    }
    if (name == ANNOTATION_XML) {
      return holdsHtml() ? Tag.ANNOTATION_HTML : Tag.ANNOTATION_XML;
    }
    boolean text = name == MI || name == MO || name == MN || name == MS || name == MTEXT;
    return text ? Tag.MATHML_TEXT : Tag.MATHML_OTHER;
  }

  private boolean holdsHtml() {
    for (int a = b.tokens.attributes; a < b.nodes.attributeCount(); a++) {
      if (b.nodes.attributeName(a) == ENCODING) {
        String encoding = b.nodes.string(b.nodes.valueFrom(a), b.nodes.valueTo(a));
        return encoding.equalsIgnoreCase("text/html")
            || encoding.equalsIgnoreCase("application/xhtml+xml");
      }
    }
    return false;
  }

  private void end() {
    if (b.tag == Tag.BR || b.tag == Tag.P) {
      leave();
      return;
    }
    for (int i = b.stack.size() - 1; i > 0; i--) {
      if (!b.stack.tagAt(i).isForeign()) {
        b.process();
        return;
      }
      if (b.nodes.name(b.stack.at(i)) == b.tokens.name) {
        b.stack.popTo(i);
        return;
      }
    }
  }
}
