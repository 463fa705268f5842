package org.gristmill.tokenize.objective;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gristmill.core.Block;
import org.gristmill.core.Bounds;
import org.gristmill.core.Setting;
import org.gristmill.core.Text;
import org.gristmill.tokenize.Tokenizer;

/**
 * Whole sentences between two marks: as many as fit, for masks that the reader draws anew in every
 * epoch (RoBERTa), or one by one, for a language model in both directions (ELMo).
 *
 * <p>Sentences of one document stand together; packing puts documents beside each other, so that a
 * sequence is full. A sentence that is too long is cut. Each sentence is encoded for itself.
 *
 * @param maxTokens longest piece, with its marks
 * @param mostSentences in a piece; 0 for as many as fit, 1 for ELMo's shuffled sentences
 * @param begin name of the token at the beginning; empty for none
 * @param end name of the token at the end; empty for the end-of-document id
 * @see <a href="https://arxiv.org/abs/1907.11692">Liu et al. 2019, RoBERTa</a>, section 4.2
 *     (FULL-SENTENCES and DOC-SENTENCES)
 * @see <a href="https://arxiv.org/abs/1802.05365">Peters et al. 2018, Deep contextualized word
 *     representations</a>, section 3.1
 */
@Block(
    does = "Whole sentences between two marks, for masks drawn by the reader, or both directions.",
    version = 1,
    libraries = "icu")
public record FullSentences(
    @Setting(does = "Longest piece, with its marks.", unit = "tokens", min = 4) int maxTokens,
    @Setting(does = "Most sentences in a piece; 0 for as many as fit.", min = 0) int mostSentences,
    @Setting(does = "Name of the token at the beginning; empty for none.") String begin,
    @Setting(does = "Name of the token at the end; empty for the end-of-document id.") String end)
    implements Objective, Serializable {
  /** RoBERTa's. */
  public static final FullSentences DEFAULT = new FullSentences(512, 0, "<s>", "</s>");

  public FullSentences {
    Bounds.atLeast("maxTokens", maxTokens, 4);
    Bounds.atLeast("mostSentences", mostSentences, 0);
  }

  @Override
  public int wholeTokens() {
    return maxTokens;
  }

  @Override
  public void check(Tokenizer tokenizer) {
    marks(tokenizer);
  }

  /** What stands at the beginning, and at the end. */
  private int[][] marks(Tokenizer tokenizer) {
    return new int[][] {
      begin.isEmpty() ? new int[0] : new int[] {Objective.token(tokenizer, "begin", begin)},
      {end.isEmpty() ? tokenizer.endOfDocument() : Objective.token(tokenizer, "end", end)}
    };
  }

  @Override
  public Encoded encode(Tokenizer tokenizer, Passage document) {
    int[][] marks = marks(tokenizer);
    int room = maxTokens - marks[0].length - marks[1].length;
    List<int[]> pieces = new ArrayList<>();
    List<int[]> open = new ArrayList<>();
    int length = 0;
    for (int[] sentence : sentences(tokenizer, document.text(), room)) {
      boolean full = mostSentences > 0 && open.size() == mostSentences;
      if (!open.isEmpty() && (full || length + sentence.length > room)) {
        pieces.add(Encoded.joined(List.of(marks[0], Encoded.joined(open), marks[1])));
        open.clear();
        length = 0;
      }
      open.add(sentence);
      length += sentence.length;
    }
    if (!open.isEmpty()) {
      pieces.add(Encoded.joined(List.of(marks[0], Encoded.joined(open), marks[1])));
    }
    return Encoded.of(document.id(), pieces);
  }

  /** The tokens of each sentence; of one that is too long, stretches of it. */
  static List<int[]> sentences(Tokenizer tokenizer, Text text, int most) {
    List<int[]> sentences = new ArrayList<>();
    for (Text sentence : Sentences.of(text)) {
      int[] tokens = tokenizer.encode(sentence);
      for (int from = 0; from < tokens.length; from += most) {
        sentences.add(Arrays.copyOfRange(tokens, from, Math.min(tokens.length, from + most)));
      }
    }
    return sentences;
  }
}
