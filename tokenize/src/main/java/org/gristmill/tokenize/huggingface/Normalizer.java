package org.gristmill.tokenize.huggingface;

/** Rewrites a stretch of text. */
interface Normalizer {
  void apply(Draft draft);
}
