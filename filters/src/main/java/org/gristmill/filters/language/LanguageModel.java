package org.gristmill.filters.language;

import com.ibm.icu.lang.UScript;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/**
 * Tells languages apart, and text that is in none of them.
 *
 * <p>A text is judged by the letters of its main script. For each class of that script, a language
 * and where its training text is from, n-grams of one to four characters give the probability of
 * the text (interpolated after Witten and Bell 1991, pruned, as back-off weights that add up).
 * Bayes' rule with equal priors gives the score; one more class stands for all unknown languages,
 * in which a character is somewhat less probable than it usually is in the most probable language.
 * So a text that is unlike any language has a low score, and so has a short one.
 *
 * <p>Trained by {@code src/bench/filters/languages}; which languages, from what, and how well:
 * {@code docs/languages.md}.
 */
public final class LanguageModel {
  private static final int LONGEST = 4;

  /** Characters that are judged together, so that a text in two languages is sure of neither. */
  private static final int WINDOW = 400;

  /** Neighbouring n-grams share characters: so much of their evidence counts. */
  private static final double TEMPER = 0.3;

  /** How much less probable a character is in an unknown language, in nats; see {@link #gap}. */
  private static final double GAP = 0.4;

  /** The same in Devanagari, whose languages are known from one source only. */
  private static final double DEVANAGARI_GAP = 1;

  /** The same in scripts of few languages, where an unknown one is less likely. */
  private static final double WIDE_GAP = 2.5;

  /** The same in Han and Hangul, where characters weigh more and words stand side by side. */
  private static final double WIDEST_GAP = 6;

  /**
   * A language and how sure it is.
   *
   * @param language ISO 639-1 code where there is one, else ISO 639-3
   * @param category name of the class, which may say a script, {@code sr-latn}
   * @param score from 0 to 1
   */
  public record Guess(String language, String category, double score) {}

  private final Map<Integer, ScriptTable> tables = new HashMap<>();

  private static final class Holder {
    private static final LanguageModel MODEL = bundled();
  }

  private LanguageModel() {}

  /** The bundled model, read at the first call. */
  public static LanguageModel get() {
    return Holder.MODEL;
  }

  private static LanguageModel bundled() {
    try (InputStream in = LanguageModel.class.getResourceAsStream("languages.bin.gz")) {
      return read(new GZIPInputStream(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static LanguageModel read(InputStream in) throws IOException {
    LanguageModel model = new LanguageModel();
    DataInputStream data = new DataInputStream(new BufferedInputStream(in, 1 << 16));
    int scripts = data.readInt();
    for (int i = 0; i < scripts; i++) {
      int script = UScript.getCodeFromName(data.readUTF());
      model.tables.put(script, ScriptTable.read(data));
    }
    return model;
  }

  /** Codes of all languages; sorted, unmodifiable. */
  public SortedSet<String> languages() {
    SortedSet<String> languages = new TreeSet<>();
    for (ScriptTable table : tables.values()) {
      for (ScriptTable.Category category : table.classes) {
        languages.add(category.language());
      }
    }
    return Collections.unmodifiableSortedSet(languages);
  }

  /** Whether it knows a language in a script. */
  boolean knows(String language, int script) {
    ScriptTable table = tables.get(script);
    return table != null
        && Arrays.stream(table.classes).anyMatch(c -> c.language().equals(language));
  }

  /** The language of a text; empty if it has no letters of a known script. */
  public Optional<Guess> identify(String text) {
    Sample sample = Sample.of(text);
    ScriptTable table = tables.get(sample.script);
    if (table == null) {
      return Optional.empty();
    }
    Means means = new Means(table, sample);
    int[] sums = new int[table.classes.length];
    char[] chars = sample.chars;
    int start = 0;
    int window = 0;
    for (int end = 1; end < sample.length; end++) {
      long key = 0;
      int first = Math.max(start, end - LONGEST + 1);
      for (int n = 0; end - n >= first; n++) {
        key |= (long) chars[end - n] << 16 * n;
        if (!table.add(key, sums) && n > 0) {
          break; // what a gram rests on is in the table with it
        }
      }
      start = chars[end] == ' ' ? end : start;
      if (end - window >= WINDOW || end + 1 == sample.length) {
        means.add(sums, end - window);
        Arrays.fill(sums, 0);
        window = end;
      }
    }
    return Optional.of(means.guess());
  }

  /** Probabilities of the classes, as means over the windows of a text. */
  private static final class Means {
    private final ScriptTable table;
    private final Sample sample;

    /** If the text is in one of the classes. */
    private final double[] known;

    /** With one more class for all unknown languages. */
    private final double[] open;

    Means(ScriptTable table, Sample sample) {
      this.table = table;
      this.sample = sample;
      known = new double[table.classes.length];
      open = new double[known.length];
    }

    /** Adds a window of some characters. */
    void add(int[] sums, int chars) {
      int best = 0;
      for (int i = 1; i < sums.length; i++) {
        best = sums[i] > sums[best] ? i : best;
      }
      double[] probabilities = new double[sums.length];
      double all = 0;
      for (int i = 0; i < sums.length; i++) {
        probabilities[i] = StrictMath.exp(TEMPER * ScriptTable.STEP * (sums[i] - sums[best]));
        all += probabilities[i];
      }
      double unlike = chars * (table.classes[best].usual() - gap(sample.script));
      double unknown = StrictMath.exp(TEMPER * (unlike - sums[best] * ScriptTable.STEP));
      double share = chars / (sample.length - 1.0);
      for (int i = 0; i < sums.length; i++) {
        known[i] += share * probabilities[i] / all;
        open[i] += share * probabilities[i] / (all + unknown);
      }
    }

    Guess guess() {
      int best = 0;
      for (int i = 1; i < known.length; i++) {
        best = known[i] > known[best] ? i : best;
      }
      ScriptTable.Category category = table.classes[best];
      double score = 0;
      for (int i = 0; i < open.length; i++) {
        score += table.classes[i].language().equals(category.language()) ? open[i] : 0;
      }
      return new Guess(category.language(), category.name(), Math.min(1, score) * sample.share);
    }
  }

  /** Scripts of many languages are likely to be that of an unknown one; others are not. */
  private static double gap(int script) {
    return switch (script) {
      case UScript.LATIN, UScript.CYRILLIC, UScript.ARABIC -> GAP;
      case UScript.DEVANAGARI -> DEVANAGARI_GAP;
      case UScript.HAN, UScript.HANGUL -> WIDEST_GAP;
      default -> WIDE_GAP;
    };
  }
}
