package org.gristmill.filters;

import org.gristmill.core.Block;
import org.gristmill.core.Bounds;
import org.gristmill.core.Document;
import org.gristmill.core.Setting;

/**
 * Drops documents that advertise, or are mostly what stands around content: calls to action,
 * offers, contact lines, price lists, heaped keywords; notes on cookies and rights, navigation.
 *
 * <p>A text is read sentence by sentence. One advertises if it has a phrase of {@code
 * advertising.tsv} that does nothing else, or two different hints (prices, telephone numbers,
 * addresses and commands to a customer among them), or if it is a list in which one word comes
 * again and again. Shares are of the code points in sentences. The phrases are English and Chinese;
 * documents in other languages are measured, but {@code advertising.unjudged} is 1 for them.
 *
 * <p>The phrases and limits are Gristmill's own; docs/filters.md has their precision and recall.
 *
 * @param maxAds largest share of sentences that advertise, inclusive
 * @param maxFrame largest share of sentences that belong to the frame of a page, inclusive
 * @param minSentences how many sentences that advertise it takes to drop, at least 1
 */
@Block(does = "Drops documents that advertise or are mostly the frame of a page.", version = 1)
public record Advertising(
    @Setting(does = "Largest share of sentences that advertise.", min = 0, max = 1, decides = true)
        double maxAds,
    @Setting(
            does = "Largest share of sentences that belong to the frame of a page.",
            min = 0,
            max = 1,
            decides = true)
        double maxFrame,
    @Setting(
            does = "How many sentences that advertise it takes to drop.",
            unit = "sentences",
            min = 1,
            decides = true)
        int minSentences)
    implements Measured {
  /** Limits chosen on the tuned half of the sample. */
  public static final Advertising DEFAULT = new Advertising(0.25, 0.5, 1);

  public Advertising {
    Bounds.share("maxAds", maxAds);
    Bounds.share("maxFrame", maxFrame);
    Bounds.atLeast("minSentences", minSentences, 1);
  }

  @Override
  public Findings measure(Document document, Scan scan, Tongue tongue) {
    AdSentences found = AdSentences.in(scan.bytes());
    Rules rules = new Rules("advertising");
    rules.number("ad-sentences", found.ads());
    rules.number("ad-share", Rules.share(found.adChars(), found.chars()));
    rules.number("frame-share", Rules.share(found.frameChars(), found.chars()));
    String language = Tongue.of(document, scan).code();
    rules.number("unjudged", language.equals("en") || language.equals("zh") ? 0 : 1);
    return rules.findings();
  }

  @Override
  public Verdict decide(Findings found, Tongue tongue) {
    Rules rules = new Rules("advertising", found);
    rules.atMost("ad-share", rules.number("ad-sentences") < minSentences ? 1 : maxAds);
    rules.atMost("frame-share", maxFrame);
    return rules.verdict();
  }
}
