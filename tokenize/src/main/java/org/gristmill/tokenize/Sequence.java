package org.gristmill.tokenize;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One training sequence: pieces of documents, one behind the other, then padding.
 *
 * @param tokens exactly the sequence length; padded with the end-of-document id
 * @param pieces in their order; their lengths sum to the tokens before the padding
 * @param tracks what the objective says of each token: arrays as long as {@code tokens}; all
 *     sequences of a shard have the same ones
 */
public record Sequence(int[] tokens, List<Piece> pieces, SortedMap<Track, int[]> tracks) {
  /**
   * A run of tokens of one document.
   *
   * @param id the document's
   * @param start first token within the document, from 0
   * @param length tokens in this piece, at least 1
   * @param label what is to be predicted of the piece as a whole, {@link Track#IGNORED} if nothing
   */
  public record Piece(String id, int start, int length, int label) {
    /** A piece of which nothing is to be predicted as a whole. */
    public Piece(String id, int start, int length) {
      this(id, start, length, Track.IGNORED);
    }
  }

  public Sequence {
    pieces = List.copyOf(pieces);
    tracks = Collections.unmodifiableSortedMap(new TreeMap<>(tracks));
  }

  /** A sequence without tracks. */
  public Sequence(int[] tokens, List<Piece> pieces) {
    this(tokens, pieces, new TreeMap<>(Map.of()));
  }

  /** Tokens before the padding. */
  public int used() {
    return pieces.stream().mapToInt(Piece::length).sum();
  }

  /** Whether something is to be predicted of a piece as a whole. */
  public boolean labelled() {
    return pieces.stream().anyMatch(piece -> piece.label() != Track.IGNORED);
  }
}
