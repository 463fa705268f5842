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
import org.apache.lucene.analysis.tokenattributes.TypeAttribute;
import org.apache.lucene.util.BytesRef;
import org.gristmill.core.Hash;
import org.gristmill.core.Text;

/**
 * Hashes of a text's word n-grams, with its digits and without them.
 *
 * <p>Words are those of UAX #29, with dictionaries for Thai, Lao, Khmer and Myanmar; each Han
 * character and each Hiragana letter is one. Punctuation is dropped, case and compatibility forms
 * are folded (NFKC_Casefold), accents are taken off (decomposed, without Mn).
 *
 * <p>A shingle has as many words as have the weight of {@code n} words of an alphabet, each of
 * which weighs 2; a Hiragana letter weighs 4 and a Han character 5. So a shingle of five English
 * words is one of two Han characters: of a text in which one character of twenty is another, the
 * sets have a Jaccard similarity of 0.82 with pairs, of 0.63 with runs of five.
 *
 * <p>The hash of a shingle is the polynomial in an odd constant, modulo 2^64, whose coefficients
 * are the words' xxHash64, mixed once more.
 *
 * @param words in the text
 * @param folded hashes of all shingles in their order, repetitions included, every digit as 0
 * @param exact the same with the digits as they are; the same array for a text without digits
 */
public record Shingles(int words, long[] folded, long[] exact) {
  private static final long BASE = 0x9E3779B97F4A7C15L;
  private static final int WORD_WEIGHT = 2;
  private static final Analyzer WORDS = new WordAnalyzer();

  /**
   * The shingles of a text.
   *
   * @param n words of an alphabet in a shingle, at least 1
   * @return without hashes for a text too short for one shingle
   */
  public static Shingles of(Text text, int n) {
    Words words = Words.of(text);
    int weight = WORD_WEIGHT * n;
    long[] folded = hashes(words.folded, words.weights, words.count, weight);
    boolean same = words.exact == words.folded;
    long[] exact = same ? folded : hashes(words.exact, words.weights, words.count, weight);
    return new Shingles(words.count, folded, exact);
  }

  private static long[] hashes(long[] words, byte[] weights, int count, int weight) {
    long[] shingles = new long[count];
    int n = 0;
    int end = 0;
    int held = 0;
    long rolling = 0;
    long power = 1;
    for (int start = 0; start < count; start++) {
      while (held < weight && end < count) {
        held += weights[end];
        rolling = rolling * BASE + words[end++];
        power *= BASE;
      }
      if (held < weight) {
        break;
      }
      shingles[n++] = Hash.mix(rolling);
      power *= INVERSE;
      rolling -= words[start] * power;
      held -= weights[start];
    }
    return Arrays.copyOf(shingles, n);
  }

  /** Of {@link #BASE} modulo 2^64. */
  private static final long INVERSE = inverse(BASE);

  /** By Newton's iteration, each step of which doubles the bits that are right. */
  private static long inverse(long odd) {
    long inverse = odd;
    for (int step = 0; step < 5; step++) {
      inverse *= 2 - odd * inverse;
    }
    return inverse;
  }

  /** Hashes and weights of the words of a text. */
  private static final class Words {
    private long[] folded;
    private long[] exact;
    private byte[] weights;
    private int count;

    private Words(int room) {
      folded = new long[room];
      exact = folded;
      weights = new byte[room];
    }

    static Words of(Text text) {
      Words words = new Words(text.length() / 4 + 1);
      try (TokenStream stream = WORDS.tokenStream("", text.toString())) {
        CharTermAttribute term = stream.getAttribute(CharTermAttribute.class);
        TermToBytesRefAttribute bytes = stream.getAttribute(TermToBytesRefAttribute.class);
        TypeAttribute type = stream.getAttribute(TypeAttribute.class);
        stream.reset();
        while (stream.incrementToken()) {
          words.add(term, bytes, weight(type.type()));
        }
        stream.end();
      } catch (IOException e) {
        throw new UncheckedIOException("a string cannot fail to be read", e);
      }
      return words;
    }

    private static byte weight(String type) {
      return switch (type) {
        case "<IDEOGRAPHIC>" -> 5;
        case "<HIRAGANA>" -> 4;
        default -> WORD_WEIGHT;
      };
    }

    private void add(CharTermAttribute term, TermToBytesRefAttribute bytes, byte weight) {
      if (count == folded.length) {
        boolean same = exact == folded;
        folded = Arrays.copyOf(folded, 2 * count);
        exact = same ? folded : Arrays.copyOf(exact, 2 * count);
        weights = Arrays.copyOf(weights, 2 * count);
      }
      long hash = hash(bytes.getBytesRef());
      weights[count] = weight;
      folded[count] = hash;
      if (zeroDigits(term.buffer(), term.length())) {
        if (exact == folded) {
          exact = folded.clone();
        }
        folded[count] = hash(bytes.getBytesRef());
      }
      exact[count++] = hash;
    }

    private static long hash(BytesRef bytes) {
      return Hash.xx64(0, bytes.bytes, bytes.offset, bytes.length);
    }

    /** Whether there were other digits than zeros. */
    private static boolean zeroDigits(char[] buffer, int length) {
      boolean changed = false;
      for (int i = 0; i < length; i++) {
        char c = buffer[i];
        if (c < 0x80 ? c >= '1' && c <= '9' : Character.isDigit(c)) {
          buffer[i] = '0';
          changed = true;
        }
      }
      return changed;
    }
  }

  /** Lucene keeps one chain of components per thread. */
  private static final class WordAnalyzer extends Analyzer {
    private static final Normalizer2 FOLD =
        Normalizer2.getInstance(null, "nfkc_cf", Normalizer2.Mode.DECOMPOSE);

    @Override
    protected TokenStreamComponents createComponents(String field) {
      Tokenizer words = new ICUTokenizer(new DefaultICUTokenizerConfig(false, true));
      TokenStream folded = new ICUNormalizer2Filter(words, FOLD);
      return new TokenStreamComponents(words, new NoMarks(folded));
    }
  }

  /** Takes out combining marks, and drops what is then empty. */
  private static final class NoMarks extends TokenFilter {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);

    NoMarks(TokenStream input) {
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
        if (c < 0x80 || Character.getType(c) != Character.NON_SPACING_MARK) {
          buffer[to++] = c;
        }
      }
      return to;
    }
  }
}
