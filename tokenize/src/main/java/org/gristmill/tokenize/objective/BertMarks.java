package org.gristmill.tokenize.objective;

import java.util.BitSet;
import org.gristmill.tokenize.Tokenizer;

/**
 * The ids of a vocabulary that BERT's objective needs.
 *
 * @param continuing those that continue the word before them
 */
record BertMarks(int vocabularySize, int cls, int sep, int mask, BitSet continuing) {
  static BertMarks of(Bert settings, Tokenizer tokenizer) {
    BitSet continuing = new BitSet();
    for (int id = 0; settings.wholeWord() && id < tokenizer.vocabularySize(); id++) {
      byte[] bytes = tokenizer.tokenBytes(id);
      continuing.set(id, bytes.length > 2 && bytes[0] == '#' && bytes[1] == '#');
    }
    return new BertMarks(
        tokenizer.vocabularySize(),
        Objective.token(tokenizer, "cls", settings.cls()),
        Objective.token(tokenizer, "sep", settings.sep()),
        Objective.token(tokenizer, "mask", settings.mask()),
        continuing);
  }
}
