package org.gristmill.dedup.contamination;

import org.gristmill.core.Text;

/**
 * What n-grams are counted in: the words of a text, and the characters of scripts that put no
 * spaces between words (Han, kana, Thai, Khmer, Tibetan and others), each with its place.
 *
 * <p>The text is taken in NFKC_Casefold. A word is a run of letters, digits and the marks on them;
 * a character of an unspaced script with the marks on it is a unit by itself. All else (spaces,
 * line ends, punctuation, symbols, and with them Markdown's markers) parts words and counts for
 * nothing, but two things that editions of a text differ in are looked through: an apostrophe
 * between letters ({@code don't}, {@code don’t} and {@code dont} are one word) and a comma between
 * digits with exactly three digits behind it ({@code 1,000} and {@code 1000}).
 *
 * <p>Not looked through are words that are hyphenated here and joined there, numbers that a list
 * was given, the targets of links, tags of HTML and TeX commands: those are words.
 */
public final class Units {
  private final Segmenter found;

  private Units(Segmenter found) {
    this.found = found;
  }

  /** The units of a text, in order. */
  public static Units of(Text text) {
    return new Units(new Segmenter(text));
  }

  /** How many there are. */
  public int size() {
    return found.size;
  }

  /** The hash of a unit; equal units have equal ones, and two others do once in 2^64. */
  public long hash(int unit) {
    return found.hashes[unit];
  }

  /** The byte of the text at which a unit starts. */
  public int from(int unit) {
    return found.from[unit];
  }

  /** The byte of the text before which a unit ends. */
  public int to(int unit) {
    return found.to[unit];
  }

  /** Whether at least half of the units are characters of scripts without spaces. */
  public boolean unspaced() {
    return found.size > 0 && 2 * found.characters >= found.size;
  }
}
