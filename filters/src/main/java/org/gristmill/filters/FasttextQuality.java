package org.gristmill.filters;

import org.gristmill.core.Block;
import org.gristmill.core.Bounds;
import org.gristmill.core.Document;
import org.gristmill.core.Hash;
import org.gristmill.core.Setting;
import org.gristmill.core.SettingError;
import org.gristmill.filters.fasttext.FastText;

/**
 * Drops documents that a model of fastText does not find good enough: by a limit, by chance, or
 * both.
 *
 * <p>The score is the probability of a label for the whole text, read as one line. With {@code
 * alpha} a document stays if a draw from the Pareto distribution of the second kind (Lomax) is
 * above {@code 1 - score}, that is with the probability {@code (2 - score)^-alpha}: GPT-3's rule,
 * with {@code alpha = 9} (Brown et al. 2020, Appendix A, as {@code numpy.random.pareto} draws). The
 * draw is that of the document's id and the seed.
 *
 * @param model the model; the default is none, and nothing is dropped
 * @param label with its prefix
 * @param minScore least score that stays, inclusive, from 0 to 1
 * @param alpha shape of the distribution; 0 lets chance drop nothing
 * @param seed of the draws
 */
@Block(does = "Drops documents that a model of fastText does not find good enough.", version = 1)
public record FasttextQuality(
    @Setting(does = "File of the model, .bin or .ftz, on every machine.", required = true)
        ModelFile model,
    @Setting(does = "The label whose probability is the score, with its prefix.") String label,
    @Setting(does = "Least score that stays.", min = 0, max = 1, decides = true) double minScore,
    @Setting(
            does = "Shape of the Pareto distribution that keeps some of every score; 0: no chance.",
            min = 0,
            max = 1000,
            decides = true)
        double alpha,
    @Setting(does = "Seed of the chance.") long seed)
    implements Measured {
  /** Keeps what is rather good than bad. */
  public static final FasttextQuality DEFAULT =
      new FasttextQuality(ModelFile.NONE, "__label__hq", 0.5, 0, 1);

  private static final double DRAWS = 0x1p53;

  /**
   * @throws SettingError if the file is no supervised model, or has no such label
   */
  public FasttextQuality {
    Bounds.share("minScore", minScore);
    if (!(alpha >= 0 && alpha <= 1000)) {
      throw new SettingError("alpha", "must be from 0 to 1000, is " + alpha);
    }
    if (!model.equals(ModelFile.NONE)) {
      FastText read = fastText("model", model);
      if (!read.labels().contains(label)) {
        throw new SettingError("label", "must be one of " + read.labels() + ", is " + label);
      }
    }
  }

  static FastText fastText(String setting, ModelFile file) {
    return file.load(setting, FastText.class, FastText::read);
  }

  @Override
  public Findings measure(Document document, Scan scan, Tongue tongue) {
    Rules rules = new Rules("fasttext-quality");
    if (model.equals(ModelFile.NONE)) {
      rules.number("score", 0);
      rules.number("draw", 0);
    } else {
      rules.number("score", score(scan.bytes()));
      rules.number("draw", (Hash.xx64(seed, document.id()) >>> 11) / DRAWS);
    }
    return rules.findings();
  }

  @Override
  public Verdict decide(Findings found, Tongue tongue) {
    Rules rules = new Rules("fasttext-quality", found);
    boolean judges = !model.equals(ModelFile.NONE);
    double chance = judges ? StrictMath.pow(2 - rules.number("score"), -alpha) : 1;
    rules.number("chance", chance);
    if (judges) {
      rules.atLeast("score", minScore);
      rules.atMost("draw", chance);
    }
    return rules.verdict();
  }

  private double score(byte[] text) {
    FastText read = fastText("model", model);
    float[] probabilities = read.probabilities(text);
    return probabilities.length == 0 ? 0 : Math.min(1, probabilities[read.labels().indexOf(label)]);
  }
}
