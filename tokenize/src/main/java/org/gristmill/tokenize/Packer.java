package org.gristmill.tokenize;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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
   * A document, or an example made of one, ready to be packed.
   *
   * @param id the document's
   * @param start of the first token within the document, from 0
   * @param tokens at least one; of a whole document, the last is the end-of-document id
   * @param tracks arrays as long as {@code tokens}
   * @param label of the whole, see {@link Sequence.Piece}
   * @param copy tells apart what has the same id and start, from 0
   */
  public record Tokens(
      String id, int start, int[] tokens, SortedMap<Track, int[]> tracks, int label, int copy) {
    /** A whole document without tracks. */
    public Tokens(String id, int[] tokens) {
      this(id, 0, tokens, new TreeMap<>(), Track.IGNORED, 0);
    }
  }

  /** A piece, the tokens it is part of, and its place in the shuffle. */
  private record Placed(Sequence.Piece piece, Tokens of, int from, long place) {
    static final Comparator<Placed> IN_SEQUENCE =
        Comparator.<Placed>comparingLong(p -> Hash.mix(p.place)).thenComparing(Placed::compareIds);
    static final Comparator<Placed> OF_SEQUENCES =
        Comparator.comparingLong(Placed::place).thenComparing(Placed::compareIds);

    private int compareIds(Placed other) {
      int ids = piece.id().compareTo(other.piece.id());
      int starts = ids != 0 ? ids : Integer.compare(piece.start(), other.piece.start());
      return starts != 0 ? starts : Integer.compare(of.copy(), other.of.copy());
    }
  }

  public Packer {
    Bounds.atLeast("sequenceTokens", sequenceTokens, 2);
    Bounds.atLeast("endOfDocument", endOfDocument, 0);
  }

  /** Packs documents without tracks. */
  public List<Sequence> pack(List<Tokens> documents) {
    return pack(documents, Set.of());
  }

  /**
   * Packs the documents.
   *
   * @param tracks that every sequence gets; where a document does not have one, {@link
   *     Track#absent} stands for it
   * @throws IllegalArgumentException if a document has no tokens, or another track
   */
  public List<Sequence> pack(List<Tokens> documents, Set<Track> tracks) {
    for (Tokens document : documents) {
      if (!tracks.containsAll(document.tracks().keySet())) {
        throw new IllegalArgumentException(
            "tracks: document " + document.id() + " has " + document.tracks().keySet());
      }
    }
    List<Placed> pieces = pieces(documents);
    int[] lengths = pieces.stream().mapToInt(p -> p.piece().length()).toArray();
    List<Placed[]> bins = new ArrayList<>();
    for (int[] contents : BestFit.pack(lengths, sequenceTokens)) {
      Placed[] bin = Arrays.stream(contents).mapToObj(pieces::get).toArray(Placed[]::new);
      Arrays.sort(bin, Placed.IN_SEQUENCE);
      bins.add(bin);
    }
    bins.sort((a, b) -> Placed.OF_SEQUENCES.compare(a[0], b[0]));
    return bins.stream().map(bin -> sequence(bin, tracks)).toList();
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
        int at = document.start() + start;
        String copy = document.copy() == 0 ? "" : "#" + document.copy();
        pieces.add(
            new Placed(
                new Sequence.Piece(document.id(), at, length, document.label()),
                document,
                start,
                Hash.xx64(seed, document.id() + ':' + at + copy)));
      }
    }
    return pieces;
  }

  private Sequence sequence(Placed[] bin, Set<Track> wanted) {
    int[] tokens = new int[sequenceTokens];
    SortedMap<Track, int[]> tracks = new TreeMap<>();
    wanted.forEach(track -> tracks.put(track, new int[sequenceTokens]));
    List<Sequence.Piece> pieces = new ArrayList<>(bin.length);
    int used = 0;
    for (Placed placed : bin) {
      Sequence.Piece piece = placed.piece();
      int length = piece.length();
      System.arraycopy(placed.of().tokens(), placed.from(), tokens, used, length);
      for (Map.Entry<Track, int[]> track : tracks.entrySet()) {
        int[] values = placed.of().tracks().get(track.getKey());
        if (values == null) {
          Arrays.fill(track.getValue(), used, used + length, track.getKey().absent());
        } else {
          System.arraycopy(values, placed.from(), track.getValue(), used, length);
        }
      }
      used += length;
      pieces.add(piece);
    }
    Arrays.fill(tokens, used, sequenceTokens, endOfDocument);
    for (Map.Entry<Track, int[]> track : tracks.entrySet()) {
      Arrays.fill(track.getValue(), used, sequenceTokens, track.getKey().padding());
    }
    return new Sequence(tokens, pieces, tracks);
  }
}
