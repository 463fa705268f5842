package org.gristmill.tokenize.bpe;

import org.gristmill.tokenize.bpe.BytePairEncoder.WholeWords;

/** Encodes pieces, and remembers those it has met; for one thread at a time. */
final class WordEncoder {
  private static final int BATCH = 256;
  private static final int SHORT = 15;
  private static final int LONG = 31;

  /** Ids of one word may be written beyond its last one. */
  private static final int SLACK = 2;

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
  private final WordCache words = new WordCache(2, 2, 16);
  private final WordCache parts = new WordCache(2, 2, 14); // of words: merged, even if tokens
  private final WordCache longWords = new WordCache(4, 4, 13);
  private final long[] shortKey = new long[2];
  private final long[] longKey = new long[4];
  private final int[] ends = new int[BATCH];
  private final long[] lows = new long[BATCH];
  private final long[] highs = new long[BATCH];
  private final int[] sets = new int[BATCH];
  private long sink; // keeps the reading of sets ahead from being left out
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
    keys(text, from, count);
    int[] ids = out.ids;
    int size = out.size;
    long[] table = words.table;
    int start = from;
    for (int i = 0; i < count; i++) {
      int end = ends[i];
      int set = sets[i];
      long first = table[set] ^ lows[i] | table[set + 1] ^ highs[i];
      long second = table[set + 4] ^ lows[i] | table[set + 5] ^ highs[i];
      if (first == 0 || second == 0) {
        size = WordCache.unpack(table, first == 0 ? set + 2 : set + 6, ids, size);
      } else {
        out.size = size;
        rare(text, start, end, out);
        size = out.size;
      }
      start = end;
    }
    out.size = size;
    return start;
  }

  /**
   * Works out the keys of pieces and where their sets are, and touches the sets, so that many are
   * fetched at once; a key of a piece that is too long, or ends the text, is none of any word.
   */
  private void keys(byte[] text, int from, int count) {
    int whole = text.length - 16;
    long[] table = words.table;
    long touched = 0;
    int start = from;
    for (int i = 0; i < count; i++) {
      int end = ends[i];
      int length = end - start;
      long low = -1;
      long high = -1;
      if (length <= SHORT && start <= whole) {
        low = Utf8.word(text, start) & LOW[length];
        high = Utf8.word(text, start + 8) & HIGH[length] | (long) length << 56;
      }
      int set = words.set(low, high);
      lows[i] = low;
      highs[i] = high;
      sets[i] = set;
      touched ^= table[set];
      start = end;
    }
    sink = touched;
  }

  /** Encodes a piece that is long, stands at the end of the text or is not among the words. */
  private void rare(byte[] text, int from, int to, TokenBuffer out) {
    if (to - from <= SHORT) {
      cached(words, text, from, to, out);
      return;
    }
    int end = joints.end(text, from, to, recent);
    if (end < to) {
      parts(text, from, end, to, out);
    } else if (to - from <= LONG) {
      cachedLong(text, from, to, out);
    } else {
      merged(text, from, to, out);
    }
  }

  /** Encodes a piece in parts that no token joins, so that it is no token itself. */
  private void parts(byte[] text, int from, int firstEnd, int to, TokenBuffer out) {
    int end = firstEnd;
    for (int start = from; start < to; start = end) {
      end = start == from ? firstEnd : joints.end(text, start, to, recent);
      if (end - start <= SHORT) {
        cached(parts, text, start, end, out);
      } else {
        merger.merge(text, start, end, out);
      }
    }
  }

  private void cached(WordCache cache, byte[] text, int from, int to, TokenBuffer out) {
    int length = to - from;
    long low = Utf8.word(text, from, Math.min(8, length));
    long high = Utf8.word(text, from + 8, Math.max(0, length - 8)) | (long) length << 56;
    long[] table = cache.table;
    int set = cache.set(low, high);
    for (int at = set; at <= set + 4; at += 4) {
      if (table[at] == low && table[at + 1] == high) {
        out.size = WordCache.unpack(table, at + 2, out.ids, out.size);
        return;
      }
    }
    int before = out.size;
    if (cache == parts) {
      merger.merge(text, from, to, out);
    } else {
      int end = joints.end(text, from, to, recent);
      if (end < to) {
        parts(text, from, end, to, out);
      } else {
        merged(text, from, to, out);
      }
    }
    if (out.size - before <= cache.mostIds()) {
      shortKey[0] = low;
      shortKey[1] = high;
      cache.put(set, shortKey, out.ids, before, out.size);
    }
  }

  private void cachedLong(byte[] text, int from, int to, TokenBuffer out) {
    long k0 = Utf8.word(text, from);
    long k1 = Utf8.word(text, from + 8);
    long k2 = Utf8.word(text, from + 16, Math.min(8, to - from - 16));
    long k3 = Utf8.word(text, from + 24, Math.max(0, to - from - 24)) | (long) (to - from) << 56;
    long[] table = longWords.table;
    int set = longWords.longSet(k0, k1, k2, k3);
    for (int at = set; at <= set + 8; at += 8) {
      if (table[at] == k0 && table[at + 1] == k1 && table[at + 2] == k2 && table[at + 3] == k3) {
        out.size = WordCache.unpack(table, at + 4, out.ids, out.size);
        return;
      }
    }
    int before = out.size;
    merged(text, from, to, out);
    if (out.size - before <= longWords.mostIds()) {
      longKey[0] = k0;
      longKey[1] = k1;
      longKey[2] = k2;
      longKey[3] = k3;
      longWords.put(set, longKey, out.ids, before, out.size);
    }
  }

  private void merged(byte[] text, int from, int to, TokenBuffer out) {
    int whole = wholeWords == WholeWords.FIRST ? vocabulary.find(text, from, to) : -1;
    if (whole >= 0) {
      out.ids[out.size++] = whole;
    } else {
      merger.merge(text, from, to, out);
    }
  }
}
