package org.gristmill.filters;

import java.util.List;
import java.util.SortedSet;
import org.gristmill.core.Block;
import org.gristmill.core.Bounds;
import org.gristmill.core.Document;
import org.gristmill.core.Setting;
import org.gristmill.core.SettingError;

/**
 * Identifies the language of a document, and drops documents in other languages than wanted or in
 * no clear one.
 *
 * <p>The score is the share of the text's letters that are of its main script, times the mean
 * probability of the language in windows of the sample; see {@link LanguageModel}. A text without
 * letters, or in a script of which no language is known, has the language {@link
 * Document#UNDETERMINED} and the score 0.
 *
 * <p>Norwegian is {@code no}, Chinese in either script is {@code zh}. Short texts in languages with
 * a script of their own (Chinese, Japanese, Korean, Thai, Greek...) are as sure as long ones;
 * others need about a sentence.
 *
 * @param keep ISO 639-1 codes of the languages that stay; empty keeps all
 * @param minScore least score that stays, inclusive, from 0 to 1; FineWeb uses 0.65
 * @param sampleChars how many UTF-16 units are looked at, at least 100: all of a shorter text, else
 *     equal parts from the beginning, the middle and the end
 */
@Block(
    does = "Identifies the language and drops documents in others than wanted or in no clear one.",
    version = 1,
    libraries = {"icu", "language-detector"})
public record Language(
    @Setting(does = "ISO 639-1 codes of the languages that stay; empty keeps all.")
        List<String> keep,
    @Setting(does = "Least score that stays.", min = 0, max = 1) double minScore,
    @Setting(does = "How much of the text is looked at.", unit = "UTF-16 units", min = 100)
        int sampleChars)
    implements Filter {
  /**
   * Every code it can give a document, {@link Document#UNDETERMINED} aside; sorted, unmodifiable.
   */
  public static final SortedSet<String> CODES = LanguageModel.CODES;

  /** Keeps every language that is clear enough for FineWeb. */
  public static final Language DEFAULT = new Language(List.of(), 0.65, 4000);

  private static final int PIECES = 3;

  public Language {
    keep = List.copyOf(keep);
    for (String code : keep) {
      if (!CODES.contains(code)) {
        throw new SettingError("keep", "must hold codes of " + CODES + ", not " + code);
      }
    }
    Bounds.share("minScore", minScore);
    Bounds.atLeast("sampleChars", sampleChars, 100);
  }

  @Override
  public Verdict judge(Document document, Scan scan) {
    LanguageModel.Guess guess = LanguageModel.get().identify(sample(document.text().toString()));
    Rules rules = new Rules("language");
    boolean wanted = keep.isEmpty() || keep.contains(guess.code());
    rules.atMost("unwanted", wanted ? 0 : 1, 0);
    rules.atLeast("score", guess.score(), minScore);
    return rules.verdict(new Findings(rules.findings().numbers(), guess.code()));
  }

  private String sample(String text) {
    if (text.length() <= sampleChars) {
      return text;
    }
    int length = sampleChars / PIECES;
    StringBuilder sample = new StringBuilder(sampleChars + PIECES);
    for (int piece = 0; piece < PIECES; piece++) {
      int start = (int) ((long) (text.length() - length) * piece / (PIECES - 1));
      sample.append(text, start, start + length).append('\n');
    }
    return sample.toString();
  }
}
