package org.gristmill.tokenize.sentencepiece;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.gristmill.tokenize.model.IntList;
import org.gristmill.tokenize.model.ModelError;
import org.gristmill.tokenize.model.PieceMap;
import org.gristmill.tokenize.model.Trie;

/** The pieces of a model, found by their text. */
final class Vocabulary {
  private static final Pattern BYTE = Pattern.compile("<0x[0-9A-F]{2}>");

  final List<Spec.Piece> pieces;

  /** Pieces that a text may be cut into. */
  final PieceMap normal = new PieceMap();

  /** Names of control, unknown and byte pieces. */
  final PieceMap reserved = new PieceMap();

  /** User-defined symbols, which are never cut. */
  final Trie symbols = new Trie();

  final int unknown;

  /** The id of each byte, or null where an unknown character is one unknown piece. */
  private final int[] bytes;

  Vocabulary(Spec spec) {
    pieces = spec.pieces;
    int unknownId = -1;
    int[] byteIds = new int[256];
    Arrays.fill(byteIds, -1);
    for (int id = 0; id < pieces.size(); id++) {
      Spec.Piece piece = pieces.get(id);
      if (piece.text().length == 0) {
        throw new ModelError("piece " + id + " is empty");
      }
      boolean isReserved = isReserved(piece.type());
      PieceMap map = isReserved ? reserved : normal;
      if (map.get(piece.text()) != PieceMap.NONE) {
        throw new ModelError("piece " + id + " is there twice");
      }
      map.put(piece.text(), id);
      switch (piece.type()) {
        case Spec.USER_DEFINED -> symbols.put(piece.text(), 0, id);
        case Spec.UNKNOWN -> {
          if (unknownId >= 0) {
            throw new ModelError("two pieces are the unknown one");
          }
          unknownId = id;
        }
        case Spec.BYTE -> byteIds[byteOf(piece)] = id;
        default -> {}
      }
    }
    if (unknownId < 0) {
      throw new ModelError("no piece is the unknown one");
    }
    unknown = unknownId;
    bytes = spec.byteFallback ? byteIds : null;
    if (bytes != null && Arrays.stream(bytes).anyMatch(id -> id < 0)) {
      throw new ModelError("byte_fallback needs a piece for each of 256 bytes");
    }
  }

  private static boolean isReserved(int type) {
    return type == Spec.UNKNOWN || type == Spec.CONTROL || type == Spec.BYTE;
  }

  /** The byte that a byte piece stands for. */
  static int byteOf(Spec.Piece piece) {
    String name = new String(piece.text(), StandardCharsets.UTF_8);
    if (!BYTE.matcher(name).matches()) {
      throw new ModelError("byte piece " + name + " names no byte");
    }
    return Integer.parseInt(name, 3, 5, 16);
  }

  int type(int id) {
    return pieces.get(id).type();
  }

  /** The piece of a text, the unknown one if there is none. */
  int id(byte[] text, int from, int to) {
    int id = normal.get(text, from, to);
    return id == PieceMap.NONE ? unknown : id;
  }

  /**
   * Adds a piece to the ids of a text. An unknown one becomes its bytes; where the model has none
   * for them, unknown ones in a row become one.
   */
  void add(int id, byte[] text, int from, int to, IntList out) {
    if (id != unknown) {
      out.add(id);
    } else if (bytes != null) {
      for (int i = from; i < to; i++) {
        out.add(bytes[text[i] & 0xFF]);
      }
    } else if (out.size() == 0 || out.get(out.size() - 1) != unknown) {
      out.add(unknown);
    }
  }
}
