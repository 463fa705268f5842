package org.gristmill.sources.html;

import java.util.HashMap;
import java.util.Map;

/**
 * What an element says it is: by its tag, its role and the words of its class and id. At most 64,
 * as an element's hints are the bits of a long.
 */
enum HtmlHint {
  ARTICLE("article articles story artikel articulo news"),
  MAIN("main"),
  CONTENT("content contents body text entry page inhalt contenido contenu texte wrapper container"),
  ASIDE("aside sidebar sidebars rail secondary aux"),
  NAV("nav navigation navbar navi menu menus submenu topnav dropdown megamenu skip"),
  FOOTER("footer foot bottom colophon"),
  HEADER("header masthead topbar head banner"),
  COMMENT(
      "comment comments commentlist disqus respond kommentar kommentare commentaires comentarios"
          + " discussion replies"),
  POST("post posts hentry thread topic message messages msg postbody forum"),
  REPLY("reply answer answers response"),
  QUOTE("quote blockquote"),
  RELATED(
      "related recommended recommendations recommend recirc similar more readmore popular trending"
          + " mostread outbrain taboola latest upsell crosssell"),
  SHARE("share sharing shares addthis sharethis social facebook twitter pinterest follow"),
  CONSENT("cookie cookies consent gdpr onetrust privacy cmp ccpa"),
  AD("ad ads advert advertisement adsense adslot sponsor sponsored promo promos promotion werbung"),
  NEWSLETTER("newsletter subscribe subscription signup optin mailing"),
  LOGIN("login signin account register paywall password auth"),
  BREADCRUMB("breadcrumb breadcrumbs crumb crumbs"),
  PAGING("pagination pager paging pages prev next previous"),
  PRODUCT("product products sku pdp buybox"),
  PRICE("price prices pricing cost amount sale discount"),
  CART("cart basket checkout addtocart wishlist buy"),
  SPECS("specs specifications spec details attributes features feature"),
  REVIEW("review reviews rating ratings stars testimonial testimonials"),
  CARD("card cards tile tiles item items teaser teasers result results block"),
  LIST("list listing listings grid row rows collection archive category categories"),
  TITLE("title headline heading titles"),
  SUMMARY("summary excerpt description desc intro lead lede abstract standfirst subtitle dek"),
  BYLINE("byline author authors bio vcard authorbox profile avatar user username"),
  DATE("date time timestamp dateline published updated datetime"),
  META("meta metadata info infobox postmeta"),
  TAGS("tag tags keywords labels topics"),
  WIDGET("widget widgets module plugin"),
  MODAL("modal popup overlay lightbox tooltip toast offcanvas drawer"),
  HERO("hero jumbotron slider slide carousel slideshow swiper"),
  SEARCH("search searchform filter filters sort facet facets refine"),
  CTA("cta button btn buttons action actions toolbar tools"),
  CAPTION("caption captions figure image images img gallery media photo thumbnail video credit"),
  FAQ("faq faqs accordion question questions collapse collapsible toggle"),
  TAB("tab tabs tabpanel panel pane"),
  LEGAL("legal copyright disclaimer terms license rights"),
  TOC("toc contents tableofcontents outline"),
  CODE("code highlight snippet syntax example signature"),
  SERVICE("service services solution solutions benefits about team contact address"),
  LINKS("links link quicklinks"),
  LOGO("logo brand branding site"),
  PRINT("print noprint rss"),
  DOCS("docs documentation markdown prose wiki mw reference api"),
  OFFSCREEN("offscreen hidden sr screenreader visuallyhidden invisible hide"),
  // Those from here on have no words: the tag or an attribute alone says it.
  TABLE(""),
  LI(""),
  FORM(""),
  SECTION(""),
  BLOCKQUOTE(""),
  FIGURE(""),
  BUTTON(""),
  LABEL(""),
  DIALOG(""),
  NOT_SHOWN(""),
  BODY_OF_ARTICLE(""),
  PROP(""),
  NOSCRIPT("");

  private static final int SHORTEST_PART = 4;
  private static final int LONGEST_NAME = 24;

  private static final Map<String, Long> WORDS = words();

  private final String words;

  HtmlHint(String words) {
    this.words = words;
  }

