package org.gristmill.tokenize.objective;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.gristmill.core.Block;
import org.gristmill.core.Bounds;
import org.gristmill.core.Setting;
import org.gristmill.core.SettingError;
import org.gristmill.tokenize.Packer;
import org.gristmill.tokenize.Tokenizer;
import org.gristmill.tokenize.Track;

/**
 * BERT's two objectives, as its own code makes them: masked tokens, and whether a second segment
 * follows the first.
 *
 * <p>An example is {@code CLS A SEP B SEP}. Sentences of a document are gathered until they have as
 * many tokens as wanted (all that fit, or with {@code shortRate} a number of chance); the first of
 * them, a number of chance, are A. B is the rest, or with probability a half, and always where
 * there is no rest, sentences of another document of the same shard from a place of chance; those
 * that were gathered for nothing are gathered again. What is too long loses tokens one by one, from
 * the front or the back of the longer segment. Without {@code nextSentence} all that is gathered is
 * A, and there is no B.
 *
 * <p>Then {@code min(mostPredictions, max(1, round(length * rate)))} tokens are chosen, the marks
 * counted but never chosen; of these 80 % become MASK, 10 % stay, and 10 % become any token. With
 * {@code wholeWord} tokens that begin with ## are chosen together with those before them. {@link
 * Track#LABELS} says what was there; {@link Track#TOKEN_TYPES} is 0 up to the first SEP and 1 from
 * there; the label of the piece is 1 if B was drawn, 0 if it follows. All this {@code dupeFactor}
 * times, each with other chances.
 *
 * <p>A piece is listed under the document of A, which begins at the piece's start.
 *
 * @see <a href="https://arxiv.org/abs/1810.04805">Devlin et al. 2019, BERT</a>, section 3.1 and
 *     appendix A.1
 * @see <a
 *     href="https://github.com/google-research/bert/blob/master/create_pretraining_data.py">create_pretraining_data.py</a>
 */
@Block(
    does = "BERT's masked language model and next sentence, as its own code makes them.",
    version = 1,
    libraries = "icu")
public record Bert(
    @Setting(does = "Longest example, with its marks.", unit = "tokens", min = 8) int maxTokens,
    @Setting(does = "Share of the tokens that are predicted.", min = 0, max = 1) double rate,
    @Setting(does = "Most tokens that are predicted in an example.", min = 1) int mostPredictions,
    @Setting(does = "How often every document is used.", min = 1, max = 1_000) int dupeFactor,
    @Setting(does = "Share of the examples that are shorter.", min = 0, max = 1) double shortRate,
    @Setting(does = "Whether there is a second segment, to be told from a drawn one.")
        boolean nextSentence,
    @Setting(does = "Whether words are masked as a whole; tokens that begin with ## continue one.")
        boolean wholeWord,
    @Setting(does = "Name of the first token.") String cls,
    @Setting(does = "Name of the token behind each segment.") String sep,
    @Setting(does = "Name of the mask.") String mask,
    @Setting(does = "Seed of all chance.") long seed)
    implements Objective, Serializable {
  /** The defaults of BERT's code. */
  public static final Bert DEFAULT =
      new Bert(128, 0.15, 20, 10, 0.1, true, false, "[CLS]", "[SEP]", "[MASK]", 12_345);

  public Bert {
    Bounds.atLeast("maxTokens", maxTokens, 8);
    Bounds.share("rate", rate);
    Bounds.atLeast("mostPredictions", mostPredictions, 1);
    Bounds.between("dupeFactor", dupeFactor, 1, 1_000);
    Bounds.share("shortRate", shortRate);
  }

  @Override
  public int wholeTokens() {
    return maxTokens;
  }

  @Override
  public Set<Track> tracks() {
    return Set.of(Track.LABELS, Track.TOKEN_TYPES);
  }

  @Override
  public void check(Tokenizer tokenizer) {
    BertMarks marks = BertMarks.of(this, tokenizer);
    if (wholeWord && marks.continuing().isEmpty()) {
      throw new SettingError(
          "wholeWord", "needs tokens that begin with ##, and " + tokenizer.name() + " has none");
    }
  }

  /** The sentences. */
  @Override
  public Encoded encode(Tokenizer tokenizer, Passage document) {
    return Encoded.of(
        document.id(), FullSentences.sentences(tokenizer, document.text(), Integer.MAX_VALUE));
  }

  @Override
  public List<Packer.Tokens> examples(Tokenizer tokenizer, List<Encoded> documents) {
    List<Encoded> texts = documents.stream().filter(d -> d.parts().length > 0).toList();
    BertExamples examples = new BertExamples(this, BertMarks.of(this, tokenizer), texts);
    List<Packer.Tokens> all = new ArrayList<>();
    for (int copy = 0; copy < dupeFactor; copy++) {
      for (int document = 0; document < texts.size(); document++) {
        all.addAll(examples.of(document, copy));
      }
    }
    return all;
  }
}
