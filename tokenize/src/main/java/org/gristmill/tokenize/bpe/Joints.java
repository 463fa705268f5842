package org.gristmill.tokenize.bpe;

/**
 * Which bytes stand next to each other in some token. Where two neighbours of a piece do not, no
 * merge ever joins them, so that both sides may be merged on their own.
 */
final class Joints {
  private final long[] joined = new long[1 << 10];

  Joints(Vocabulary vocabulary) {
    byte[] bytes = vocabulary.bytes();
    for (int id = 0; id < vocabulary.bound(); id++) {
      int start = vocabulary.start(id);
      for (int i = 1; i < vocabulary.length(id); i++) {
        int pair = pair(bytes, start + i);
        joined[pair >> 6] |= 1L << pair;
      }
    }
  }

  /** Where the part of {@code text[from, to)} that starts at {@code from} may end. */
  int end(byte[] text, int from, int to) {
    int at = from + 1;
    while (at < to && (joined[pair(text, at) >> 6] & 1L << pair(text, at)) != 0) {
      at++;
    }
    return at;
  }

  private static int pair(byte[] text, int second) {
    return (text[second - 1] & 0xFF) << 8 | text[second] & 0xFF;
  }
}
