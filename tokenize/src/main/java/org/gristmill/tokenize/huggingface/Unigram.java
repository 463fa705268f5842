package org.gristmill.tokenize.huggingface;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.gristmill.tokenize.model.IntList;
import org.gristmill.tokenize.model.PieceMap;
import org.gristmill.tokenize.model.Trie;
import org.gristmill.tokenize.model.Utf8;

/**
 * Unigram: the segmentation of highest score, by Viterbi over byte positions, summed in double
 * precision from the start of the piece. Unknown characters in a row are one unknown token, or the
 * token that they spell, or their bytes.
 *
 * @see <a
 *     href="https://github.com/huggingface/tokenizers/blob/main/tokenizers/src/models/unigram/model.rs">The
 *     reference</a>
 */
final class Unigram implements PieceEncoder {
  private static final double UNKNOWN_PENALTY = 10.0;

  private final Trie trie = new Trie();
  private final PieceMap ids = new PieceMap();
  private final double[] scores;
  private final double unknownScore;
  private final int unknown;
  private final int[] bytes;

  /** Best path to each position. */
  private static final class Paths {
    double[] scores = new double[0];
    int[] ids = new int[0];
    int[] starts = new int[0];

    void reset(int length) {
      if (starts.length <= length) {
        scores = new double[length + length / 2 + 1];
        ids = new int[scores.length];
        starts = new int[scores.length];
      }
      Arrays.fill(starts, 0, length + 1, -1);
      scores[0] = 0;
    }
  }

  private final ThreadLocal<Paths> paths = ThreadLocal.withInitial(Paths::new);

  /**
   * @param hidden tokens that no text is cut into
   */
  Unigram(
      List<String> tokens, double[] scores, int unknown, boolean byteFallback, Set<String> hidden) {
    this.scores = scores;
    this.unknown = unknown;
    double least = Double.POSITIVE_INFINITY;
    for (int id = 0; id < tokens.size(); id++) {
      byte[] token = tokens.get(id).getBytes(StandardCharsets.UTF_8);
      if (!hidden.contains(tokens.get(id))) {
        ids.put(token, id);
        if (token.length > 0) {
          trie.put(token, 0, id);
        }
      }
      least = scores[id] < least ? scores[id] : least;
    }
    unknownScore = least - UNKNOWN_PENALTY;
    bytes = byteFallback ? new int[256] : null;
    for (int b = 0; byteFallback && b < 256; b++) {
      bytes[b] =
          ids.get(String.format(Locale.ROOT, "<0x%02X>", b).getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public void encode(byte[] text, int from, int to, IntList out) {
    int length = to - from;
    Paths path = paths.get();
    path.reset(length);
    for (int start = 0; start < length; ) {
      int next = start + Utf8.length(text[from + start]);
      if (!extend(path, text, from, start, next, length)) {
        offer(path, start, next, unknownScore + path.scores[start], unknown);
      }
      start = next;
    }
    int first = out.size();
    for (int end = length; end > 0; end = path.starts[end]) {
      out.add(end);
    }
    int[] ends = Arrays.copyOfRange(out.array(), first, out.size());
    out.truncate(first);
    for (int i = ends.length - 1; i >= 0; ) {
      int id = path.ids[ends[i]];
      int start = path.starts[ends[i]];
      int last = i--;
      while (id == unknown && i >= 0 && path.ids[ends[i]] == unknown) {
        last = i--;
      }
      if (id == unknown) {
        add(text, from + start, from + ends[last], out);
      } else {
        out.add(id);
      }
    }
  }

  private void add(byte[] text, int from, int to, IntList out) {
    int id = ids.get(text, from, to);
    int before = out.size();
    for (int i = from; id == PieceMap.NONE && bytes != null && i < to; i++) {
      int byteId = bytes[text[i] & 0xFF];
      if (byteId == PieceMap.NONE) {
        out.truncate(before);
        break;
      }
      out.add(byteId);
    }
    if (out.size() == before) {
      out.add(id == PieceMap.NONE ? unknown : id);
    }
  }

  private boolean extend(Paths path, byte[] text, int from, int start, int next, int length) {
    boolean single = false;
    int node = Trie.ROOT;
    for (int end = start; end < length; ) {
      node = trie.next(node, text[from + end++] & 0xFF);
      if (node == Trie.END) {
        break;
      }
      int id = trie.id(node);
      if (id != Trie.NONE) {
        offer(path, start, end, scores[id] + path.scores[start], id);
        single |= end == next;
      }
    }
    return single;
  }

  private static void offer(Paths path, int start, int end, double score, int id) {
    if (path.starts[end] == -1 || score > path.scores[end]) {
      path.scores[end] = score;
      path.starts[end] = start;
      path.ids[end] = id;
    }
  }
}
