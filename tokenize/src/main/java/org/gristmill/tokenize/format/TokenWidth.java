package org.gristmill.tokenize.format;

import java.io.IOException;
import org.gristmill.tokenize.Tokenizer;

/** How wide a token is on disk: unsigned 16 bits where every id of the vocabulary fits, else 32. */
enum TokenWidth {
  U16(2),
  I32(4);

  static final int U16_VOCABULARY = 65_536;

  private final int bytes;

  TokenWidth(int bytes) {
    this.bytes = bytes;
  }

  static TokenWidth of(Tokenizer tokenizer) {
    return tokenizer.vocabularySize() <= U16_VOCABULARY ? U16 : I32;
  }

  int bytes() {
    return bytes;
  }

  /** Writes ids that are in the vocabulary; as 32 bits, signed and unsigned are the same. */
  void write(LittleEndian out, int[] tokens) throws IOException {
    if (this == U16) {
      out.shorts(tokens);
    } else {
      out.ints(tokens);
    }
  }
}
