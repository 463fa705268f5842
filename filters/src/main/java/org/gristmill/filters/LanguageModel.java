package org.gristmill.filters;

import com.ibm.icu.lang.UScript;
import com.optimaize.langdetect.i18n.LdLocale;
import com.optimaize.langdetect.profiles.BuiltInLanguages;
import com.optimaize.langdetect.profiles.LanguageProfile;
import com.optimaize.langdetect.profiles.LanguageProfileReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gristmill.core.Document;

/**
 * Tells languages apart, first by script and then by n-grams.
 *
 * <p>A script that one language owns decides by itself. Among the languages of any other script a
 * naive Bayes classifier decides, with the profiles of language-detector 0.6 (frequencies of 1- to
 * 3-grams in Wikipedia) and its smoothing. The library's own detector draws n-grams by chance until
 * it is sure; this one uses them all, which is as accurate, and the same on every machine.
 */
final class LanguageModel {

  /**
   * A language and how sure it is.
   *
   * @param score from 0 to 1
   */
  record Guess(String code, double score) {
    static final Guess NONE = new Guess(Document.UNDETERMINED, 0);
  }

  private static final Map<Integer, String> OWNERS =
      Map.ofEntries(
          Map.entry(UScript.HAN, "zh"),
          Map.entry(UScript.HIRAGANA, "ja"),
          Map.entry(UScript.HANGUL, "ko"),
          Map.entry(UScript.THAI, "th"),
          Map.entry(UScript.LAO, "lo"),
          Map.entry(UScript.KHMER, "km"),
          Map.entry(UScript.MYANMAR, "my"),
          Map.entry(UScript.GREEK, "el"),
          Map.entry(UScript.ARMENIAN, "hy"),
          Map.entry(UScript.GEORGIAN, "ka"),
          Map.entry(UScript.BENGALI, "bn"),
          Map.entry(UScript.GUJARATI, "gu"),
          Map.entry(UScript.GURMUKHI, "pa"),
          Map.entry(UScript.KANNADA, "kn"),
          Map.entry(UScript.MALAYALAM, "ml"),
          Map.entry(UScript.SINHALA, "si"),
          Map.entry(UScript.TAMIL, "ta"),
          Map.entry(UScript.TELUGU, "te"));

  /** Codes of all languages it can tell. */
  static final SortedSet<String> CODES = codes();

  private static final int WINDOW_CHARS = 400;

  private final Map<Integer, NgramClassifier> classifiers = new HashMap<>();

  private static final class Holder {
    private static final LanguageModel MODEL = new LanguageModel();
  }

  /** The model, read from the class path at the first call. */
  static LanguageModel get() {
    return Holder.MODEL;
  }

  private LanguageModel() {
    Map<Integer, List<LanguageProfile>> byScript = new TreeMap<>();
    for (LanguageProfile profile : profiles()) {
      int script = mainScript(profile);
      if (!OWNERS.containsKey(script)) {
        byScript.computeIfAbsent(script, s -> new ArrayList<>()).add(profile);
      }
    }
    byScript.forEach((script, profiles) -> classifiers.put(script, new NgramClassifier(profiles)));
  }

  private static List<LanguageProfile> profiles() {
    try {
      List<LanguageProfile> profiles =
          new ArrayList<>(new LanguageProfileReader().readAllBuiltIn());
      profiles.sort(Comparator.comparing(profile -> profile.getLocale().toString()));
      return profiles;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int mainScript(LanguageProfile profile) {
    ScriptCounts scripts = new ScriptCounts();
    for (Map.Entry<String, Integer> letter : profile.iterateGrams(1)) {
      scripts.add(letter.getKey().codePointAt(0), letter.getValue());
    }
    return scripts.main();
  }

  private static SortedSet<String> codes() {
    SortedSet<String> codes = new TreeSet<>(OWNERS.values());
    for (LdLocale locale : BuiltInLanguages.getLanguages()) {
      codes.add(locale.getLanguage());
    }
    return Collections.unmodifiableSortedSet(codes);
  }

  /** The language of a text. */
  Guess identify(String text) {
    ScriptCounts scripts = new ScriptCounts();
    int cp;
    for (int i = 0; i < text.length(); i += Character.charCount(cp)) {
      cp = text.codePointAt(i);
      scripts.add(cp, 1);
    }
    int script = scripts.main();
    if (OWNERS.containsKey(script)) {
      return new Guess(OWNERS.get(script), scripts.share());
    }
    NgramClassifier classifier = classifiers.get(script);
    if (classifier == null) {
      return Guess.NONE;
    }
    Guess guess = classifier.classify(letters(text, script), WINDOW_CHARS);
    return new Guess(guess.code(), guess.score() * scripts.share());
  }

  /** The text with one space for everything between letters of a script. */
  private static char[] letters(String text, int script) {
    StringBuilder letters = new StringBuilder(text.length() + 2).append(' ');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = c == '\'' || c == '\u2019' || ScriptCounts.belongs(c, script);
      if (letter) {
        letters.append(c);
      } else if (letters.charAt(letters.length() - 1) != ' ') {
        letters.append(' ');
      }
    }
    return letters.append(' ').toString().toCharArray();
  }
}
