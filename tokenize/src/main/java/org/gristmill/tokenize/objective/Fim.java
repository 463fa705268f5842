package org.gristmill.tokenize.objective;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.gristmill.core.Block;
import org.gristmill.core.Bounds;
import org.gristmill.core.Setting;
import org.gristmill.core.Text;
import org.gristmill.tokenize.Tokenizer;

/**
 * Filling in the middle: a text is cut at two places, and the middle comes last.
 *
 * <p>The places are two characters (code points) of the text, each from 0 to its length with equal
 * probability; the parts are encoded each for itself. Prefix-suffix-middle is {@code PRE prefix SUF
 * suffix MID middle}, suffix-prefix-middle is {@code PRE SUF suffix MID prefix middle}; both end in
 * the end-of-document id, which tells a model where the middle ends. What is not rearranged has it
 * only where the document ends.
 *
 * <p>A text whose tokens are more than {@code maxTokens} is halved first, at the end of a line near
 * its middle, until every part fits; each part is rearranged or not by itself, so that none is torn
 * by packing (the paper's "context level").
 *
 * @param rate share of the texts that are rearranged
 * @param spmRate share of these that become suffix-prefix-middle
 * @param maxTokens longest piece, with its control tokens
 * @param prefix name of the token PRE
 * @param middle name of the token MID
 * @param suffix name of the token SUF
 * @param seed of all chance
 * @see <a href="https://arxiv.org/abs/2207.14255">Bavarian et al. 2022, Efficient Training of
 *     Language Models to Fill in the Middle</a>, sections 3 and 4.4, appendix D
 */
@Block(does = "Fills in the middle of code: two cuts at characters, the middle last.", version = 1)
public record Fim(
    @Setting(does = "Share of the texts that are rearranged.", min = 0, max = 1) double rate,
    @Setting(does = "Share of these in the order suffix, prefix, middle.", min = 0, max = 1)
        double spmRate,
    @Setting(does = "Longest piece; longer texts are halved at lines.", unit = "tokens", min = 16)
        int maxTokens,
    @Setting(does = "Name of the token before the prefix.") String prefix,
    @Setting(does = "Name of the token before the middle.") String middle,
    @Setting(does = "Name of the token before the suffix.") String suffix,
    @Setting(does = "Seed of all chance.") long seed)
    implements Objective, Serializable {
  /** Half the texts, half of them each way; the names of StarCoder 2, GPT-4 and Qwen's coders. */
  public static final Fim DEFAULT =
      new Fim(0.5, 0.5, 2_048, "<|fim_prefix|>", "<|fim_middle|>", "<|fim_suffix|>", 1);

  public Fim {
    Bounds.share("rate", rate);
    Bounds.share("spmRate", spmRate);
    Bounds.atLeast("maxTokens", maxTokens, 16);
  }

  @Override
  public int wholeTokens() {
    return maxTokens;
  }

  @Override
  public void check(Tokenizer tokenizer) {
    Objective.token(tokenizer, "prefix", prefix);
    Objective.token(tokenizer, "middle", middle);
    Objective.token(tokenizer, "suffix", suffix);
  }

  @Override
  public Encoded encode(Tokenizer tokenizer, Passage document) {
    List<int[]> parts = new ArrayList<>();
    add(tokenizer, document.text().toString(), document.id() + ":fim:", End.DOCUMENT, parts);
    return Encoded.of(document.id(), parts);
  }

  /** What comes behind a text. */
  private enum End {
    DOCUMENT,
    MORE
  }

  /** Adds what becomes of a text, or of its halves. */
  private void add(Tokenizer tokenizer, String text, String name, End end, List<int[]> parts) {
    int[] tokens = rearranged(tokenizer, text, end, new Chance(seed, name));
    int characters = text.codePointCount(0, text.length());
    if (tokens.length <= maxTokens || characters < 2) {
      if (tokens.length > 0) {
        parts.add(tokens);
      }
      return;
    }
    int half = text.offsetByCodePoints(0, characters / 2);
    int line = text.indexOf('\n', half);
    int before = text.lastIndexOf('\n', half - 1);
    int cut =
        line >= 0 && line + 1 < text.length() && (before < 0 || line - half < half - before)
            ? line + 1
            : before >= 0 ? before + 1 : half;
    add(tokenizer, text.substring(0, cut), name + "0", End.MORE, parts);
    add(tokenizer, text.substring(cut), name + "1", end, parts);
  }

  private int[] rearranged(Tokenizer tokenizer, String text, End end, Chance chance) {
    if (!chance.happens(rate)) {
      int[] tokens = tokenizer.encode(Text.of(text));
      return end == End.DOCUMENT ? Causal.ended(tokenizer, tokens) : tokens;
    }
    boolean spm = chance.happens(spmRate);
    int characters = text.codePointCount(0, text.length());
    int one = chance.between(0, characters);
    int two = chance.between(0, characters);
    int from = text.offsetByCodePoints(0, Math.min(one, two));
    int to = text.offsetByCodePoints(0, Math.max(one, two));
    int[] pre = {Objective.token(tokenizer, "prefix", prefix)};
    int[] mid = {Objective.token(tokenizer, "middle", middle)};
    int[] suf = {Objective.token(tokenizer, "suffix", suffix)};
    int[] first = tokenizer.encode(Text.of(text.substring(0, from)));
    int[] second = tokenizer.encode(Text.of(text.substring(from, to)));
    int[] third = tokenizer.encode(Text.of(text.substring(to)));
    return Causal.ended(
        tokenizer,
        Encoded.joined(
            spm
                ? List.of(pre, suf, third, mid, first, second)
                : List.of(pre, first, suf, third, mid, second)));
  }
}
