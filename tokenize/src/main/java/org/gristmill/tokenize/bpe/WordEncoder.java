package org.gristmill.tokenize.bpe;

import org.gristmill.tokenize.bpe.BytePairEncoder.WholeWords;

/** Encodes pieces, and remembers those it has met; for one thread at a time. */
final class WordEncoder {
  private static final int BATCH = 512;

  private final Vocabulary vocabulary;
  private final Merger merger;
  private final Joints joints;
  private final WholeWords wholeWords;
  private final int[] ends = new int[BATCH];

  WordEncoder(Vocabulary vocabulary, Merger merger, Joints joints, WholeWords wholeWords) {
    this.vocabulary = vocabulary;
    this.merger = merger;
    this.joints = joints;
    this.wholeWords = wholeWords;
  }

  void encode(Pretokenizer.Pieces pieces, byte[] text, int from, TokenBuffer out) {
    int start = from;
    for (int count = pieces.next(ends); count > 0; count = pieces.next(ends)) {
      for (int i = 0; i < count; i++) {
        int end = ends[i];
        encodePiece(text, start, end, out);
        start = end;
      }
    }
  }

  void encodePiece(byte[] text, int from, int to, TokenBuffer out) {
    miss(text, from, to, out);
  }

  private void miss(byte[] text, int from, int to, TokenBuffer out) {
    int whole = wholeWords == WholeWords.FIRST ? vocabulary.find(text, from, to) : -1;
    if (whole >= 0) {
      out.add(whole);
      return;
    }
    for (int start = from; start < to; ) {
      int end = joints.end(text, start, to);
      merger.merge(text, start, end, out);
      start = end;
    }
  }
}
