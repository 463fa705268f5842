package org.gristmill.tokenize.sentencepiece;

import java.util.Arrays;
import java.util.TreeMap;
import org.gristmill.tokenize.model.IntList;
import org.gristmill.tokenize.model.MergeQueue;
import org.gristmill.tokenize.model.ModelError;
import org.gristmill.tokenize.model.Neighbours;
import org.gristmill.tokenize.model.PieceMap;
import org.gristmill.tokenize.model.Trie;
import org.gristmill.tokenize.model.Utf8;
import org.gristmill.tokenize.model.WordCache;

/**
 * Byte-pair encoding over characters: of all neighbours that are a piece together, those of highest
 * score merge first, the left ones first among equals. A text is cut where no piece spans two
 * characters, and what was found for such a part is remembered.
 *
 * @see <a
 *     href="https://github.com/google/sentencepiece/blob/master/src/bpe_model.cc">SentencePiece's
 *     bpe_model.cc</a>
 */
final class BpeSegmenter implements Segmenter {
  private final Vocabulary vocabulary;
  private final Neighbours neighbours = new Neighbours();

  /** Place of each piece's score among all, the highest first. */
  private final int[] ranks;

  /** What one thread works with. */
  private static final class Desk {
    final WordCache cache = new WordCache();
    final MergeQueue queue = new MergeQueue();
    int[] starts = new int[64];
    int[] ends = new int[64];
    int[] next = new int[64];
    int[] previous = new int[64];

    void room(int symbols) {
      if (symbols >= starts.length) {
        int room = 2 * symbols;
        starts = Arrays.copyOf(starts, room);
        ends = Arrays.copyOf(ends, room);
        next = Arrays.copyOf(next, room);
        previous = Arrays.copyOf(previous, room);
      }
    }
  }

  private final ThreadLocal<Desk> desks = ThreadLocal.withInitial(Desk::new);

  BpeSegmenter(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
    TreeMap<Float, Integer> places = new TreeMap<>((a, b) -> Float.compare(b + 0f, a + 0f));
    for (Spec.Piece piece : vocabulary.pieces) {
      if (piece.type() == Spec.UNUSED) {
        throw new ModelError("pieces of type UNUSED in a BPE model are not supported");
      }
      if (piece.type() == Spec.NORMAL || piece.type() == Spec.USER_DEFINED) {
        neighbours.addAll(piece.text());
        places.put(piece.score(), 0);
      }
    }
    int place = 0;
    for (var entry : places.entrySet()) {
      entry.setValue(place++);
    }
    ranks =
        vocabulary.pieces.stream()
            .mapToInt(piece -> places.getOrDefault(piece.score(), -1))
            .toArray();
  }

  @Override
  public void segment(byte[] text, int length, IntList out) {
    Desk desk = desks.get();
    Trie symbols = vocabulary.symbols;
    int start = 0;
    int before = -1;
    for (int at = 0; at < length; ) {
      int symbol = symbols.starts(text[at] & 0xFF) ? symbols.longest(text, at, length) : Trie.END;
      if (symbol != Trie.END) {
        part(text, start, at, desk, out);
        vocabulary.add(vocabulary.id(text, at, symbol), text, at, symbol, out);
        at = symbol;
        start = at;
        before = -1;
        continue;
      }
      int c = Utf8.codePoint(text, at);
      if (before >= 0 && !neighbours.contains(before, c)) {
        part(text, start, at, desk, out);
        start = at;
      }
      before = c;
      at += Utf8.length(text[at]);
    }
    part(text, start, length, desk, out);
  }

  private void part(byte[] text, int from, int to, Desk desk, IntList out) {
    if (from == to) {
      return;
    }
    int first = out.size();
    if (!desk.cache.get(text, from, to, out)) {
      merge(text, from, to, desk, out);
      desk.cache.put(text, from, to, out, first);
    }
    // One unknown piece for unknown ones in a row, across parts as well.
    if (first > 0
        && out.size() > first
        && out.get(first) == vocabulary.unknown
        && out.get(first - 1) == vocabulary.unknown) {
      int[] all = out.array();
      System.arraycopy(all, first + 1, all, first, out.size() - first - 1);
      out.truncate(out.size() - 1);
    }
  }

  private void merge(byte[] text, int from, int to, Desk desk, IntList out) {
    int count = 0;
    for (int i = from; i < to; count++) {
      desk.room(count + 1);
      desk.starts[count] = i;
      i = Math.min(to, i + Utf8.length(text[i]));
      desk.ends[count] = i;
      desk.next[count] = i == to ? -1 : count + 1;
      desk.previous[count] = count - 1;
    }
    desk.queue.clear();
    for (int left = 0; left + 1 < count; left++) {
      offer(text, left, desk);
    }
    while (!desk.queue.isEmpty()) {
      long top = desk.queue.pop();
      int left = (int) top;
      int right = desk.next[left];
      if (desk.starts[left] < 0
          || right < 0
          || desk.ends[right] - desk.starts[left] != desk.queue.tag()) {
        continue;
      }
      desk.ends[left] = desk.ends[right];
      desk.starts[right] = -1;
      int after = desk.next[right];
      desk.next[left] = after;
      if (after >= 0) {
        desk.previous[after] = left;
        offer(text, left, desk);
      }
      if (desk.previous[left] >= 0) {
        offer(text, desk.previous[left], desk);
      }
    }
    IntList found = new IntList(count);
    for (int i = 0; i >= 0; i = desk.next[i]) {
      int id = vocabulary.id(text, desk.starts[i], desk.ends[i]);
      vocabulary.add(id, text, desk.starts[i], desk.ends[i], found);
    }
    out.addAll(found.array(), 0, found.size());
  }

  private void offer(byte[] text, int left, Desk desk) {
    int start = desk.starts[left];
    int end = desk.ends[desk.next[left]];
    int id = vocabulary.normal.get(text, start, end);
    if (id != PieceMap.NONE) {
      desk.queue.push((long) ranks[id] << 32 | left, end - start);
    }
  }
}
