package org.gristmill.filters;

import com.ibm.icu.util.ULocale;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.gristmill.core.Block;
import org.gristmill.core.Bounds;
import org.gristmill.core.Document;
import org.gristmill.core.Setting;
import org.gristmill.core.SettingError;
import org.gristmill.filters.fasttext.FastText;
import org.gristmill.filters.language.ChineseScript;
import org.gristmill.filters.language.LanguageModel;

/**
 * Identifies the language of a document, and drops documents in other languages than wanted or in
 * no clear one.
 *
 * <p>With the bundled model ({@link LanguageModel}) the score says how sure it is that the text is
 * in that language and in none that the model does not know: short texts, and texts unlike any
 * language, have a low one. Up to half of a text may be names, numbers or code without lowering it;
 * text in a second language lowers it, and so do brackets and operators that prose has not. The
 * number {@code share} is how much of all letters is surely in the language. A text without letters
 * of a known script has the language {@link Document#UNDETERMINED}, and both are 0.
 *
 * <p>With a model of fastText the language is its most probable label without its prefix, two
 * letters long where ISO 639-1 has such a code ({@code __label__eng_Latn} is {@code en}), and the
 * score is the label's probability. The sample is read as one line.
 *
 * <p>Norwegian is {@code no}, whether Bokm&aring;l or Nynorsk. Chinese in either script is {@code
 * zh}, with {@code variants} {@code zh-hant} or {@code zh-hans} where the text has characters of
 * only one of them; {@code zh} in {@code keep} or in a step's {@code languages} means all three.
 *
 * @param keep codes of the languages that stay; empty keeps all
 * @param minScore least score that stays, inclusive, from 0 to 1; FineWeb uses 0.65
 * @param sampleChars how many UTF-16 units are looked at, at least 100: all of a shorter text, else
 *     nine about equal parts (fewer of a small sample), the first at its beginning and the last at
 *     its end
 * @param model a model of fastText; the default is none, and the bundled one identifies
 * @param variants whether Chinese says its script
 */
@Block(
    does = "Identifies the language and drops documents in others than wanted or in no clear one.",
    version = 3,
    libraries = "icu")
public record Language(
    @Setting(
            does = "Codes of the languages that stay (ISO 639-1 or -3); empty keeps all.",
            decides = true)
        List<String> keep,
    @Setting(does = "Least score that stays.", min = 0, max = 1, decides = true) double minScore,
    @Setting(does = "How much of the text is looked at.", unit = "UTF-16 units", min = 100)
        int sampleChars,
    @Setting(does = "File of a model of fastText, on every machine; without, the bundled one.")
        ModelFile model,
    @Setting(does = "Whether Chinese is zh-hant or zh-hans where the text says which.")
        boolean variants)
    implements Measured {
  /**
   * Every code that the bundled model can give a document, {@link Document#UNDETERMINED} aside;
   * sorted, unmodifiable.
   */
  public static final SortedSet<String> CODES = codes();

  /** Keeps every language that is clear enough for FineWeb. */
  public static final Language DEFAULT = new Language(List.of(), 0.65, 1260, ModelFile.NONE, false);

  /** Where so many characters hold no space, a piece begins or ends within a word. */
  private static final int LONG_WORD = 20;

  private static final int PIECES = 9;
  private static final int LEAST_PIECES = 3;

  /** With less text than so many characters a piece there are fewer pieces. */
  private static final int PIECE = 100;

  private static final String LABEL = "__label__";
  private static final LanguageModel.Guess NONE =
      new LanguageModel.Guess(Document.UNDETERMINED, "", 0, 0);

  /**
   * @throws SettingError if the model cannot give a code of {@code keep}, or is no model
   */
  public Language {
    keep = List.copyOf(keep);
    SortedSet<String> known = known(model);
    for (String code : keep) {
      if (!known.contains(code)) {
        throw new SettingError("keep", "must hold codes of " + known + ", not " + code);
      }
    }
    Bounds.share("minScore", minScore);
    Bounds.atLeast("sampleChars", sampleChars, 100);
  }

  private static SortedSet<String> codes() {
    SortedSet<String> codes = new TreeSet<>(LanguageModel.get().languages());
    codes.addAll(List.of("zh-hans", "zh-hant"));
    return Collections.unmodifiableSortedSet(codes);
  }

  private static SortedSet<String> known(ModelFile model) {
    if (model.equals(ModelFile.NONE)) {
      return CODES;
    }
    SortedSet<String> codes = new TreeSet<>(List.of("zh-hans", "zh-hant"));
    FasttextQuality.fastText("model", model).labels().forEach(label -> codes.add(code(label)));
    return codes;
  }

  /** The code of a label: {@code __label__eng_Latn} is {@code en}. */
  private static String code(String label) {
    String tag = label.startsWith(LABEL) ? label.substring(LABEL.length()) : label;
    return new ULocale(tag.replaceAll("[_-].*", "")).getLanguage();
  }

  @Override
  public Findings measure(Document document, Scan scan, Tongue tongue) {
    String[] pieces = pieces(document.text().toString());
    LanguageModel.Guess guess =
        model.equals(ModelFile.NONE)
            ? LanguageModel.get().identify(pieces).orElse(NONE)
            : byModel(String.join("\n", pieces));
    String code =
        variants && guess.language().equals("zh")
            ? ChineseScript.of(String.join("\n", pieces))
            : guess.language();
    Rules rules = new Rules("language");
    rules.number("score", guess.score());
    if (model.equals(ModelFile.NONE)) {
      rules.number("share", guess.share());
    }
    return new Findings(rules.findings().numbers(), code);
  }

  @Override
  public Verdict decide(Findings found, Tongue tongue) {
    Rules rules = new Rules("language", found);
    rules.number("unwanted", isWanted(found.language()) ? 0 : 1);
    rules.atMost("unwanted", 0);
    rules.atLeast("score", minScore);
    return rules.verdict();
  }

  private LanguageModel.Guess byModel(String sample) {
    FastText read = FasttextQuality.fastText("model", model);
    List<FastText.Prediction> best = read.predict(sample.getBytes(StandardCharsets.UTF_8), 1);
    return best.isEmpty()
        ? NONE
        : new LanguageModel.Guess(
            code(best.get(0).label()), "", Math.min(1, best.get(0).probability()), 1);
  }

  private boolean isWanted(String code) {
    return keep.isEmpty() || keep.contains(code) || keep.contains(primary(code));
  }

  /** A code without its subtags: {@code zh-hant} is Chinese. */
  static String primary(String code) {
    int dash = code.indexOf('-');
    return dash < 0 ? code : code.substring(0, dash);
  }

  /** All of a shorter text, else equal parts from its beginning to its end, of whole words. */
  private String[] pieces(String text) {
    if (text.length() <= sampleChars) {
      return new String[] {text};
    }
    int count = Math.max(LEAST_PIECES, Math.min(PIECES, sampleChars / PIECE));
    String[] pieces = new String[count];
    int length = sampleChars / count;
    int trimmed = Math.min(LONG_WORD, length / 4);
    for (int piece = 0; piece < count; piece++) {
      int start = (int) ((long) (text.length() - length) * piece / (count - 1));
      int end = start + length;
      int from = start;
      for (int i = 0; i < trimmed && from == start && piece > 0; i++) {
        from = text.charAt(start + i) <= ' ' ? start + i + 1 : start;
      }
      int to = end;
      for (int i = 1; i <= trimmed && to == end && piece + 1 < count; i++) {
        to = text.charAt(end - i) <= ' ' ? end - i : end;
      }
      pieces[piece] = text.substring(from, to);
    }
    return pieces;
  }
}
