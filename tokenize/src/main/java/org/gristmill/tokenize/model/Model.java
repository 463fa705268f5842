package org.gristmill.tokenize.model;

import java.util.List;
import java.util.OptionalInt;
import org.gristmill.core.Text;

/** A vocabulary file made ready to encode; immutable, shared by the threads of a JVM. */
public interface Model {
  /** The ids of the text, without any that a post-processor would add. */
  int[] encode(Text text);

  /**
   * The text of some ids, as the reference library decodes them with its special tokens.
   *
   * @throws IllegalArgumentException if one is no id of this model
   */
  Text decode(int[] tokens);

  /**
   * The bytes that a token stands for where it stands in the middle of a text; its name if it
   * stands for none, as control tokens do; empty for an id that no token has.
   */
  byte[] tokenBytes(int id);

  /** One more than the largest id. */
  int size();

  /** The id of a token by its name in the file. */
  OptionalInt id(String token);

  /** The token that ends a document, where the file says which one does. */
  OptionalInt endOfDocument();

  /** Names of the tokens that no text is cut into, but those of bytes; sorted. */
  List<String> controlTokens();

  /** Whether {@code decode(encode(t))} equals {@code t} for every text. */
  boolean lossless();
}
