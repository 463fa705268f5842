package org.gristmill.tokenize;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Every format of shards a pipeline may name. */
public final class ShardFormats {
  /** The writers, with their defaults, by name; unmodifiable. */
  public static final SortedMap<String, ShardWriter> BY_NAME = byName();

  private ShardFormats() {}

  private static SortedMap<String, ShardWriter> byName() {
    SortedMap<String, ShardWriter> map = new TreeMap<>();
    for (ShardWriter writer : new ShardWriter[] {ArrowShard.DEFAULT, new MegatronShard()}) {
      map.put(writer.name(), writer);
    }
    return Collections.unmodifiableSortedMap(map);
  }

  /**
   * The one length of all sequences; what every writer checks before it writes.
   *
   * @throws IllegalArgumentException if there are no sequences, they differ in length, a piece is
   *     empty or they overrun the sequence, or a token is not in the vocabulary
   */
  static int sequenceTokens(Tokenizer tokenizer, List<Sequence> sequences) {
    if (sequences.isEmpty()) {
      throw new IllegalArgumentException("sequences: there are none");
    }
    int length = sequences.get(0).tokens().length;
    for (Sequence sequence : sequences) {
      if (sequence.tokens().length != length) {
        throw new IllegalArgumentException(
            "sequences: one of " + length + " tokens, one of " + sequence.tokens().length);
      }
      if (sequence.used() > length || sequence.pieces().stream().anyMatch(p -> p.length() < 1)) {
        throw new IllegalArgumentException("sequences: pieces do not fit: " + sequence.pieces());
      }
      for (int token : sequence.tokens()) {
        if (token < 0 || token >= tokenizer.vocabularySize()) {
          throw new IllegalArgumentException(
              "sequences: token " + token + " is not in the vocabulary of " + tokenizer.name());
        }
      }
    }
    return length;
  }
}
