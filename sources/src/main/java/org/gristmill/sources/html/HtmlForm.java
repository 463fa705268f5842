package org.gristmill.sources.html;

/** How the main content is written. */
public enum HtmlForm {
  /**
   * Text alone: an empty line between paragraphs, a line for each list item and table row, a tab
   * between cells.
   */
  PLAIN,
  /** Markdown (CommonMark with the tables of GitHub): headings, lists, quotes, code, formulas. */
  MARKDOWN
}
