package org.gristmill.tokenize.bpe;

import org.gristmill.tokenize.bpe.BytePairEncoder.WholeWords;

/** Encodes pieces, and remembers those it has met; for one thread at a time. */
final class WordEncoder implements Pretokenizer.Pieces {
  private static final int SHORT = 8;
  private static final int MIDDLE = 15;
  private static final int LONG = 31;

  private final Vocabulary vocabulary;
  private final Merger merger;
  private final Joints joints;
  private final Joints.Recent recent;
  private final WholeWords wholeWords;
  private final WordCache words = new WordCache(1, 15); // of up to eight bytes, the last not 0
  private final WordCache middleWords = new WordCache(2, 14);
  private final WordCache longWords = new WordCache(4, 13);
  private final WordCache parts = new WordCache(1, 13); // of words: merged, even if tokens
  private TokenBuffer out;
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

  void encode(Pretokenizer pretokenizer, byte[] text, int from, int to, TokenBuffer buffer) {
    out = buffer;
    pretokenizer.cut(text, from, to, this);
  }

  void encodePiece(byte[] text, int from, int to, TokenBuffer buffer) {
    out = buffer;
    add(text, from, to);
  }

  @Override
  public void add(byte[] text, int from, int to) {
    TokenBuffer out = this.out;
    int length = to - from;
    out.reserve(length + WordCache.SLACK); // a token has a byte at least
    if (length <= SHORT && from <= text.length - 8 && text[to - 1] != 0) {
      long key = Utf8.word(text, from) & -1L >>> -length * 8;
      int set = words.set(key);
      long[] table = words.table;
      if (table[set] == key && table[set + 1] > 0) {
        out.size = WordCache.unpack(table[set + 1], out.ids, out.size);
        return;
      }
    }
    piece(text, from, to, out);
  }

  /** Encodes a piece of any kind. */
  private void piece(byte[] text, int from, int to, TokenBuffer out) {
    int length = to - from;
    if (length <= SHORT && text[to - 1] != 0) {
      shortPiece(text, from, to, out);
    } else if (length <= MIDDLE) {
      middlePiece(text, from, to, out);
    } else {
      int end = joints.end(text, from, to, recent);
      if (end < to) {
        parts(text, from, end, to, out);
      } else if (length <= LONG) {
        longPiece(text, from, to, out);
      } else {
        whole(text, from, to, out);
      }
    }
  }

  private void shortPiece(byte[] text, int from, int to, TokenBuffer out) {
    long key = Utf8.word(text, from, to - from);
    int set = words.set(key);
    long value = words.find(set, key);
    int before = out.size;
    if (value != 0) {
      out.size = words.ids(value, out.ids, before);
    } else {
      unknown(text, from, to, out);
      words.put(set, key, 0, 0, 0, out.ids, before, out.size);
    }
  }

  private void middlePiece(byte[] text, int from, int to, TokenBuffer out) {
    int length = to - from;
    long low = Utf8.word(text, from, Math.min(8, length));
    long high = Utf8.word(text, from + 8, Math.max(0, length - 8)) | (long) length << 56;
    int set = middleWords.set(low, high);
    long value = middleWords.find(set, low, high);
    int before = out.size;
    if (value != 0) {
      out.size = middleWords.ids(value, out.ids, before);
    } else {
      unknown(text, from, to, out);
      middleWords.put(set, low, high, 0, 0, out.ids, before, out.size);
    }
  }

  private void longPiece(byte[] text, int from, int to, TokenBuffer out) {
    int length = to - from;
    long k0 = Utf8.word(text, from);
    long k1 = Utf8.word(text, from + 8);
    long k2 = Utf8.word(text, from + 16, Math.min(8, length - 16));
    long k3 = Utf8.word(text, from + 24, Math.max(0, length - 24)) | (long) length << 56;
    int set = longWords.set(k0, k1, k2, k3);
    long value = longWords.find(set, k0, k1, k2, k3);
    int before = out.size;
    if (value != 0) {
      out.size = longWords.ids(value, out.ids, before);
    } else {
      whole(text, from, to, out);
      longWords.put(set, k0, k1, k2, k3, out.ids, before, out.size);
    }
  }

  private void unknown(byte[] text, int from, int to, TokenBuffer out) {
    int end = joints.end(text, from, to, recent);
    if (end < to) {
      parts(text, from, end, to, out);
    } else {
      whole(text, from, to, out);
    }
  }

  /** Encodes a piece that tokens may join from end to end. */
  private void whole(byte[] text, int from, int to, TokenBuffer out) {
    int whole = wholeWords == WholeWords.FIRST ? vocabulary.find(text, from, to) : -1;
    if (whole >= 0) {
      out.ids[out.size++] = whole;
    } else {
      merger.merge(text, from, to, out);
    }
  }

  /** Encodes a piece in parts that no token joins, so that it is no token itself. */
  private void parts(byte[] text, int from, int firstEnd, int to, TokenBuffer out) {
    part(text, from, firstEnd, out);
    for (int start = firstEnd; start < to; ) {
      int end = joints.end(text, start, to, recent);
      part(text, start, end, out);
      start = end;
    }
  }

  private void part(byte[] text, int from, int to, TokenBuffer out) {
    if (to - from == 1) {
      out.ids[out.size++] = merger.id(text[from]);
    } else if (to - from > SHORT || text[to - 1] == 0) {
      merger.merge(text, from, to, out);
    } else {
      long key = Utf8.word(text, from, to - from);
      int set = parts.set(key);
      long value = parts.find(set, key);
      int before = out.size;
      if (value != 0) {
        out.size = parts.ids(value, out.ids, before);
      } else {
        merger.merge(text, from, to, out);
        parts.put(set, key, 0, 0, 0, out.ids, before, out.size);
      }
    }
  }
}
