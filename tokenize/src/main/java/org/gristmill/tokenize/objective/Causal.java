package org.gristmill.tokenize.objective;

import java.io.Serializable;
import java.util.Arrays;
import org.gristmill.core.Block;
import org.gristmill.tokenize.Tokenizer;

/** Every token from those before it: the document's tokens, and the end-of-document id. */
@Block(does = "The next token: a document's tokens, and the end of the document.", version = 1)
public record Causal() implements Objective, Serializable {
  @Override
  public Encoded encode(Tokenizer tokenizer, Passage document) {
    return Encoded.whole(document.id(), ended(tokenizer, tokenizer.encode(document.text())));
  }

  /** Tokens with the end-of-document id behind them. */
  static int[] ended(Tokenizer tokenizer, int[] tokens) {
    int[] ended = Arrays.copyOf(tokens, tokens.length + 1);
    ended[tokens.length] = tokenizer.endOfDocument();
    return ended;
  }
}
