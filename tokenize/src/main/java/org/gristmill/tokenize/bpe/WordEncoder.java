package org.gristmill.tokenize.bpe;

import org.gristmill.tokenize.bpe.BytePairEncoder.WholeWords;

/** Encodes pieces, and remembers those it has met; for one thread at a time. */
final class WordEncoder {
  private static final int BATCH = 512;
  private static final int SHORT = 15;
  private static final int LONG = 31;

  /** Ids of one word may be written beyond its last one. */
  private static final int SLACK = 2;

  /** Marks the key of a part of a piece, which is merged even if it is a token as a whole. */
  private static final long PART = 1L << 63;

  private static final long[] LOW = new long[SHORT + 1];
  private static final long[] HIGH = new long[SHORT + 1];

  static {
    for (int length = 0; length <= SHORT; length++) {
      LOW[length] = length >= 8 ? -1L : (1L << 8 * length) - 1;
      HIGH[length] = length <= 8 ? 0 : (1L << 8 * (length - 8)) - 1;
    }
  }

  private final Vocabulary vocabulary;
  private final Merger merger;
  private final Joints joints;
  private final Joints.Recent recent;
  private final WholeWords wholeWords;
  private final WordCache shortWords = new WordCache(2, 2, 16);
  private final WordCache longWords = new WordCache(4, 4, 13);
  private final long[] shortKey = new long[2];
  private final long[] longKey = new long[4];
  private final int[] ends = new int[BATCH];
  private final TokenBuffer buffer = new TokenBuffer();

  WordEncoder(Vocabulary vocabulary, Merger merger, Joints joints, WholeWords wholeWords) {
    this.vocabulary = vocabulary;
    this.merger = merger;
    this.joints = joints;
    this.recent = joints.new Recent();
    this.wholeWords = wholeWords;
  }

  /** An empty buffer, for whoever has borrowed this encoder. */
  TokenBuffer buffer() {
    buffer.clear();
    return buffer;
  }

  void encode(Pretokenizer.Pieces pieces, byte[] text, int from, TokenBuffer out) {
    int start = from;
    for (int count = pieces.next(ends); count > 0; count = pieces.next(ends)) {
      out.reserve(ends[count - 1] - start + SLACK); // a token has a byte at least
      start = encode(text, start, count, out);
    }
  }

  void encodePiece(byte[] text, int from, int to, TokenBuffer out) {
    out.reserve(to - from + SLACK);
    ends[0] = to;
    encode(text, from, 1, out);
  }

  /** Encodes the pieces that end at the first ends; where the last one does. */
  private int encode(byte[] text, int from, int count, TokenBuffer out) {
    int whole = text.length - 16;
    int[] ids = out.ids;
    int size = out.size;
    long[] table = shortWords.table;
    int start = from;
    for (int i = 0; i < count; i++) {
      int end = ends[i];
      int length = end - start;
      if (length <= SHORT && start <= whole) {
        long low = Utf8.word(text, start) & LOW[length];
        long high = Utf8.word(text, start + 8) & HIGH[length] | (long) length << 56;
        int set = shortWords.set(low, high);
        long first = table[set] ^ low | table[set + 1] ^ high;
        long second = table[set + 4] ^ low | table[set + 5] ^ high;
        if (first == 0 || second == 0) {
          size = WordCache.unpack(table, first == 0 ? set + 2 : set + 6, ids, size);
          start = end;
          continue;
        }
      }
      out.size = size;
      rare(text, start, end, 0, out);
      size = out.size;
      start = end;
    }
    out.size = size;
    return start;
  }

  /** Encodes a piece that the first entry of its set does not hold. */
  private void rare(byte[] text, int from, int to, long part, TokenBuffer out) {
    int length = to - from;
    if (length <= SHORT) {
      long low = Utf8.word(text, from, Math.min(8, length));
      long high = Utf8.word(text, from + 8, Math.max(0, length - 8)) | (long) length << 56 | part;
      cached(text, from, to, low, high, part, out);
    } else if (length <= LONG) {
      cachedLong(text, from, to, part, out);
    } else {
      merged(text, from, to, part, out);
    }
  }

  private void cached(
      byte[] text, int from, int to, long low, long high, long part, TokenBuffer out) {
    long[] table = shortWords.table;
    int set = shortWords.set(low, high);
    for (int at = set; at <= set + 4; at += 4) {
      if (table[at] == low && table[at + 1] == high) {
        out.size = WordCache.unpack(table, at + 2, out.ids, out.size);
        return;
      }
    }
    int before = out.size;
    merged(text, from, to, part, out);
    if (out.size - before <= shortWords.mostIds()) {
      shortKey[0] = low;
      shortKey[1] = high;
      shortWords.put(set, shortKey, out.ids, before, out.size);
    }
  }

  private void cachedLong(byte[] text, int from, int to, long part, TokenBuffer out) {
    long k0 = Utf8.word(text, from);
    long k1 = Utf8.word(text, from + 8);
    long k2 = Utf8.word(text, from + 16, Math.min(8, to - from - 16));
    long k3 = Utf8.word(text, from + 24, Math.max(0, to - from - 24));
    k3 |= (long) (to - from) << 56 | part;
    long[] table = longWords.table;
    int set = longWords.longSet(k0, k1, k2, k3);
    for (int at = set; at <= set + 8; at += 8) {
      if (table[at] == k0 && table[at + 1] == k1 && table[at + 2] == k2 && table[at + 3] == k3) {
        out.size = WordCache.unpack(table, at + 4, out.ids, out.size);
        return;
      }
    }
    int before = out.size;
    merged(text, from, to, part, out);
    if (out.size - before <= longWords.mostIds()) {
      longKey[0] = k0;
      longKey[1] = k1;
      longKey[2] = k2;
      longKey[3] = k3;
      longWords.put(set, longKey, out.ids, before, out.size);
    }
  }

  /** Encodes a piece, or a part of one, that no cache holds. */
  private void merged(byte[] text, int from, int to, long part, TokenBuffer out) {
    if (part == 0) {
      int end = joints.end(text, from, to, recent);
      if (end < to) { // so that it is no token either
        for (int start = from; start < to; start = end) {
          end = joints.end(text, start, to, recent);
          rare(text, start, end, PART, out);
        }
        return;
      }
      int whole = wholeWords == WholeWords.FIRST ? vocabulary.find(text, from, to) : -1;
      if (whole >= 0) {
        out.ids[out.size++] = whole;
        return;
      }
    }
    merger.merge(text, from, to, out);
  }
}
