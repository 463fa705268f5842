package org.gristmill.dedup;

import com.ibm.icu.text.Normalizer2;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.icu.ICUNormalizer2Filter;
import org.apache.lucene.analysis.icu.segmentation.DefaultICUTokenizerConfig;
import org.apache.lucene.analysis.icu.segmentation.ICUTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.TermToBytesRefAttribute;
import org.apache.lucene.util.BytesRef;
import org.gristmill.core.Hash;
import org.gristmill.core.Text;

/**
 * Hashes of a text's word n-grams.
 *
 * <p>Words are those of UAX #29, with dictionaries for Thai, Lao, Khmer and Myanmar; each Han
 * character is a word. Punctuation is dropped, case and compatibility forms are folded
 * (NFKC_Casefold), accents are taken off (decomposed, without Mn), and every digit counts as 0.
 *
 * <p>An n-gram's hash is the polynomial in an odd constant, modulo 2^64, whose coefficients are the
 * words' xxHash64, mixed once more; it rolls on in constant time per word.
 */
public final class Shingles {
  private static final long BASE = 0x9E3779B97F4A7C15L;
  private static final Analyzer WORDS = new WordAnalyzer();

  private Shingles() {}

  /**
   * The hashes of all n-grams in their order, repetitions included.
   *
   * @param words in a shingle, at least 1
   * @return none for a text without words, one for a text of at most {@code words} words
   */
  public static long[] of(Text text, int words) {
    long[] hashes = wordHashes(text);
    int window = Math.min(words, hashes.length);
    if (window == 0) {
      return hashes;
    }
    long leaving = 1;
    long rolling = 0;
    for (int i = 0; i < window; i++) {
      leaving *= BASE;
      rolling = rolling * BASE + hashes[i];
    }
    long[] shingles = new long[hashes.length - window + 1];
    shingles[0] = Hash.mix(rolling);
    for (int i = window; i < hashes.length; i++) {
      rolling = rolling * BASE + hashes[i] - leaving * hashes[i - window];
      shingles[i - window + 1] = Hash.mix(rolling);
    }
    return shingles;
  }

  private static long[] wordHashes(Text text) {
    long[] hashes = new long[text.length() / 4 + 1];
    int n = 0;
    try (TokenStream stream = WORDS.tokenStream("", text.toString())) {
      TermToBytesRefAttribute term = stream.getAttribute(TermToBytesRefAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        if (n == hashes.length) {
          hashes = Arrays.copyOf(hashes, 2 * n);
        }
        BytesRef bytes = term.getBytesRef();
        hashes[n++] = Hash.xx64(0, bytes.bytes, bytes.offset, bytes.length);
      }
      stream.end();
    } catch (IOException e) {
      throw new UncheckedIOException("a string cannot fail to be read", e);
    }
    return Arrays.copyOf(hashes, n);
  }

  /** Lucene keeps one chain of components per thread. */
  private static final class WordAnalyzer extends Analyzer {
    private static final Normalizer2 FOLD =
        Normalizer2.getInstance(null, "nfkc_cf", Normalizer2.Mode.DECOMPOSE);

    @Override
    protected TokenStreamComponents createComponents(String field) {
      Tokenizer words = new ICUTokenizer(new DefaultICUTokenizerConfig(false, true));
      TokenStream folded = new ICUNormalizer2Filter(words, FOLD);
      return new TokenStreamComponents(words, new NoMarksZeroDigits(folded));
    }
  }

  /** Takes out combining marks, replaces digits with 0, and drops what is then empty. */
  private static final class NoMarksZeroDigits extends TokenFilter {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);

    NoMarksZeroDigits(TokenStream input) {
      super(input);
    }

    @Override
    public boolean incrementToken() throws IOException {
      while (input.incrementToken()) {
        term.setLength(kept(term.buffer(), term.length()));
        if (!term.isEmpty()) {
          return true;
        }
      }
      return false;
    }

    private static int kept(char[] buffer, int length) {
      int to = 0;
      for (int i = 0; i < length; i++) {
        char c = buffer[i];
        if (c < 0x80) {
          buffer[to++] = c >= '0' && c <= '9' ? '0' : c;
        } else if (Character.getType(c) != Character.NON_SPACING_MARK) {
          buffer[to++] = Character.isDigit(c) ? '0' : c;
        }
      }
      return to;
    }
  }
}
