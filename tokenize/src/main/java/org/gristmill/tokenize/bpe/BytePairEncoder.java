package org.gristmill.tokenize.bpe;

import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * A byte-level byte-pair encoder: text to token ids and back.
 *
 * <p>An encoder is made once and shared by all threads. Each encoding thread borrows a {@code
 * WordEncoder} with a cache of words, which decides nothing but the speed.
 *
 * <p>Text is UTF-8. Bytes that are none are encoded, too, each as a character that is neither
 * letter nor digit nor white space; {@code decode(encode(t))} equals {@code t} for any bytes.
 */
public final class BytePairEncoder {
  /** What is done with a piece that is a token as a whole. */
  public enum WholeWords {
    /** It is that token, even if merging its bytes would not lead there: tiktoken. */
    FIRST,
    /** Only merges count: a Hugging Face file without {@code ignore_merges}. */
    MERGED
  }

  private final Vocabulary vocabulary;
  private final Pretokenizer pretokenizer;
  private final MergeTable merges;
  private final WholeWords wholeWords;
  private final int[] byteIds = new int[256];
  private final Joints joints;
  private final Deque<WordEncoder> idle = new ConcurrentLinkedDeque<>();

  private BytePairEncoder(
      Vocabulary vocabulary, Pretokenizer pretokenizer, MergeTable merges, WholeWords wholeWords) {
    this.vocabulary = vocabulary;
    this.pretokenizer = pretokenizer;
    this.merges = merges;
    this.wholeWords = wholeWords;
    for (int b = 0; b < 256; b++) {
      byteIds[b] = vocabulary.find(new byte[] {(byte) b}, 0, 1);
      if (byteIds[b] < 0) {
        throw new IllegalArgumentException(
            "the vocabulary has no token for the byte " + b + "; a byte-level one needs all 256");
      }
    }
    this.joints = new Joints(vocabulary);
  }

  /**
   * An encoder for a rank table as tiktoken has it: a pair merges if its bytes are a token, the one
   * of the smallest id first, and a piece that is a token needs no merging.
   *
   * @throws IllegalArgumentException if one of the 256 bytes is no token
   */
  public static BytePairEncoder ofRanks(Vocabulary vocabulary, Pretokenizer pretokenizer) {
    MergeTable merges = MergeTable.ofRanks(vocabulary);
    return new BytePairEncoder(vocabulary, pretokenizer, merges, WholeWords.FIRST);
  }

  /**
   * An encoder for a list of merges: the pair {@code (lefts[i], rights[i])} has rank {@code i} and
   * becomes the token that has the bytes of both. Of two merges of the same pair the later counts.
   *
   * @throws IllegalArgumentException if one of the 256 bytes is no token, or what a merge makes is
   *     none
   */
  public static BytePairEncoder ofMerges(
      Vocabulary vocabulary,
      int[] lefts,
      int[] rights,
      WholeWords wholeWords,
      Pretokenizer pretokenizer) {
    MergeTable merges = new MergeTable(lefts.length);
    byte[] both = new byte[2 * Math.max(1, vocabulary.longest())];
    for (int i = 0; i < lefts.length; i++) {
      int left = vocabulary.copy(lefts[i], both, 0);
      int right = vocabulary.copy(rights[i], both, left);
      int merged = left == 0 || right == 0 ? -1 : vocabulary.find(both, 0, left + right);
      if (merged < 0) {
        throw new IllegalArgumentException(
            "merge " + i + ", of the ids " + lefts[i] + " and " + rights[i] + ", makes no token");
      }
      merges.put(lefts[i], rights[i], i, merged);
    }
    return new BytePairEncoder(vocabulary, pretokenizer, merges, wholeWords);
  }

  /** The tokens and their ids. */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /** The ids of a text. */
  public int[] encode(byte[] text) {
    WordEncoder words = borrow();
    TokenBuffer out = words.buffer();
    words.encode(pretokenizer, text, 0, text.length, out);
    int[] ids = out.toArray();
    idle.push(words);
    return ids;
  }

  /** Adds the ids of {@code text[from, to)}, as if there were nothing around it. */
  public void encode(byte[] text, int from, int to, TokenBuffer out) {
    WordEncoder words = borrow();
    words.encode(pretokenizer, text, from, to, out);
    idle.push(words);
  }

  /** Adds the ids of one piece, {@code text[from, to)}, which no pre-tokenizer cuts. */
  public void encodePiece(byte[] text, int from, int to, TokenBuffer out) {
    if (from < to) {
      WordEncoder words = borrow();
      words.encodePiece(text, from, to, out);
      idle.push(words);
    }
  }

  private WordEncoder borrow() {
    WordEncoder words = idle.poll();
    return words == null
        ? new WordEncoder(
            vocabulary, new Merger(new RecentMerges(merges), byteIds), joints, wholeWords)
        : words;
  }

  /**
   * The bytes of some ids, which need not be UTF-8 where a character is cut.
   *
   * @throws IllegalArgumentException if there is no token of an id
   */
  public byte[] decode(int[] ids) {
    byte[] out = new byte[ids.length * 4 + vocabulary.longest()];
    int size = 0;
    for (int id : ids) {
      if (out.length - size < vocabulary.longest()) {
        out = Arrays.copyOf(out, out.length * 2);
      }
      int length = vocabulary.copy(id, out, size);
      if (length == 0) {
        throw new IllegalArgumentException("the vocabulary has no token of the id " + id);
      }
      size += length;
    }
    return Arrays.copyOf(out, size);
  }
}
