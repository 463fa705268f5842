package org.gristmill.sources.code;

/** What becomes of Jupyter notebooks. */
public enum CodeNotebooks {
  /** Their cells in order, without outputs, words as comments: jupytext's percent format. */
  TEXT,
  /** The JSON that they are. */
  JSON
}
