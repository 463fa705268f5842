package org.gristmill.tokenize;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.gristmill.core.Block;
import org.gristmill.core.Bounds;
import org.gristmill.core.Hash;
import org.gristmill.core.Setting;

/**
 * Packs whole documents into sequences by {@link BestFit}.
 *
 * <p>Only a document longer than a sequence is cut: into full sequences and one remainder, which is
 * packed like any other piece. The same documents in the same order give the same sequences.
 *
 * <p>The seed decides two orders by hash: of the pieces in a sequence, and of the sequences. The
 * second is a bijection of the hash that won the first, so a sequence of many small pieces is no
 * more likely to come early than another.
 *
 * @param sequenceTokens length of every sequence, at least 2
 * @param endOfDocument the id that fills up a sequence behind its last piece, at least 0
 * @param seed of both orders
 */
@Block(does = "Packs whole documents into sequences of one length and shuffles them.", version = 1)
public record Packer(
    @Setting(does = "Length of every sequence.", unit = "tokens", min = 2) int sequenceTokens,
    @Setting(does = "The token that fills up a sequence.", min = 0) int endOfDocument,
    @Setting(does = "Seed of the orders of pieces and sequences.") long seed)
    implements Serializable {

  /**
   * A document ready to be packed.
   *
   * @param id different from all others
   * @param tokens at least one; the last is the end-of-document id
   */
  public record Tokens(String id, int[] tokens) {}

  /** A piece, the tokens it is part of, and its place in the shuffle. */
  private record Placed(Sequence.Piece piece, int[] tokens, long place) {
    static final Comparator<Placed> IN_SEQUENCE =
        Comparator.<Placed>comparingLong(p -> Hash.mix(p.place)).thenComparing(Placed::compareIds);
    static final Comparator<Placed> OF_SEQUENCES =
        Comparator.comparingLong(Placed::place).thenComparing(Placed::compareIds);

    private int compareIds(Placed other) {
      int ids = piece.id().compareTo(other.piece.id());
      return ids != 0 ? ids : Integer.compare(piece.start(), other.piece.start());
    }
  }

  public Packer {
    Bounds.atLeast("sequenceTokens", sequenceTokens, 2);
    Bounds.atLeast("endOfDocument", endOfDocument, 0);
  }

  /**
   * Packs the documents.
   *
   * @throws IllegalArgumentException if a document has no tokens
   */
  public List<Sequence> pack(List<Tokens> documents) {
    List<Placed> pieces = pieces(documents);
    int[] lengths = pieces.stream().mapToInt(p -> p.piece().length()).toArray();
    List<Placed[]> bins = new ArrayList<>();
    for (int[] contents : BestFit.pack(lengths, sequenceTokens)) {
      Placed[] bin = Arrays.stream(contents).mapToObj(pieces::get).toArray(Placed[]::new);
      Arrays.sort(bin, Placed.IN_SEQUENCE);
      bins.add(bin);
    }
    bins.sort((a, b) -> Placed.OF_SEQUENCES.compare(a[0], b[0]));
    return bins.stream().map(this::sequence).toList();
  }

  private List<Placed> pieces(List<Tokens> documents) {
    List<Placed> pieces = new ArrayList<>(documents.size());
    for (Tokens document : documents) {
      int total = document.tokens().length;
      if (total == 0) {
        throw new IllegalArgumentException("tokens: document " + document.id() + " has none");
      }
      for (int start = 0; start < total; start += sequenceTokens) {
        int length = Math.min(sequenceTokens, total - start);
        pieces.add(
            new Placed(
                new Sequence.Piece(document.id(), start, length),
                document.tokens(),
                Hash.xx64(seed, document.id() + ':' + start)));
      }
    }
    return pieces;
  }

  private Sequence sequence(Placed[] bin) {
    int[] tokens = new int[sequenceTokens];
    List<Sequence.Piece> pieces = new ArrayList<>(bin.length);
    int used = 0;
    for (Placed placed : bin) {
      Sequence.Piece piece = placed.piece();
      System.arraycopy(placed.tokens(), piece.start(), tokens, used, piece.length());
      used += piece.length();
      pieces.add(piece);
    }
    Arrays.fill(tokens, used, sequenceTokens, endOfDocument);
    return new Sequence(tokens, pieces);
  }
}
