package org.gristmill.dedup.contamination;

import java.io.Serializable;
import org.gristmill.core.Block;
import org.gristmill.core.Bounds;
import org.gristmill.core.Setting;

/**
 * How many {@link Units} make an n-gram of a benchmark.
 *
 * <p>A field whose units are words for the greater part is cut into n-grams of {@code words}, one
 * of characters into n-grams of {@code characters}. A field that is shorter than that, but has at
 * least {@code shortest} units, is one n-gram as a whole; what is shorter still is not looked for,
 * and {@link NgramIndex#notSearched} tells which fields those are.
 *
 * @param words in an n-gram, from 1 to 100
 * @param characters in an n-gram of a text without spaces, from 1 to 100
 * @param shortest units of a field that is looked for at all, from 1 to the smaller of the two
 */
@Block(
    does = "Cuts benchmarks into n-grams that are looked for in documents.",
    version = 1,
    libraries = "icu")
public record GramSize(
    @Setting(does = "Words in an n-gram.", unit = "words", min = 1, max = 100) int words,
    @Setting(
            does = "Characters in an n-gram of Chinese, Japanese, Thai and the like.",
            unit = "characters",
            min = 1,
            max = 100)
        int characters,
    @Setting(
            does = "A field with fewer words or characters is not looked for.",
            unit = "words",
            min = 1,
            max = 100)
        int shortest)
    implements Serializable {
  /** 13 words, or as many as there are from 8 on (GPT-3, arXiv 2005.14165, appendix C). */
  public static final GramSize GPT3 = new GramSize(13, 13, 8);

  /** 8 words (PaLM, arXiv 2204.02311, section 8); no fewer are looked for. */
  public static final GramSize PALM = new GramSize(8, 13, 8);

  public GramSize {
    Bounds.between("words", words, 1, 100);
    Bounds.between("characters", characters, 1, 100);
    Bounds.between("shortest", shortest, 1, Math.min(words, characters));
  }

  /** Units in the n-grams of a field; 0 if it is too short to be looked for. */
  int of(Units field) {
    int n = field.unspaced() ? characters : words;
    return field.size() >= n ? n : field.size() >= shortest ? field.size() : 0;
  }
}
