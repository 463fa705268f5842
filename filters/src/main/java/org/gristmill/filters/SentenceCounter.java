package org.gristmill.filters;

import java.nio.charset.StandardCharsets;

/** Counts the sentences of lines of a text, which are asked for in their order. */
interface SentenceCounter {
  /** Sentences of a line without white space around it. */
  int in(int from, int to);

  /** Sentences of a line that does not stand in the text. */
  int inOther(byte[] line);

  static SentenceCounter of(Splitter splitter, Scan scan) {
    return splitter == Splitter.SPACY ? new Spacy(scan) : new Unicode(scan.bytes());
  }

  /** Unicode's sentences, {@link Sentences}. */
  final class Unicode implements SentenceCounter {
    private final Sentences sentences = new Sentences();
    private final byte[] text;

    private Unicode(byte[] text) {
      this.text = text;
    }

    @Override
    public int in(int from, int to) {
      return sentences.in(new String(text, from, to - from, StandardCharsets.UTF_8));
    }

    @Override
    public int inOther(byte[] line) {
      return sentences.in(new String(line, StandardCharsets.UTF_8));
    }
  }

  /**
   * The sentences of spaCy's sentencizer: one begins at a token that is no punctuation if a mark
   * that ends sentences stood behind the last beginning. White space of more than one space is a
   * token.
   */
  final class Spacy implements SentenceCounter {
    private final Scan scan;
    private int next;

    private Spacy(Scan scan) {
      this.scan = scan;
    }

    @Override
    public int in(int from, int to) {
      Words words = scan.words(Splitter.SPACY);
      while (next < words.count() && words.start(next) < from) {
        next++;
      }
      int first = next;
      while (next < words.count() && words.start(next) < to) {
        next++;
      }
      return count(words, first, next);
    }

    @Override
    public int inOther(byte[] line) {
      Words words = SpacyWords.of(line);
      return count(words, 0, words.count());
    }

    private static int count(Words words, int from, int to) {
      int count = from < to ? 1 : 0;
      boolean ended = false;
      for (int w = from; w < to; w++) {
        if (ended && w > from && SpacyWords.hasSpaceToken(words, w - 1)) {
          count++;
          ended = false;
        }
        if (words.is(w, Words.SENTENCE_END)) {
          ended = true;
        } else if (ended && !words.is(w, Words.PUNCTUATION)) {
          count++;
          ended = false;
        }
      }
      return count;
    }
  }
}
