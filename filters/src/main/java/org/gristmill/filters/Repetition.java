package org.gristmill.filters;

import java.util.BitSet;

/** The shares of a text that are repeated, by one of the published definitions. */
interface Repetition {
  /** Share of paragraphs. */
  double paragraphs();

  /** Share of characters in repeated paragraphs. */
  double paragraphChars();

  double lines();

  double lineChars();

  /** Shares of the most frequent n-grams, from the shortest on. */
  double[] top(int shortest, int lengths);

  /** Shares of repeated n-grams, from the shortest on. */
  double[] duplicate(int shortest, int lengths);

  static Repetition of(
      GopherRepetition.Definition definition, Scan scan, Splitter splitter, int space) {
    return switch (definition) {
      case DATATROVE -> new Datatrove(scan, scan.grams(splitter), space);
      case DOLMA -> new Dolma(scan, scan.grams(splitter));
      case DCLM -> new Dclm(scan, new Grams(solid(scan.words(splitter))));
    };
  }

  /** The words that are not only symbols. */
  private static Words solid(Words words) {
    Words solid = new Words(words.text, words.solid());
    for (int w = 0; w < words.count(); w++) {
      if (!words.is(w, Words.SYMBOL)) {
        solid.add(words.start(w), words.end(w), words.chars(w), words.about(w));
      }
    }
    return solid;
  }

  /** Shares of the text, copies counted from the second on. */
  final class Datatrove implements Repetition {
    private final Scan scan;
    private final Grams grams;
    private final int space;
    private final Repeats paragraphs;
    private final Repeats lines;

    /**
     * @param space code points between two words of a frequent n-gram
     */
    Datatrove(Scan scan, Grams grams, int space) {
      this.scan = scan;
      this.grams = grams;
      this.space = space;
      paragraphs = Repeats.in(scan.lines().paragraphs());
      lines = Repeats.inLines(scan.lines());
    }

    @Override
    public double paragraphs() {
      return Rules.share(paragraphs.pieces(), paragraphs.of());
    }

    @Override
    public double paragraphChars() {
      return Rules.share(paragraphs.chars(), scan.chars());
    }

    @Override
    public double lines() {
      return Rules.share(lines.pieces(), lines.of());
    }

    @Override
    public double lineChars() {
      return Rules.share(lines.chars(), scan.chars());
    }

    @Override
    public double[] top(int shortest, int lengths) {
      long[] chars = grams.topChars(shortest + lengths - 1, space);
      double[] shares = new double[lengths];
      for (int i = 0; i < lengths; i++) {
        shares[i] = Rules.share(chars[shortest - 2 + i], scan.chars());
      }
      return shares;
    }

    @Override
    public double[] duplicate(int shortest, int lengths) {
      long[] chars = grams.duplicateChars(shortest, shortest + lengths - 1);
      double[] shares = new double[lengths];
      for (int i = 0; i < lengths; i++) {
        shares[i] = Rules.share(chars[i], scan.chars());
      }
      return shares;
    }
  }

  /** Shares of the characters of words, every copy counted. */
  record Dolma(Scan scan, Grams grams) implements Repetition {
    @Override
    public double paragraphs() {
      return 0;
    }

    @Override
    public double paragraphChars() {
      return 0;
    }

    @Override
    public double lines() {
      return Rules.share(Repeats.allCopies(scan.lines()).pieces(), scan.lines().count());
    }

    @Override
    public double lineChars() {
      return Rules.share(Repeats.allCopies(scan.lines()).chars(), Math.max(1, wordChars(grams)));
    }

    @Override
    public double[] top(int shortest, int lengths) {
      long[] chars = grams.topChars(shortest + lengths - 1, 0);
      double[] shares = new double[lengths];
      for (int i = 0; i < lengths; i++) {
        shares[i] = Rules.share(chars[shortest - 2 + i], wordChars(grams));
      }
      return shares;
    }

    @Override
    public double[] duplicate(int shortest, int lengths) {
      double[] shares = new double[lengths];
      grams.levels(
          shortest + lengths - 1,
          (n, first, often) -> {
            long all = 0;
            long repeated = 0;
            for (int i = 0; i < first.length; i++) {
              int chars = grams.chars(i, n);
              all += chars;
              repeated += often[first[i]] > 1 ? chars : 0;
            }
            if (n >= shortest) {
              shares[n - shortest] = Rules.share(repeated, all);
            }
          });
      return shares;
    }
  }

  /** Shares of the characters of words or lines, every copy counted, but each word once. */
  record Dclm(Scan scan, Grams grams) implements Repetition {
    @Override
    public double paragraphs() {
      return share(Repeats.allSolidCopies(scan.lines().paragraphs()));
    }

    @Override
    public double paragraphChars() {
      return charShare(scan.lines().paragraphs());
    }

    @Override
    public double lines() {
      return share(Repeats.allSolidCopies(scan.lines()));
    }

    @Override
    public double lineChars() {
      return charShare(scan.lines());
    }

    private static double share(Repeats repeats) {
      return repeats.of() == 1 ? 0 : Rules.share(repeats.pieces(), repeats.of());
    }

    private static double charShare(Pieces pieces) {
      Repeats repeats = Repeats.allSolidCopies(pieces);
      long all = 0;
      for (int piece = 0; piece < pieces.count(); piece++) {
        boolean solid = Repeats.isSolid(pieces, piece);
        all += solid ? Utf8.codePoints(pieces.text, pieces.start(piece), pieces.end(piece)) : 0;
      }
      return repeats.of() == 1 ? 0 : Rules.share(repeats.chars(), all);
    }

    @Override
    public double[] top(int shortest, int lengths) {
      double[] shares = new double[lengths];
      grams.levels(
          shortest + lengths - 1,
          (n, first, often) -> {
            int most = 1;
            int chars = 0;
            for (int i = 0; i < often.length; i++) {
              if (often[i] > most) {
                most = often[i];
                chars = 0;
              }
              if (often[i] == most && most > 1) {
                chars = Math.max(chars, grams.chars(i, n));
              }
            }
            shares[n - shortest] = Rules.share((long) chars * most, wordChars(grams));
          });
      return shares;
    }

    @Override
    public double[] duplicate(int shortest, int lengths) {
      double[] shares = new double[lengths];
      grams.levels(
          shortest + lengths - 1,
          (n, first, often) -> {
            if (n < shortest) {
              return;
            }
            BitSet covered = new BitSet();
            for (int i = 0; i < first.length; i++) {
              if (often[first[i]] > 1) {
                covered.set(i, i + n);
              }
            }
            long chars = covered.stream().mapToLong(w -> grams.words().chars(w)).sum();
            shares[n - shortest] = Rules.share(chars, wordChars(grams));
          });
      return shares;
    }
  }

  private static long wordChars(Grams grams) {
    long chars = 0;
    for (int w = 0; w < grams.words().count(); w++) {
      chars += grams.words().chars(w);
    }
    return chars;
  }
}
