package org.gristmill.sources.html;

import java.util.Arrays;
import java.util.Locale;
import org.gristmill.sources.html.parser.Nodes;

/**
 * The elements that mean something to the extractor; all others are {@link #OTHER}.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/rendering.html">HTML, Rendering</a>
 */
enum HtmlTag {
  TEXT(Kind.INLINE),
  OTHER(Kind.INLINE),
  A(Kind.INLINE),
  ABBR(Kind.INLINE),
  ANNOTATION(Kind.INLINE),
  B(Kind.INLINE),
  BR(Kind.INLINE),
  BUTTON(Kind.BLOCK),
  CODE(Kind.INLINE),
  DEL(Kind.INLINE),
  EM(Kind.INLINE),
  I(Kind.INLINE),
  IMG(Kind.INLINE),
  KBD(Kind.INLINE),
  LABEL(Kind.INLINE),
  MATH(Kind.INLINE),
  S(Kind.INLINE),
  SAMP(Kind.INLINE),
  SPAN(Kind.INLINE),
  STRIKE(Kind.INLINE),
  STRONG(Kind.INLINE),
  TIME(Kind.INLINE),
  TT(Kind.INLINE),
  ADDRESS(Kind.BLOCK),
  ARTICLE(Kind.BLOCK),
  ASIDE(Kind.BLOCK),
  BLOCKQUOTE(Kind.BLOCK),
  BODY(Kind.BLOCK),
  CAPTION(Kind.LINE),
  CENTER(Kind.BLOCK),
  DD(Kind.LINE),
  DETAILS(Kind.BLOCK),
  DIALOG(Kind.BLOCK),
  DIV(Kind.BLOCK),
  DL(Kind.BLOCK),
  DT(Kind.LINE),
  FIELDSET(Kind.BLOCK),
  FIGCAPTION(Kind.BLOCK),
  FIGURE(Kind.BLOCK),
  FOOTER(Kind.BLOCK),
  FORM(Kind.BLOCK),
  H1(Kind.BLOCK),
  H2(Kind.BLOCK),
  H3(Kind.BLOCK),
  H4(Kind.BLOCK),
  H5(Kind.BLOCK),
  H6(Kind.BLOCK),
  HEADER(Kind.BLOCK),
  HGROUP(Kind.BLOCK),
  HR(Kind.BLOCK),
  HTML(Kind.BLOCK),
  LEGEND(Kind.BLOCK),
  LI(Kind.LINE),
  LISTING(Kind.BLOCK),
  MAIN(Kind.BLOCK),
  MENU(Kind.BLOCK),
  NAV(Kind.BLOCK),
  OL(Kind.BLOCK),
  P(Kind.BLOCK),
  PLAINTEXT(Kind.BLOCK),
  PRE(Kind.BLOCK),
  SEARCH(Kind.BLOCK),
  SECTION(Kind.BLOCK),
  SUMMARY(Kind.LINE),
  TABLE(Kind.BLOCK),
  TBODY(Kind.LINE),
  TD(Kind.CELL),
  TFOOT(Kind.LINE),
  TH(Kind.CELL),
  THEAD(Kind.LINE),
  TR(Kind.LINE),
  UL(Kind.BLOCK),
  XMP(Kind.BLOCK),
  APPLET(Kind.NO_TEXT),
  AUDIO(Kind.NO_TEXT),
  CANVAS(Kind.NO_TEXT),
  DATALIST(Kind.NO_TEXT),
  EMBED(Kind.NO_TEXT),
  HEAD(Kind.NO_TEXT),
  IFRAME(Kind.NO_TEXT),
  INPUT(Kind.NO_TEXT),
  MAP(Kind.NO_TEXT),
  METER(Kind.NO_TEXT),
  NOFRAMES(Kind.NO_TEXT),
  NOSCRIPT(Kind.BLOCK),
  OBJECT(Kind.NO_TEXT),
  OPTION(Kind.NO_TEXT),
  PROGRESS(Kind.NO_TEXT),
  RP(Kind.NO_TEXT),
  RT(Kind.NO_TEXT),
  SCRIPT(Kind.NO_TEXT),
  SELECT(Kind.NO_TEXT),
  STYLE(Kind.NO_TEXT),
  SVG(Kind.NO_TEXT),
  TEMPLATE(Kind.NO_TEXT),
  TEXTAREA(Kind.NO_TEXT),
  VIDEO(Kind.NO_TEXT);

  private enum Kind {
    /** Runs along with the text around it. */
    INLINE,
    /** Begins and ends a paragraph. */
    BLOCK,
    /** Begins and ends a line. */
    LINE,
    /** Stands in a line beside others. */
    CELL,
    /** Its content is never text of the page. */
    NO_TEXT
  }

  private static final HtmlTag[] BY_NAME = byName();

  private final Kind kind;

  HtmlTag(Kind kind) {
    this.kind = kind;
  }

  private static HtmlTag[] byName() {
    HtmlTag[] tags = new HtmlTag[Nodes.knownNames()];
    Arrays.fill(tags, OTHER);
    for (HtmlTag tag : values()) {
      if (tag != TEXT && tag != OTHER) {
        tags[Nodes.known(tag.name().toLowerCase(Locale.ROOT))] = tag;
      }
    }
    return tags;
  }

  /** The tag of an element by the number of its name in {@link Nodes}. */
  static HtmlTag of(int name) {
    return name < BY_NAME.length ? BY_NAME[name] : OTHER;
  }

  /** Whether text before it and text in it are never one run. */
  boolean isBlock() {
    return kind == Kind.BLOCK || kind == Kind.LINE || kind == Kind.CELL;
  }

  boolean isLine() {
    return kind == Kind.LINE;
  }

  boolean isCell() {
    return kind == Kind.CELL;
  }

  boolean hasNoText() {
    return kind == Kind.NO_TEXT;
  }

  /** 1 to 6 for headings, 0 for all others. */
  int headingLevel() {
    return ordinal() >= H1.ordinal() && ordinal() <= H6.ordinal()
        ? ordinal() - H1.ordinal() + 1
        : 0;
  }

  /** How much of an element of text it is: from 10, a paragraph, to 0, none. */
  int rank() {
    return switch (this) {
      case P -> 10;
      case BLOCKQUOTE -> 9;
      case PRE, LISTING, XMP, PLAINTEXT -> 8;
      case H1, H2, H3, H4, H5, H6 -> 7;
      case DT, DD -> 6;
      case TD, TH, CAPTION -> 5;
      case LI -> 4;
      case DIV, SECTION, ARTICLE, MAIN, BODY, CENTER -> 3;
      case FIGCAPTION -> 2;
      case BUTTON, SUMMARY, LEGEND, LABEL -> 1;
      default -> 0;
    };
  }
}
