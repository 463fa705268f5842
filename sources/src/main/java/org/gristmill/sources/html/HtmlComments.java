package org.gristmill.sources.html;

/** What becomes of readers' comments below a text; a forum's posts are content either way. */
public enum HtmlComments {
  /** They are left out. */
  DROP,
  /** They are kept. */
  KEEP
}
