package org.gristmill.tokenize.objective;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.gristmill.core.Blocks;
import org.gristmill.core.SettingError;
import org.gristmill.tokenize.Packer;
import org.gristmill.tokenize.Tokenizer;
import org.gristmill.tokenize.Track;

/**
 * What is to be learned of documents, in two steps that are both before packing: {@link #encode}
 * sees the text of one document, {@link #examples} the tokens of all documents of a shard.
 *
 * <p>All chance follows from a seed and the documents' ids, so that the same documents give the
 * same examples on any cluster. Every implementation is a record, a block like any other.
 */
public interface Objective {
  /** Its name in pipelines. */
  default String name() {
    return Blocks.name(getClass());
  }

  /**
   * Longest piece, in tokens, that only makes sense as a whole; 0 if pieces may be cut.
   *
   * @return at most the length of a sequence, or the pipeline is refused
   */
  default int wholeTokens() {
    return 0;
  }

  /** What it says of tokens. */
  default Set<Track> tracks() {
    return Set.of();
  }

  /** Whether it needs to know who said what. */
  default boolean ofDialogues() {
    return false;
  }

  /**
   * Whether a tokenizer has what is needed.
   *
   * @throws SettingError if not, naming what is missing
   */
  default void check(Tokenizer tokenizer) {}

  /**
   * The tokens of a document.
   *
   * @throws org.gristmill.core.UserError if it is not the kind of document this is for
   */
  Encoded encode(Tokenizer tokenizer, Passage document);

  /**
   * What is packed of the documents of a shard; each part as it is, unless said otherwise.
   *
   * @param documents of this objective, as {@link #encode} made them, in an order that follows from
   *     their ids
   */
  default List<Packer.Tokens> examples(Tokenizer tokenizer, List<Encoded> documents) {
    List<Packer.Tokens> examples = new ArrayList<>();
    documents.forEach(document -> examples.addAll(document.pieces()));
    return examples;
  }

  /**
   * The id of a token that a setting names.
   *
   * @throws SettingError if the tokenizer has none of that name
   */
  static int token(Tokenizer tokenizer, String setting, String name) {
    return tokenizer
        .id(name)
        .orElseThrow(
            () ->
                new SettingError(
                    setting, "is " + name + ", which is no token of " + tokenizer.name()));
  }
}
