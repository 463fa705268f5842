package org.gristmill.tokenize.huggingface;

import java.util.List;
import java.util.Map;
import org.gristmill.tokenize.bpe.BytePairEncoder;
import org.gristmill.tokenize.bpe.BytePairEncoder.WholeWords;
import org.gristmill.tokenize.bpe.Pretokenizer;
import org.gristmill.tokenize.bpe.TokenBuffer;
import org.gristmill.tokenize.bpe.Vocabulary;
import org.gristmill.tokenize.model.IntList;
import org.gristmill.tokenize.model.ModelError;

/** Byte-level byte-pair encoding: the vocabulary's letters are read as the bytes they spell. */
final class ByteBpe implements PieceEncoder {
  private final BytePairEncoder encoder;
  private final boolean scans;
  private final ThreadLocal<TokenBuffer> buffers = ThreadLocal.withInitial(TokenBuffer::new);

  /**
   * @param scanner cuts the pieces that are given into smaller ones; null if they are not cut
   */
  ByteBpe(
      Map<String, Integer> tokens,
      List<String[]> pairs,
      boolean ignoreMerges,
      Pretokenizer scanner) {
    int bound = tokens.values().stream().mapToInt(id -> id + 1).max().orElse(0);
    byte[][] bytes = new byte[bound][];
    tokens.forEach(
        (token, id) -> {
          byte[] spelled = ByteLetters.read(token);
          bytes[id] = spelled == null || spelled.length == 0 ? null : spelled;
        });
    int[] lefts = new int[pairs.size()];
    int[] rights = new int[pairs.size()];
    for (int i = 0; i < lefts.length; i++) {
      Integer left = tokens.get(pairs.get(i)[0]);
      Integer right = tokens.get(pairs.get(i)[1]);
      if (left == null || right == null) {
        throw new ModelError("merge " + i + " is of a token that is not in the vocabulary");
      }
      lefts[i] = left;
      rights[i] = right;
    }
    scans = scanner != null;
    WholeWords words = ignoreMerges ? WholeWords.FIRST : WholeWords.MERGED;
    try {
      encoder =
          BytePairEncoder.ofMerges(
              Vocabulary.of(bytes), lefts, rights, words, scans ? scanner : NONE);
    } catch (IllegalArgumentException e) {
      throw new ModelError(e.getMessage());
    }
  }

  /** Never asked, for pieces are encoded as they are. */
  private static final Pretokenizer NONE =
      (text, from, to, out) -> {
        throw new IllegalStateException("pieces are not cut");
      };

  /** Whether the vocabulary spells every byte, so that no piece has an unknown part. */
  static boolean spellsAll(Map<String, Integer> tokens) {
    boolean[] found = new boolean[256];
    for (String token : tokens.keySet()) {
      byte[] bytes = token.length() == 1 ? ByteLetters.read(token) : null;
      if (bytes != null) {
        found[bytes[0] & 0xFF] = true;
      }
    }
    for (boolean b : found) {
      if (!b) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void encode(byte[] text, int from, int to, IntList out) {
    TokenBuffer buffer = buffers.get();
    buffer.clear();
    if (scans) {
      encoder.encode(text, from, to, buffer);
    } else {
      encoder.encodePiece(text, from, to, buffer);
    }
    int[] ids = buffer.toArray();
    out.addAll(ids, 0, ids.length);
  }
}
