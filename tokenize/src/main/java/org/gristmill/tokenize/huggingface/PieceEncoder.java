package org.gristmill.tokenize.huggingface;

import org.gristmill.tokenize.model.IntList;

/** Encodes pieces by a vocabulary; shared by threads. */
interface PieceEncoder {
  /** Adds the ids of a piece, which is not empty. */
  void encode(byte[] text, int from, int to, IntList out);
}
