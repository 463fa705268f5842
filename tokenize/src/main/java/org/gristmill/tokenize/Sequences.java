package org.gristmill.tokenize;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** What every writer checks before it writes, so that nothing is written that would be misread. */
public final class Sequences {
  private Sequences() {}

  /**
   * The one length of all sequences.
   *
   * @throws IllegalArgumentException if there are no sequences, they differ in length or tracks, a
   *     piece is empty or they overrun the sequence, a token or label is not in the vocabulary, or
   *     the format cannot hold the vocabulary or a track
   */
  public static int length(ShardWriter writer, Tokenizer tokenizer, List<Sequence> sequences) {
    if (sequences.isEmpty()) {
      throw new IllegalArgumentException("sequences: there are none");
    }
    int vocabulary = tokenizer.vocabularySize();
    if (vocabulary > writer.mostTokens()) {
      throw new IllegalArgumentException(
          "tokenizer: the vocabulary of %s has %d ids, the format %s holds at most %d"
              .formatted(tokenizer.name(), vocabulary, writer.name(), writer.mostTokens()));
    }
    Sequence first = sequences.get(0);
    Set<Track> tracks = first.tracks().keySet();
    if (!writer.tracks().containsAll(tracks)) {
      throw new IllegalArgumentException(
          "sequences: the format " + writer.name() + " cannot hold " + tracks);
    }
    for (Sequence sequence : sequences) {
      check(sequence, first.tokens().length, tracks);
      if (sequence.labelled() && !tracks.contains(Track.LABELS)) {
        throw new IllegalArgumentException("sequences: labels of pieces, but none of tokens");
      }
      for (int token : sequence.tokens()) {
        if (token < 0 || token >= vocabulary) {
          throw new IllegalArgumentException(
              "sequences: token " + token + " is not in the vocabulary of " + tokenizer.name());
        }
      }
      for (Map.Entry<Track, int[]> track : sequence.tracks().entrySet()) {
        check(track.getKey(), track.getValue(), vocabulary);
      }
    }
    return first.tokens().length;
  }

  private static void check(Sequence sequence, int length, Set<Track> tracks) {
    if (sequence.tokens().length != length) {
      throw new IllegalArgumentException(
          "sequences: one of " + length + " tokens, one of " + sequence.tokens().length);
    }
    if (sequence.used() > length || sequence.pieces().stream().anyMatch(p -> p.length() < 1)) {
      throw new IllegalArgumentException("sequences: pieces do not fit: " + sequence.pieces());
    }
    if (!sequence.tracks().keySet().equals(tracks)
        || sequence.tracks().values().stream().anyMatch(values -> values.length != length)) {
      throw new IllegalArgumentException("sequences: not all have the tracks " + tracks);
    }
  }

  private static void check(Track track, int[] values, int vocabulary) {
    for (int value : values) {
      boolean holds =
          track == Track.LABELS
              ? value == Track.IGNORED || value >= 0 && value < vocabulary
              : value >= 0 && value < (track == Track.LOSS_MASK ? 2 : 256);
      if (!holds) {
        throw new IllegalArgumentException("sequences: " + track.column() + " holds " + value);
      }
    }
  }
}
