package org.gristmill.tokenize.huggingface;

/** Cuts pieces into smaller ones, and may drop or rewrite parts of them. */
interface PreTokenizer {
  /**
   * @param out receives the pieces; another object than {@code in}
   */
  void apply(Pieces in, Pieces out);
}
