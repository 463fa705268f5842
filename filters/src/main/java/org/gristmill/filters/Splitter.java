package org.gristmill.filters;

/** What the words of a text are, and which of them are symbols. */
public enum Splitter {
  /**
   * Segments between Unicode's word boundaries (UAX #29 as ICU tailors it, with ICU's dictionaries
   * for Chinese, Japanese, Thai, Khmer, Lao and Burmese); see {@link UnicodeWords}. Symbols are
   * words of punctuation (P), symbols (S) and controls (Cc).
   */
  UNICODE,
  /**
   * Tokens of spaCy's blank English pipeline, which is what datatrove splits English with; see
   * {@link SpacyWords}. Symbols are words of the characters that datatrove lists as punctuation.
   */
  SPACY,
  /**
   * What stands between white space, which is what dolma counts. Symbols are as of {@link
   * #UNICODE}.
   */
  WHITESPACE
}
