package org.gristmill.filters;

/**
 * Pieces of a text that another one equals.
 *
 * @param pieces how many there are
 * @param chars their length together, in code points
 * @param of how many pieces the text has
 */
record Repeats(int pieces, long chars, int of) {

  /** Pieces that an earlier one equals. */
  static Repeats in(Pieces all) {
    int[] first = all.firstEquals();
    int pieces = 0;
    long chars = 0;
    for (int piece = 0; piece < first.length; piece++) {
      if (first[piece] < piece) {
        pieces++;
        chars += Utf8.codePoints(all.text, all.start(piece), all.end(piece));
      }
    }
    return new Repeats(pieces, chars, first.length);
  }

  /** Pieces that an earlier or later one equals. */
  static Repeats allCopies(Pieces all) {
    return copies(all, true);
  }

  /** The same, of pieces that are not blank. */
  static Repeats allSolidCopies(Pieces all) {
    return copies(all, false);
  }

  private static Repeats copies(Pieces all, boolean blank) {
    int[] first = all.firstEquals();
    int[] often = new int[first.length];
    for (int piece : first) {
      often[piece]++;
    }
    int pieces = 0;
    long chars = 0;
    int of = 0;
    for (int piece = 0; piece < first.length; piece++) {
      if (!blank && !isSolid(all, piece)) {
        continue;
      }
      of++;
      if (often[first[piece]] > 1) {
        pieces++;
        chars += Utf8.codePoints(all.text, all.start(piece), all.end(piece));
      }
    }
    return new Repeats(pieces, chars, of);
  }

  static boolean isSolid(Pieces pieces, int piece) {
    return Utf8.skipSpace(pieces.text, pieces.start(piece), pieces.end(piece)) < pieces.end(piece);
  }

  /**
   * Of the pieces between runs of line feeds, those that an earlier one equals: of all lines but
   * empty ones, of which only one at the beginning and one at the end of the text count.
   */
  static Repeats inLines(Lines lines) {
    int pieces = 0;
    long chars = 0;
    int of = 0;
    int last = lines.count() - 1;
    int empty = 0;
    for (int line = 0; line <= last; line++) {
      if (lines.isEmpty(line)) {
        empty += line == 0 || line == last ? 1 : 0;
        continue;
      }
      of++;
      if (lines.isDuplicate(line)) {
        pieces++;
        chars += lines.chars(line);
      }
    }
    return new Repeats(pieces + Math.max(0, empty - 1), chars, of + empty);
  }
}
