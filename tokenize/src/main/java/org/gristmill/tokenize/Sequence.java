package org.gristmill.tokenize;

import java.util.List;

/**
 * One training sequence: pieces of documents, one behind the other, then padding.
 *
 * @param tokens exactly the sequence length; padded with the end-of-document id
 * @param pieces in their order; their lengths sum to the tokens before the padding
 */
public record Sequence(int[] tokens, List<Piece> pieces) {
  /**
   * A run of tokens of one document.
   *
   * @param id the document's
   * @param start first token within the document, from 0
   * @param length tokens in this piece, at least 1
   */
  public record Piece(String id, int start, int length) {}

  public Sequence {
    pieces = List.copyOf(pieces);
  }

  /** Tokens before the padding. */
  public int used() {
    return pieces.stream().mapToInt(Piece::length).sum();
  }
}
