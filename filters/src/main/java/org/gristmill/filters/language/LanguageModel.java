package org.gristmill.filters.language;

import com.ibm.icu.lang.UScript;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
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
 * Bayes' rule with equal priors judges window by window; one more class stands for all unknown
 * languages, in which a character is somewhat less probable than it usually is in the most probable
 * language. So a window that is unlike any language is unsure, and so is a short one. The score is
 * how sure the surer half of the text is of any language, times the share of the best one in what
 * is sure.
 *
 * <p>Trained by {@code src/bench/filters/languages}; which languages, from what, and how well:
 * {@code docs/languages.md}.
 */
public final class LanguageModel {
  private static final int LONGEST = 4;

  /** Characters that are judged together; a text in two languages has windows of each. */
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

  /** Names, numbers and code are in no language: so much of a text must be, to be sure of it. */
  private static final double SUREST = 0.5;

  /** How likely a class is that is so many steps behind the best. */
  private static final double[] LIKELY = likely();

  private static double[] likely() {
    double[] likely = new double[1100]; // a part in 10^17 at its end
    for (int i = 0; i < likely.length; i++) {
      likely[i] = StrictMath.exp(-TEMPER * ScriptTable.STEP * i);
    }
    return likely;
  }

  /**
   * A language and how sure it is.
   *
   * @param language ISO 639-1 code where there is one, else ISO 639-3
   * @param category name of the class, which may say a script, {@code sr-latn}
   * @param score from 0 to 1: how sure the surer half of the text is of any language, times the
   *     share of this one among those
   * @param share from 0 to 1: of the text's letters, those that are surely in this language
   */
  public record Guess(String language, String category, double score, double share) {}

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

  /**
   * The language of a text; empty if it has no letters of a known script.
   *
   * @param pieces of the text; each is judged on its own
   */
  public Optional<Guess> identify(String... pieces) {
    Sample sample = Sample.of(pieces);
    ScriptTable table = tables.get(sample.script);
    if (table == null) {
      return Optional.empty();
    }
    Windows windows = new Windows(table, sample);
    for (int piece = 0; piece < pieces.length; piece++) {
      judge(sample, sample.ends[piece], sample.ends[piece + 1], windows);
    }
    return Optional.of(windows.guess());
  }

  private static void judge(Sample sample, int from, int to, Windows windows) {
    char[] chars = sample.chars;
    ScriptTable table = windows.table;
    int word = from; // where the word begins, with the space before it
    long key = chars[from];
    for (int window = from; window + 1 < to; ) {
      int end = Math.min(to - 1, window + WINDOW);
      for (int at = window + 1; at <= end; at++) {
        char c = chars[at];
        key = key << 16 | c;
        table.add(key, Math.min(LONGEST, at - word + 1), windows.sums);
        word = c == ' ' ? at : word;
      }
      windows.add(end - window);
      window = end;
    }
  }

  /** Probabilities of the classes, window by window. */
  private static final class Windows {
    private final ScriptTable table;
    private final Sample sample;
    private final ScriptTable.Sums sums;
    private final double[] probabilities;

    /** Means if the text is in one of the classes. */
    private final double[] known;

    /** Means with one more class for all unknown languages. */
    private final double[] open;

    /** How sure each window is of a known language, and its characters. */
    private final List<Sure> sures = new ArrayList<>();

    private record Sure(double sure, int chars) {}

    Windows(ScriptTable table, Sample sample) {
      this.table = table;
      this.sample = sample;
      int classes = table.classes.length;
      sums = new ScriptTable.Sums(table);
      probabilities = new double[classes];
      known = new double[classes];
      open = new double[classes];
    }

    /** Ends a window of some characters. */
    void add(int chars) {
      sums.flush();
      int[] sums = this.sums.all;
      int best = 0;
      for (int i = 1; i < sums.length; i++) {
        best = sums[i] > sums[best] ? i : best;
      }
      double all = 0;
      for (int i = 0; i < sums.length; i++) {
        int behind = sums[best] - sums[i];
        probabilities[i] = behind < LIKELY.length ? LIKELY[behind] : 0;
        all += probabilities[i];
      }
      double unlike = chars * (table.classes[best].usual() - gap(sample.script));
      double unknown = StrictMath.exp(TEMPER * (unlike - sums[best] * ScriptTable.STEP));
      double share = chars / (double) sample.letters;
      for (int i = 0; i < sums.length; i++) {
        known[i] += share * probabilities[i] / all;
        open[i] += share * probabilities[i] / (all + unknown);
      }
      sures.add(new Sure(all / (all + unknown), chars));
      Arrays.fill(sums, 0);
    }

    Guess guess() {
      int best = 0;
      for (int i = 1; i < known.length; i++) {
        best = known[i] > known[best] ? i : best;
      }
      ScriptTable.Category category = table.classes[best];
      double own = 0;
      double all = 0;
      for (int i = 0; i < open.length; i++) {
        own += table.classes[i].language().equals(category.language()) ? open[i] : 0;
        all += open[i];
      }
      double score = all == 0 ? 0 : Math.min(1, own / all) * surest() * sample.share;
      return new Guess(
          category.language(), category.name(), score, Math.min(1, own) * sample.share);
    }

    /** How sure the surest part of the text is of a known language. */
    private double surest() {
      sures.sort(Comparator.comparingDouble(s -> -s.sure));
      double part = SUREST * sample.letters;
      double sum = 0;
      double left = part;
      for (Sure sure : sures) {
        double chars = Math.min(left, sure.chars);
        sum += chars * sure.sure;
        left -= chars;
      }
      return sum / part;
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
