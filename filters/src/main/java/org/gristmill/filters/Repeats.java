package org.gristmill.filters;

/**
 * Pieces of a text that an earlier one equals.
 *
 * @param pieces how many there are, the first of each kind not counted
 * @param chars their length together, in code points
 * @param of how many pieces the text has
 */
record Repeats(int pieces, long chars, int of) {

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

  /**
   * Of the pieces between runs of line feeds: of all lines but empty ones, of which only one at the
   * beginning and one at the end of the text count.
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
