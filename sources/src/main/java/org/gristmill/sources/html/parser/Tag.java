package org.gristmill.sources.html.parser;

import java.util.Locale;

/**
 * What a node is to the rules of tree construction: a kind of node, an element of HTML that the
 * rules name, or a group of elements of other namespaces that they treat alike.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/parsing.html#parsing-elements">HTML, the
 *     stack of open elements</a>
 */
public enum Tag {
  /** The whole page, around all. */
  DOCUMENT,
  DOCTYPE,
  COMMENT,
  TEXT,
  /** An element of HTML that no rule names. */
  OTHER,
  /** An element of SVG that no rule names. */
  SVG_OTHER(Is.FOREIGN),
  /** An element of MathML that no rule names. */
  MATHML_OTHER(Is.FOREIGN),
  /** MathML's mi, mo, mn, ms and mtext. */
  MATHML_TEXT(Is.SPECIAL | Is.SCOPE | Is.FOREIGN),
  ANNOTATION_XML(Is.SPECIAL | Is.SCOPE | Is.FOREIGN),
  /** An annotation-xml that says that it holds HTML. */
  ANNOTATION_HTML(Is.SPECIAL | Is.SCOPE | Is.FOREIGN),
  /** SVG's foreignObject, desc and title. */
  SVG_HTML(Is.SPECIAL | Is.SCOPE | Is.FOREIGN),
  A(Is.FORMATTING),
  ADDRESS(Is.SPECIAL),
  APPLET(Is.SPECIAL | Is.SCOPE),
  AREA(Is.SPECIAL),
  ARTICLE(Is.SPECIAL),
  ASIDE(Is.SPECIAL),
  B(Is.FORMATTING),
  BASE(Is.SPECIAL),
  BASEFONT(Is.SPECIAL),
  BGSOUND(Is.SPECIAL),
  BIG(Is.FORMATTING),
  BLOCKQUOTE(Is.SPECIAL),
  BODY(Is.SPECIAL),
  BR(Is.SPECIAL),
  BUTTON(Is.SPECIAL),
  CAPTION(Is.SPECIAL | Is.SCOPE),
  CENTER(Is.SPECIAL),
  CODE(Is.FORMATTING),
  COL(Is.SPECIAL),
  COLGROUP(Is.SPECIAL),
  DD(Is.SPECIAL | Is.IMPLIED),
  DETAILS(Is.SPECIAL),
  DIALOG,
  DIR(Is.SPECIAL),
  DIV(Is.SPECIAL),
  DL(Is.SPECIAL),
  DT(Is.SPECIAL | Is.IMPLIED),
  EM(Is.FORMATTING),
  EMBED(Is.SPECIAL),
  FIELDSET(Is.SPECIAL),
  FIGCAPTION(Is.SPECIAL),
  FIGURE(Is.SPECIAL),
  FONT(Is.FORMATTING),
  FOOTER(Is.SPECIAL),
  FORM(Is.SPECIAL),
  FRAME(Is.SPECIAL),
  FRAMESET(Is.SPECIAL),
  H1(Is.SPECIAL),
  H2(Is.SPECIAL),
  H3(Is.SPECIAL),
  H4(Is.SPECIAL),
  H5(Is.SPECIAL),
  H6(Is.SPECIAL),
  HEAD(Is.SPECIAL),
  HEADER(Is.SPECIAL),
  HGROUP(Is.SPECIAL),
  HR(Is.SPECIAL),
  HTML(Is.SPECIAL | Is.SCOPE),
  I(Is.FORMATTING),
  IFRAME(Is.SPECIAL),
  IMAGE,
  IMG(Is.SPECIAL),
  INPUT(Is.SPECIAL),
  KEYGEN(Is.SPECIAL),
  LI(Is.SPECIAL | Is.IMPLIED),
  LINK(Is.SPECIAL),
  LISTING(Is.SPECIAL),
  MAIN(Is.SPECIAL),
  MALIGNMARK,
  MARQUEE(Is.SPECIAL | Is.SCOPE),
  MATH,
  MENU(Is.SPECIAL),
  META(Is.SPECIAL),
  MGLYPH,
  NAV(Is.SPECIAL),
  NOBR(Is.FORMATTING),
  NOEMBED(Is.SPECIAL),
  NOFRAMES(Is.SPECIAL),
  NOSCRIPT(Is.SPECIAL),
  OBJECT(Is.SPECIAL | Is.SCOPE),
  OL(Is.SPECIAL),
  OPTGROUP(Is.IMPLIED),
  OPTION(Is.IMPLIED),
  P(Is.SPECIAL | Is.IMPLIED),
  PARAM(Is.SPECIAL),
  PLAINTEXT(Is.SPECIAL),
  PRE(Is.SPECIAL),
  RB(Is.IMPLIED),
  RP(Is.IMPLIED),
  RT(Is.IMPLIED),
  RTC(Is.IMPLIED),
  RUBY,
  S(Is.FORMATTING),
  SCRIPT(Is.SPECIAL),
  SEARCH(Is.SPECIAL),
  SECTION(Is.SPECIAL),
  SELECT(Is.SPECIAL | Is.SCOPE),
  SMALL(Is.FORMATTING),
  SOURCE(Is.SPECIAL),
  SPAN,
  STRIKE(Is.FORMATTING),
  STRONG(Is.FORMATTING),
  STYLE(Is.SPECIAL),
  SUB,
  SUMMARY(Is.SPECIAL),
  SUP,
  SVG,
  TABLE(Is.SPECIAL | Is.SCOPE),
  TBODY(Is.SPECIAL | Is.IMPLIED_THOROUGHLY),
  TD(Is.SPECIAL | Is.SCOPE | Is.IMPLIED_THOROUGHLY),
  TEMPLATE(Is.SPECIAL | Is.SCOPE),
  TEXTAREA(Is.SPECIAL),
  TFOOT(Is.SPECIAL | Is.IMPLIED_THOROUGHLY),
  TH(Is.SPECIAL | Is.SCOPE | Is.IMPLIED_THOROUGHLY),
  THEAD(Is.SPECIAL | Is.IMPLIED_THOROUGHLY),
  TITLE(Is.SPECIAL),
  TR(Is.SPECIAL | Is.IMPLIED_THOROUGHLY),
  TRACK(Is.SPECIAL),
  TT(Is.FORMATTING),
  U(Is.FORMATTING),
  UL(Is.SPECIAL),
  VAR,
  WBR(Is.SPECIAL),
  XMP(Is.SPECIAL);

