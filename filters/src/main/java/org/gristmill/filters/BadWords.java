package org.gristmill.filters;

import org.gristmill.core.Block;
import org.gristmill.core.Bounds;
import org.gristmill.core.Document;
import org.gristmill.core.Setting;
import org.gristmill.core.SettingError;

/**
 * Drops documents with words of a list: more of them than some count, or a larger share.
 *
 * <p>A word or phrase of the list is found whatever its case, width and white space (Unicode's
 * NFKC_Casefold), and only whole; next to a character of a script without spaces (Han, kana, Thai,
 * Lao, Khmer, Burmese, Tibetan) it may stand anywhere. It is not found in other forms of the word:
 * plurals and cases stand in the list or are kept.
 *
 * <p>Source of the rule that one word is enough: Raffel et al., Exploring the Limits of Transfer
 * Learning (C4), arXiv:1910.10683.
 *
 * @param list the words, one or a phrase a line; the default is none, and nothing is dropped
 * @param maxWords most of them that a document may have, inclusive, at least 0
 * @param maxShare largest share of code points without white space that stand in them, inclusive
 */
@Block(does = "Drops documents with words of a list.", version = 1, libraries = "icu")
public record BadWords(
    @Setting(does = "File of words, one or a phrase a line, in UTF-8.", required = true)
        ListFile list,
    @Setting(
            does = "Most of them that a document may have.",
            unit = "words",
            min = 0,
            decides = true)
        int maxWords,
    @Setting(
            does = "Largest share of a text that stands in them.",
            min = 0,
            max = 1,
            decides = true)
        double maxShare)
    implements Measured {
  /** One word is enough. */
  public static final BadWords C4 = new BadWords(ListFile.NONE, 0, 1);

  /**
   * @throws SettingError if the list is not what it should be
   */
  public BadWords {
    Bounds.atLeast("maxWords", maxWords, 0);
    Bounds.share("maxShare", maxShare);
    WordList.of("list", list);
  }

  @Override
  public Findings measure(Document document, Scan scan, Tongue tongue) {
    WordList.Found found = WordList.of("list", list).in(document.text().toString());
    Rules rules = new Rules("bad-words");
    rules.number("words", found.matches());
    rules.number("share", Rules.share(found.chars(), found.allChars()));
    return rules.findings();
  }

  @Override
  public Verdict decide(Findings found, Tongue tongue) {
    Rules rules = new Rules("bad-words", found);
    rules.atMost("words", maxWords);
    rules.atMost("share", maxShare);
    return rules.verdict();
  }
}
