package org.gristmill.filters;

import org.gristmill.core.Text;

/**
 * What filters measure of a text, each found once, when the first asks for it: its lines, words and
 * n-grams. Filters of a chain share it until one rewrites the text.
 *
 * <p>Not safe for threads; each document has its own.
 */
public final class Scan {
  private static final int KINDS = Splitter.values().length;

  private final Text text;
  private final byte[] bytes;
  private final Words[] words = new Words[KINDS];
  private final Grams[] grams = new Grams[KINDS];
  private Lines lines;

  private Scan(Text text) {
    this.text = text;
    this.bytes = text.bytes();
  }

  /** Measurements of a text, none of them taken yet. */
  public static Scan of(Text text) {
    return new Scan(text);
  }

  Text text() {
    return text;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Length in code points. */
  int chars() {
    return lines().chars();
  }

  Lines lines() {
    if (lines == null) {
      lines = new Lines(bytes);
    }
    return lines;
  }

  Words words(Splitter splitter) {
    int kind = splitter.ordinal();
    if (words[kind] == null) {
      words[kind] =
          switch (splitter) {
            case SPACY -> SpacyWords.of(bytes);
            case UNICODE -> UnicodeWords.of(bytes);
            case WHITESPACE -> UnicodeWords.betweenSpaces(bytes);
          };
    }
    return words[kind];
  }

  Grams grams(Splitter splitter) {
    int kind = splitter.ordinal();
    if (grams[kind] == null) {
      grams[kind] = new Grams(words(splitter));
    }
    return grams[kind];
  }
}