  private static final class Is {
    static final int SPECIAL = 1;
    static final int SCOPE = 2;
    static final int FORMATTING = 4;
    static final int IMPLIED = 8;
    static final int IMPLIED_THOROUGHLY = 16;
    static final int FOREIGN = 32;
  }

  private final int is;

  Tag() {
    this(0);
  }

  Tag(int is) {
    this.is = is;
  }

  /** The name of the element of HTML that it stands for. */
  String elementName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it is one element of HTML, and not a group or another kind of node. */
  boolean isNamed() {
    return ordinal() >= A.ordinal();
  }

  /** Whether it is an element, of whichever kind. */
  public boolean isElement() {
    return ordinal() >= OTHER.ordinal();
  }

  boolean isSpecial() {
    return (is & Is.SPECIAL) != 0;
  }

  /** Whether it bounds what is in scope. */
  boolean isScope() {
    return (is & Is.SCOPE) != 0;
  }

  boolean isFormatting() {
    return (is & Is.FORMATTING) != 0;
  }

  /** Whether its end tag may be left out. */
  boolean isImplied() {
    return (is & Is.IMPLIED) != 0;
  }

  /** Whether its end tag may be left out where a template ends. */
  boolean isImpliedThoroughly() {
    return (is & (Is.IMPLIED | Is.IMPLIED_THOROUGHLY)) != 0 || this == CAPTION || this == COLGROUP;
  }

  /** Whether it is of SVG or MathML. */
  boolean isForeign() {
    return (is & Is.FOREIGN) != 0;
  }

  boolean isSvg() {
    return this == SVG_OTHER || this == SVG_HTML;
  }

  /** Whether HTML is allowed in it, being of SVG or MathML. */
  boolean isHtmlPoint() {
    return this == SVG_HTML || this == ANNOTATION_HTML;
  }

  boolean isHeading() {
    return ordinal() >= H1.ordinal() && ordinal() <= H6.ordinal();
  }
}
