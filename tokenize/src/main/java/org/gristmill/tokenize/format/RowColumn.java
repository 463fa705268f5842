package org.gristmill.tokenize.format;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.gristmill.tokenize.Sequence;
import org.gristmill.tokenize.Tokenizer;
import org.gristmill.tokenize.Track;

/**
 * A column of the formats whose row is a sequence, Arrow and Parquet.
 *
 * @param kind of its values
 * @param bytes width of a number: 4 signed, 1 unsigned; 0 for texts
 * @param values the numbers of a row; for texts, an array as long as there are
 */
record RowColumn(String name, Kind kind, int bytes, Function<Sequence, int[]> values) {
  /** A number for each token, a number for each piece, or a text for each piece. */
  enum Kind {
    TOKENS,
    PIECES,
    TEXTS
  }

  /**
   * The columns: {@code input_ids}; {@code document_lengths}, {@code document_ids} and {@code
   * document_starts} of the pieces; their {@code document_labels}, if tokens have labels; the
   * tracks.
   */
  static List<RowColumn> of(List<Sequence> sequences) {
    List<RowColumn> columns = new ArrayList<>();
    columns.add(new RowColumn("input_ids", Kind.TOKENS, 4, Sequence::tokens));
    columns.add(pieces("document_lengths", Sequence.Piece::length));
    columns.add(new RowColumn("document_ids", Kind.TEXTS, 0, row -> new int[row.pieces().size()]));
    columns.add(pieces("document_starts", Sequence.Piece::start));
    if (sequences.get(0).tracks().containsKey(Track.LABELS)) {
      columns.add(pieces("document_labels", Sequence.Piece::label));
    }
    for (Track track : sequences.get(0).tracks().keySet()) {
      columns.add(
          new RowColumn(
              track.column(), Kind.TOKENS, track.bytes(), row -> row.tracks().get(track)));
    }
    return columns;
  }

  private static RowColumn pieces(
      String name, java.util.function.ToIntFunction<Sequence.Piece> value) {
    return new RowColumn(
        name, Kind.PIECES, 4, row -> row.pieces().stream().mapToInt(value).toArray());
  }

  int[] values(Sequence row) {
    return values.apply(row);
  }

  int count(Sequence row) {
    return kind == Kind.TOKENS ? row.tokens().length : row.pieces().size();
  }

  /** What a file says of all its rows. */
  static SortedMap<String, String> metadata(Tokenizer tokenizer, int sequenceTokens) {
    SortedMap<String, String> metadata = new TreeMap<>();
    metadata.put("gristmill.format", ArrowShard.FORMAT);
    metadata.put("tokenizer", tokenizer.name());
    metadata.put("vocabulary_size", Integer.toString(tokenizer.vocabularySize()));
    metadata.put("end_of_document", Integer.toString(tokenizer.endOfDocument()));
    metadata.put("sequence_tokens", Integer.toString(sequenceTokens));
    return metadata;
  }
}
