package org.gristmill.tokenize;

import java.util.OptionalInt;
import org.gristmill.core.Text;

/**
 * Text to token ids and back: {@code decode(encode(t))} equals {@code t} for every text, unless the
 * tokenizer is not {@link #lossless()}. Every implementation is a record, so that {@code
 * Blocks.facts} tells what decides its ids.
 */
public interface Tokenizer {
  /** The name in pipelines. */
  String name();

  /** The ids of the text; control tokens written out in it are ordinary text. */
  int[] encode(Text text);

  /** The text of some ids. */
  Text decode(int[] tokens);

  /** One more than the largest id that can occur, control tokens included. */
  int vocabularySize();

  /** The id that ends a document. */
  int endOfDocument();

  /** The id of a token by its name: control tokens, and what else the vocabulary has by name. */
  default OptionalInt id(String token) {
    return OptionalInt.empty();
  }

  /**
   * The bytes that a token stands for; its name if it stands for none, as control tokens do; empty
   * for an id that no token has.
   */
  default byte[] tokenBytes(int id) {
    return decode(new int[] {id}).bytes();
  }

  /**
   * Whether every text comes back from its ids. Vocabularies that rewrite texts (case, accents,
   * spaces) or know some characters only as unknown give back what their reference does.
   */
  default boolean lossless() {
    return true;
  }
}
