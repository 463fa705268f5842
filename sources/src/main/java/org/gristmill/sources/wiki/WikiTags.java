package org.gristmill.sources.wiki;

import java.util.Set;

/** The HTML and extension tags of wikitext, by what becomes of their content. */
final class WikiTags {
  private WikiTags() {}

  /** Tags whose content is no text. */
  static final Set<String> DROPPED =
      Set.of(
          "ref",
          "gallery",
          "timeline",
          "imagemap",
          "score",
          "graph",
          "mapframe",
          "maplink",
          "includeonly",
          "references",
          "hiero",
          "templatestyles",
          "style",
          "script",
          "inputbox",
          "categorytree",
          "templatedata",
          "section");

  /** Tags whose content is text as it stands. */
  static final Set<String> VERBATIM =
      Set.of("nowiki", "pre", "code", "syntaxhighlight", "source", "math", "chem", "ce");

  /** Tags that begin or end a line. */
  static final Set<String> BREAKS =
      Set.of("br", "p", "div", "li", "ul", "ol", "tr", "td", "th", "table", "blockquote", "hr");

  static boolean isAsciiLetter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }
}
