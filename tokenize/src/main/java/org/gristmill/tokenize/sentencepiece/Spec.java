package org.gristmill.tokenize.sentencepiece;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.gristmill.tokenize.model.ModelError;

/**
 * What a model file says, defaults filled in.
 *
 * @see <a
 *     href="https://github.com/google/sentencepiece/blob/master/src/sentencepiece_model.proto">The
 *     message and its defaults</a>
 */
final class Spec {
  static final int UNIGRAM = 1;
  static final int BPE = 2;
  static final int WORD = 3;
  static final int CHAR = 4;

  static final int NORMAL = 1;
  static final int UNKNOWN = 2;
  static final int CONTROL = 3;
  static final int USER_DEFINED = 4;
  static final int UNUSED = 5;
  static final int BYTE = 6;

  /** A piece of the vocabulary; its id is its place in the list. */
  record Piece(byte[] text, float score, int type) {}

  /**
   * How texts are rewritten.
   *
   * @param charsmap empty if no rules are given
   */
  record Normalization(
      byte[] charsmap, boolean dummyPrefix, boolean removeExtra, boolean escapeSpaces) {}

  final List<Piece> pieces = new ArrayList<>();
  int modelType = UNIGRAM;
  boolean byteFallback;
  boolean spaceAsSuffix;
  byte[] unknownSurface = " \u2047 ".getBytes(StandardCharsets.UTF_8);
  String endPiece = "</s>";
  Normalization normalizer = new Normalization(new byte[0], true, true, true);
  Normalization denormalizer = new Normalization(new byte[0], true, true, true);

  Spec(byte[] file) {
    boolean trained = false;
    boolean normalizes = false;
    Proto model = new Proto(file);
    for (int field = model.next(); field != 0; field = model.next()) {
      switch (field) {
        case 1 -> pieces.add(piece(model.message()));
        case 2 -> {
          trainer(model.message());
          trained = true;
        }
        case 3 -> {
          normalizer = normalization(model.message());
          normalizes = true;
        }
        case 5 -> denormalizer = normalization(model.message());
        default -> {} // the trainer's own tests, and what later versions add
      }
    }
    if (pieces.isEmpty() || !trained || !normalizes) {
      throw new ModelError(
          "the file has no pieces, trainer_spec or normalizer_spec: it was cut off");
    }
  }

  private static Piece piece(Proto message) {
    byte[] text = new byte[0];
    float score = 0;
    int type = NORMAL;
    for (int field = message.next(); field != 0; field = message.next()) {
      switch (field) {
        case 1 -> text = message.bytes();
        case 2 -> score = message.real();
        case 3 -> type = message.integer();
        default -> {}
      }
    }
    if (type < NORMAL || type > BYTE) {
      throw new ModelError("unknown type of a piece: " + type);
    }
    return new Piece(text, score, type);
  }

  private void trainer(Proto message) {
    for (int field = message.next(); field != 0; field = message.next()) {
      switch (field) {
        case 3 -> modelType = message.integer();
        case 24 -> spaceAsSuffix = message.bool();
        case 35 -> byteFallback = message.bool();
        case 44 -> unknownSurface = message.bytes();
        case 47 -> {
          String name = message.string();
          endPiece = name.isEmpty() ? endPiece : name;
        }
        default -> {} // decides training only
      }
    }
  }

  private static Normalization normalization(Proto message) {
    byte[] charsmap = new byte[0];
    boolean dummyPrefix = true;
    boolean removeExtra = true;
    boolean escapeSpaces = true;
    for (int field = message.next(); field != 0; field = message.next()) {
      switch (field) {
        case 2 -> charsmap = message.bytes();
        case 3 -> dummyPrefix = message.bool();
        case 4 -> removeExtra = message.bool();
        case 5 -> escapeSpaces = message.bool();
        default -> {}
      }
    }
    return new Normalization(charsmap, dummyPrefix, removeExtra, escapeSpaces);
  }
}
