package org.gristmill.tokenize.objective;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.gristmill.core.Block;
import org.gristmill.core.Bounds;
import org.gristmill.core.Setting;
import org.gristmill.core.SettingError;
import org.gristmill.tokenize.Tokenizer;
import org.gristmill.tokenize.Track;

/**
 * T5's objective: spans of a text are left out, and are what an encoder-decoder, or a prefix
 * language model, puts out.
 *
 * <p>Of n tokens {@code round(n * density)} are left out, but at least one and not all, in {@code
 * round(that / meanSpan)} spans, at least one; the lengths of the spans, and of what stays between
 * them, are a partition of chance, and a text never begins with a span. The piece is the input (the
 * text with the k-th sentinel in the place of the k-th span, and the end-of-document id), then the
 * target (each sentinel and its span, the end-of-document id); {@link Track#TOKEN_TYPES} is 0 in
 * the input and 1 in the target. As in T5's code, no sentinel closes the target; the figure in the
 * paper has one, and so has it with {@code closing}.
 *
 * <p>A longer document is cut into stretches as long as fit, so that input and target together are
 * at most {@code maxTokens}.
 *
 * @param density share of the tokens that are left out
 * @param meanSpan mean length of a span, in tokens, at least 1
 * @param maxTokens longest piece
 * @param sentinel name of the sentinels, with {@code {n}} for their number from 0
 * @param closing whether a sentinel closes the target
 * @param seed of all chance
 * @see <a href="https://arxiv.org/abs/1910.10683">Raffel et al. 2020, Exploring the Limits of
 *     Transfer Learning with a Unified Text-to-Text Transformer</a>, section 3.1.4
 * @see <a
 *     href="https://github.com/google-research/text-to-text-transfer-transformer/blob/main/t5/data/preprocessors.py">random_spans_noise_mask
 *     in its code</a>
 */
@Block(
    does = "T5's span corruption: the text with sentinels for spans, then the spans.",
    version = 1)
public record SpanCorruption(
    @Setting(does = "Share of the tokens that are left out.", min = 0, max = 1) double density,
    @Setting(does = "Mean length of a span.", unit = "tokens", min = 1, max = 1_000)
        double meanSpan,
    @Setting(does = "Longest piece, input and target together.", unit = "tokens", min = 16)
        int maxTokens,
    @Setting(does = "Name of the sentinels, with {n} for their number from 0.") String sentinel,
    @Setting(does = "Whether a sentinel closes the target.") boolean closing,
    @Setting(does = "Seed of all chance.") long seed)
    implements Objective, Serializable {
  /** The paper's baseline. */
  public static final SpanCorruption DEFAULT =
      new SpanCorruption(0.15, 3, 512, "<extra_id_{n}>", false, 1);

  public SpanCorruption {
    Bounds.share("density", density);
    if (!(meanSpan >= 1 && meanSpan <= 1_000)) {
      throw new SettingError("meanSpan", "must be from 1 to 1000, is " + meanSpan);
    }
    Bounds.atLeast("maxTokens", maxTokens, 16);
  }

  @Override
  public int wholeTokens() {
    return maxTokens;
  }

  @Override
  public Set<Track> tracks() {
    return Set.of(Track.TOKEN_TYPES);
  }

  @Override
  public void check(Tokenizer tokenizer) {
    int needed = spans(stretch()) + (closing ? 1 : 0);
    for (int n = 0; n < needed; n++) {
      sentinel(tokenizer, n);
    }
  }

  private int sentinel(Tokenizer tokenizer, int n) {
    return Objective.token(tokenizer, "sentinel", sentinel.replace("{n}", Integer.toString(n)));
  }

  /** Tokens left out of n. */
  private int left(int n) {
    return Math.max(1, Math.min(n - 1, (int) Math.rint(n * density)));
  }

  /** Spans in n tokens; no more than there are tokens to stand before each. */
  private int spans(int n) {
    int left = left(n);
    return Math.max(1, Math.min((int) Math.rint(left / meanSpan), n - left));
  }

  /** Length of the piece that n tokens become: a sentinel twice for each span, and two ends. */
  private int length(int n) {
    return n + 2 * spans(n) + 2 + (closing ? 1 : 0);
  }

  /** Most tokens whose piece is not too long. */
  private int stretch() {
    int n = maxTokens;
    while (length(n) > maxTokens) {
      n--;
    }
    return n;
  }

  @Override
  public Encoded encode(Tokenizer tokenizer, Passage document) {
    int[] tokens = tokenizer.encode(document.text());
    int stretch = stretch();
    List<int[]> pieces = new ArrayList<>();
    List<int[]> types = new ArrayList<>();
    for (int from = 0; from < tokens.length; from += stretch) {
      int[] part = Arrays.copyOfRange(tokens, from, Math.min(tokens.length, from + stretch));
      Chance chance = new Chance(seed, document.id() + ":spans:" + from);
      int[] bounds = part.length == 1 ? new int[] {0, 1} : bounds(part.length, chance);
      int[] input = input(tokenizer, part, bounds);
      int[] target = target(tokenizer, part, bounds);
      int[] type = new int[input.length + target.length];
      Arrays.fill(type, input.length, type.length, 1);
      pieces.add(Encoded.joined(List.of(input, target)));
      types.add(type);
    }
    return Encoded.of(document.id(), pieces).with(Track.TOKEN_TYPES, types);
  }

  /** First token of each span and the token behind it, in turn. */
  private int[] bounds(int n, Chance chance) {
    int left = left(n);
    int spans = spans(n);
    int[] out = partition(left, spans, chance);
    int[] stay = partition(n - left, spans, chance);
    int[] bounds = new int[2 * spans];
    int at = 0;
    for (int i = 0; i < spans; i++) {
      at += stay[i];
      bounds[2 * i] = at;
      at += out[i];
      bounds[2 * i + 1] = at;
    }
    return bounds;
  }

  /** A number as the sum of some, each at least 1, every such sum being as probable. */
  static int[] partition(int items, int parts, Chance chance) {
    int[] starts = new int[items - 1];
    Arrays.fill(starts, 0, parts - 1, 1);
    chance.shuffle(starts);
    int[] sizes = new int[parts];
    int part = 0;
    sizes[0] = 1;
    for (int start : starts) {
      part += start;
      sizes[part]++;
    }
    return sizes;
  }

  private int[] input(Tokenizer tokenizer, int[] tokens, int[] bounds) {
    List<int[]> input = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < bounds.length; i += 2) {
      input.add(Arrays.copyOfRange(tokens, at, bounds[i]));
      input.add(new int[] {sentinel(tokenizer, i / 2)});
      at = bounds[i + 1];
    }
    input.add(Arrays.copyOfRange(tokens, at, tokens.length));
    return Causal.ended(tokenizer, Encoded.joined(input));
  }

  private int[] target(Tokenizer tokenizer, int[] tokens, int[] bounds) {
    List<int[]> target = new ArrayList<>();
    for (int i = 0; i < bounds.length; i += 2) {
      target.add(new int[] {sentinel(tokenizer, i / 2)});
      target.add(Arrays.copyOfRange(tokens, bounds[i], bounds[i + 1]));
    }
    if (closing) {
      target.add(new int[] {sentinel(tokenizer, bounds.length / 2)});
    }
    return Causal.ended(tokenizer, Encoded.joined(target));
  }
}
