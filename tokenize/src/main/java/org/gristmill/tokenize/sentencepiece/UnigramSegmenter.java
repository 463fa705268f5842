package org.gristmill.tokenize.sentencepiece;

import java.util.Arrays;
import org.gristmill.tokenize.model.IntList;
import org.gristmill.tokenize.model.Trie;
import org.gristmill.tokenize.model.Utf8;

/**
 * The segmentation of highest score, by Viterbi over byte positions. Scores are summed in the
 * reference's own precision and order, from the start of the text on, so that ties and rounding
 * fall as they do there.
 *
 * @see <a href="https://arxiv.org/abs/1804.10959">Kudo 2018, Subword Regularization</a>
 * @see <a
 *     href="https://github.com/google/sentencepiece/blob/master/src/unigram_model.cc">EncodeOptimized
 *     of SentencePiece</a>
 */
final class UnigramSegmenter implements Segmenter {
  /** How much less an unknown character scores than the worst piece. */
  private static final float UNKNOWN_PENALTY = 10.0f;

  /** What a user-defined symbol scores for each byte behind its first, whatever the file says. */
  private static final double SYMBOL_BYTE = 0.1;

  private final Vocabulary vocabulary;
  private final Trie trie = new Trie();
  private final float[] scores;
  private final float unknownScore;
  private final boolean[] userDefined;

  /** Best path to each position. */
  private static final class Paths {
    float[] scores = new float[0];
    int[] ids = new int[0];
    int[] starts = new int[0];

    void reset(int length) {
      if (starts.length <= length) {
        scores = new float[length + length / 2 + 1];
        ids = new int[scores.length];
        starts = new int[scores.length];
      }
      Arrays.fill(starts, 0, length + 1, -1);
      scores[0] = 0;
    }
  }

  private final ThreadLocal<Paths> paths = ThreadLocal.withInitial(Paths::new);

  UnigramSegmenter(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
    int size = vocabulary.pieces.size();
    scores = new float[size];
    userDefined = new boolean[size];
    float low = Float.MAX_VALUE;
    for (int id = 0; id < size; id++) {
      Spec.Piece piece = vocabulary.pieces.get(id);
      scores[id] = piece.score();
      userDefined[id] = piece.type() == Spec.USER_DEFINED;
      if (piece.type() == Spec.NORMAL) {
        low = Math.min(low, piece.score());
      }
      if (piece.type() == Spec.NORMAL || userDefined[id]) {
        trie.put(piece.text(), 0, id);
      }
    }
    unknownScore = low - UNKNOWN_PENALTY;
  }

  @Override
  public void segment(byte[] text, int length, IntList out) {
    Paths path = paths.get();
    path.reset(length);
    for (int start = 0; start < length; ) {
      int next = start + Utf8.length(text[start]);
      if (!extend(path, text, start, next, length)) {
        offer(path, start, next, unknownScore + path.scores[start], vocabulary.unknown);
      }
      start = next;
    }
    int first = out.size();
    for (int end = length; end > 0; end = path.starts[end]) {
      out.add(end);
    }
    int[] ends = Arrays.copyOfRange(out.array(), first, out.size());
    out.truncate(first);
    for (int i = ends.length - 1; i >= 0; i--) {
      vocabulary.add(path.ids[ends[i]], text, path.starts[ends[i]], ends[i], out);
    }
  }

  /** Offers every piece that starts here; whether one of them is the first character alone. */
  private boolean extend(Paths path, byte[] text, int start, int next, int length) {
    float score = path.scores[start];
    boolean single = false;
    int node = Trie.ROOT;
    for (int end = start; end < length; ) {
      node = trie.next(node, text[end++] & 0xFF);
      if (node == Trie.END) {
        break;
      }
      int id = trie.id(node);
      if (id != Trie.NONE) {
        double own = userDefined[id] ? (end - start - 1) * SYMBOL_BYTE : scores[id];
        offer(path, start, end, (float) (own + score), id);
        single |= end == next;
      }
    }
    return single;
  }

  private static void offer(Paths path, int start, int end, float score, int id) {
    if (path.starts[end] == -1 || score > path.scores[end]) {
      path.scores[end] = score;
      path.starts[end] = start;
      path.ids[end] = id;
    }
  }
}