  long bit() {
    return 1L << ordinal();
  }

  private static Map<String, Long> words() {
    Map<String, Long> map = new HashMap<>();
    for (HtmlHint hint : values()) {
      for (String word : hint.words.split(" ")) {
        map.merge(word, hint.bit(), (a, b) -> a | b);
      }
    }
    map.remove("");
    return Map.copyOf(map);
  }

  /** The hints in names as they stand in class and id; parts of compound words count too. */
  static long of(String names) {
    long hints = 0;
    int n = names.length();
    StringBuilder word = new StringBuilder();
    for (int i = 0; i <= n; i++) {
      char c = i < n ? names.charAt(i) : ' ';
      boolean upper = c >= 'A' && c <= 'Z';
      boolean letter = upper || c >= 'a' && c <= 'z';
      boolean camel = upper && i > 0 && names.charAt(i - 1) >= 'a' && names.charAt(i - 1) <= 'z';
      if ((!letter || camel) && word.length() > 0) {
        hints |= word(word.toString());
        word.setLength(0);
      }
      if (letter) {
        word.append(upper ? (char) (c + 32) : c);
      }
    }
    return hints;
  }

  private static long word(String word) {
    Long hint = WORDS.get(word);
    if (hint != null) {
      return hint;
    }
    long hints = 0;
    int n = word.length();
    if (n > LONGEST_NAME) {
      return 0;
    }
    for (int k = n - 1; k >= SHORTEST_PART && hints == 0; k--) {
      hints = WORDS.getOrDefault(word.substring(0, k), 0L);
    }
    for (int k = 1; k <= n - SHORTEST_PART; k++) {
      Long tail = WORDS.get(word.substring(k));
      if (tail != null) {
        return hints | tail;
      }
    }
    return hints;
  }

  /** The hint that a tag is by itself, none of most. */
  static long of(HtmlTag tag) {
    return switch (tag) {
      case ARTICLE -> ARTICLE.bit();
      case MAIN -> MAIN.bit();
      case ASIDE -> ASIDE.bit();
      case NAV, MENU -> NAV.bit();
      case FOOTER -> FOOTER.bit();
      case HEADER, HGROUP -> HEADER.bit();
      case TABLE -> TABLE.bit();
      case UL, OL, DL -> LI.bit();
      case FORM, FIELDSET -> FORM.bit();
      case SECTION -> SECTION.bit();
      case BLOCKQUOTE -> BLOCKQUOTE.bit();
      case FIGURE -> FIGURE.bit();
      case BUTTON, SUMMARY -> BUTTON.bit();
      case LABEL, LEGEND -> LABEL.bit();
      case DIALOG -> DIALOG.bit();
      case SEARCH -> SEARCH.bit();
      case NOSCRIPT -> NOSCRIPT.bit();
      default -> 0;
    };
  }

  /** The hint that an ARIA role is. */
  static long ofRole(String role) {
    return switch (role) {
      case "main" -> MAIN.bit();
      case "article" -> ARTICLE.bit();
      case "navigation", "menu", "menubar", "menuitem" -> NAV.bit();
      case "complementary" -> ASIDE.bit();
      case "banner" -> HEADER.bit();
      case "contentinfo" -> FOOTER.bit();
      case "search" -> SEARCH.bit();
      case "dialog", "alertdialog", "alert" -> DIALOG.bit();
      case "toolbar" -> CTA.bit();
      case "button", "tab" -> BUTTON.bit();
      case "tabpanel" -> TAB.bit();
      case "tooltip" -> MODAL.bit();
      default -> 0;
    };
  }

  /** The hint that a name of schema.org in {@code itemprop} is. */
  static long ofProperty(String itemprop) {
    return switch (itemprop) {
      case "" -> 0;
      case "articleBody", "mainContentOfPage", "text" -> BODY_OF_ARTICLE.bit();
      case "description" -> SUMMARY.bit() | PROP.bit();
      case "name", "headline" -> TITLE.bit() | PROP.bit();
      case "author" -> BYLINE.bit() | PROP.bit();
      case "comment" -> COMMENT.bit();
      case "review", "reviewBody" -> REVIEW.bit() | PROP.bit();
      default -> PROP.bit();
    };
  }
}
