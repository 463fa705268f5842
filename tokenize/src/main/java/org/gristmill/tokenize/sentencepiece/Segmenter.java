package org.gristmill.tokenize.sentencepiece;

import org.gristmill.tokenize.model.IntList;

/** Cuts a rewritten text into pieces. */
interface Segmenter {
  /** Adds the ids of {@code text[0, length)} to {@code out}. */
  void segment(byte[] text, int length, IntList out);
}
