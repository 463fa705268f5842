package org.gristmill.filters;

import java.util.Arrays;

/**
 * Counts n-grams of words as strings: two are the same if their words, joined by the separator,
 * are.
 *
 * <p>A polynomial hash (modulo 2^64) of every prefix gives the hash of any n-gram by one
 * multiplication (Karp and Rabin 1987); it only says where to look, the characters are compared, so
 * that counts are exact.
 */
final class Ngrams {
  private static final long BASE = 0x9E3779B97F4A7C15L;
  private static final long SPREAD = 0xD6E8FEB86659FD93L;

  private final int words;
  private final char[] chars;
  private final int[] start;
  private final int[] end;
  private final int[] codePoints;
  private final long[] startHash;
  private final long[] endHash;
  private final int separator;

  private Ngrams(int words, int length, int separator) {
    this.words = words;
    this.separator = separator;
    chars = new char[length];
    start = new int[words];
    end = new int[words];
    codePoints = new int[words + 1];
    startHash = new long[words];
    endHash = new long[words];
  }

  /** The n-grams of some words with a separator between the words. */
  static Ngrams of(Words words, String separator) {
    int length = Math.max(0, words.count() - 1) * separator.length();
    for (int w = 0; w < words.count(); w++) {
      length += words.end(w) - words.start(w);
    }
    Ngrams ngrams = new Ngrams(words.count(), length, separator.length());
    int at = 0;
    long hash = 0;
    for (int w = 0; w < words.count(); w++) {
      for (int i = 0; w > 0 && i < separator.length(); i++) {
        ngrams.chars[at++] = separator.charAt(i);
        hash = hash * BASE + separator.charAt(i) + 1;
      }
      ngrams.start[w] = at;
      ngrams.startHash[w] = hash;
      words.text().getChars(words.start(w), words.end(w), ngrams.chars, at);
      at += words.end(w) - words.start(w);
      for (int i = ngrams.start[w]; i < at; i++) {
        hash = hash * BASE + ngrams.chars[i] + 1;
      }
      ngrams.end[w] = at;
      ngrams.endHash[w] = hash;
      ngrams.codePoints[w + 1] = ngrams.codePoints[w] + words.chars(w);
    }
    return ngrams;
  }

  /**
   * Code points in all occurrences of the most frequent n-gram, overlaps counted again; of several
   * equally frequent ones the first to appear counts. 0 if there are fewer than n words.
   */
  long topChars(int n) {
    Table table = new Table(n);
    int top = 0;
    for (int i = 0; i + n <= words; i++) {
      int first = table.firstEqual(i);
      int count = ++table.count[first];
      if (count > table.count[top] || count == table.count[top] && first < top) {
        top = first;
      }
    }
    return words < n ? 0 : (long) codePoints(top, n) * table.count[top];
  }

  /**
   * Code points in n-grams that equal an earlier one, read from the left; after such a duplicate
   * reading goes on behind it, and it is not remembered again.
   */
  long duplicateChars(int n) {
    Table table = new Table(n);
    long chars = 0;
    int i = 0;
    while (i + n <= words) {
      if (table.firstEqual(i) < i) {
        chars += codePoints(i, n);
        i += n;
      } else {
        i++;
      }
    }
    return chars;
  }

  private int codePoints(int word, int n) {
    return codePoints[word + n] - codePoints[word] + (n - 1) * separator;
  }

  /** The n-grams seen so far, by open addressing. */
  private final class Table {
    private final int n;
    private final int[] first;
    private final int[] count = new int[words];
    private final long[] power;

    Table(int n) {
      this.n = n;
      int size = Integer.highestOneBit(Math.max(2, words)) << 2;
      first = new int[size];
      power = powers(longest());
    }

    /** The first n-gram seen that equals the one at a word; that one itself if it is new. */
    int firstEqual(int word) {
      int slot = (int) (hash(word) * SPREAD >>> 32) & first.length - 1;
      while (first[slot] != 0) {
        if (equal(word, first[slot] - 1)) {
          return first[slot] - 1;
        }
        slot = slot + 1 & first.length - 1;
      }
      first[slot] = word + 1;
      return word;
    }

    private long hash(int word) {
      int last = word + n - 1;
      return endHash[last] - startHash[word] * power[end[last] - start[word]];
    }

    private boolean equal(int a, int b) {
      return Arrays.equals(chars, start[a], end[a + n - 1], chars, start[b], end[b + n - 1]);
    }

    private int longest() {
      int longest = 0;
      for (int i = 0; i + n <= words; i++) {
        longest = Math.max(longest, end[i + n - 1] - start[i]);
      }
      return longest;
    }
  }

  private static long[] powers(int highest) {
    long[] powers = new long[highest + 1];
    powers[0] = 1;
    for (int i = 1; i <= highest; i++) {
      powers[i] = powers[i - 1] * BASE;
    }
    return powers;
  }
}
