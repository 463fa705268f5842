package org.gristmill.filters;

import com.optimaize.langdetect.profiles.LanguageProfile;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Naive Bayes over the 1- to 3-grams of characters of some languages, all equally likely. */
final class NgramClassifier {
  private static final int LONGEST = 3;

  /** Added to the probability of every n-gram in every language, so that none is impossible. */
  private static final double SMOOTHING = 0.5 / 10_000;

  private final String[] codes;

  /** Open addressing: an n-gram's characters in 16 bits each; 0 is a free slot. */
  private final long[] keys;

  /** Log probabilities, one row of languages for each slot that is in use. */
  private final float[][] rows;

  NgramClassifier(List<LanguageProfile> profiles) {
    codes =
        profiles.stream().map(profile -> profile.getLocale().getLanguage()).toArray(String[]::new);
    Map<Long, float[]> grams = new HashMap<>();
    for (int language = 0; language < codes.length; language++) {
      LanguageProfile profile = profiles.get(language);
      for (int n = 1; n <= LONGEST; n++) {
        double all = profile.getNumGramOccurrences(n);
        for (Map.Entry<String, Integer> gram : profile.iterateGrams(n)) {
          grams.computeIfAbsent(key(gram.getKey()), k -> unseen())[language] =
              (float) StrictMath.log(SMOOTHING + gram.getValue() / all);
        }
      }
    }
    int size = Integer.highestOneBit(grams.size()) << 2;
    keys = new long[size];
    rows = new float[size][];
    grams.forEach(
        (key, row) -> {
          int slot = slot(key);
          keys[slot] = key;
          rows[slot] = row;
        });
  }

  private float[] unseen() {
    float[] row = new float[codes.length];
    Arrays.fill(row, (float) StrictMath.log(SMOOTHING));
    return row;
  }

  private static long key(String gram) {
    long key = 0;
    for (int i = 0; i < gram.length(); i++) {
      key = key << 16 | gram.charAt(i);
    }
    return key;
  }

  /** Where a key is, or would be. */
  private int slot(long key) {
    int slot = (int) (key * 0x9E3779B97F4A7C15L >>> 40) & keys.length - 1;
    while (keys[slot] != 0 && keys[slot] != key) {
      slot = slot + 1 & keys.length - 1;
    }
    return slot;
  }

  /**
   * The most probable language of some text and its mean probability over the text's windows.
   *
   * @param windowChars length of a window
   */
  LanguageModel.Guess classify(char[] text, int windowChars) {
    double[] mean = new double[codes.length];
    for (int start = 0; start < text.length; start += windowChars) {
      int end = Math.min(text.length, start + windowChars);
      double share = (double) (end - start) / text.length;
      double[] probabilities = probabilities(text, start, end);
      for (int language = 0; language < codes.length; language++) {
        mean[language] += share * probabilities[language];
      }
    }
    int best = 0;
    for (int language = 1; language < codes.length; language++) {
      best = mean[language] > mean[best] ? language : best;
    }
    return new LanguageModel.Guess(codes[best], Math.min(1, mean[best]));
  }

  private double[] probabilities(char[] text, int start, int end) {
    float[] logs = new float[codes.length];
    for (int i = start; i < end; i++) {
      long key = 0;
      for (int n = 1; n <= LONGEST && i + n <= end; n++) {
        key = key << 16 | text[i + n - 1];
        float[] row = rows[slot(key)];
        if (row != null) {
          for (int language = 0; language < logs.length; language++) {
            logs[language] += row[language];
          }
        }
      }
    }
    float max = Float.NEGATIVE_INFINITY;
    for (float log : logs) {
      max = Math.max(max, log);
    }
    double[] probabilities = new double[logs.length];
    double sum = 0;
    for (int language = 0; language < logs.length; language++) {
      probabilities[language] = StrictMath.exp(logs[language] - max);
      sum += probabilities[language];
    }
    for (int language = 0; language < logs.length; language++) {
      probabilities[language] /= sum;
    }
    return probabilities;
  }
}
