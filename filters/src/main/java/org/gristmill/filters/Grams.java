package org.gristmill.filters;

import java.util.Arrays;

/**
 * Counts n-grams of words exactly.
 *
 * <p>Most n-grams of a text occur once, and are found to do so without being looked up: an n-gram
 * is repeated only if the two (n-1)-grams in it are, and a string only if its first bytes are.
 */
final class Grams {
  /** A string whose first so many bytes occur once occurs once. */
  private static final int HEAD = 16;

  private final Words words;
  private int[] first;
  private int[] count;

  Grams(Words words) {
    this.words = words;
  }

  Words words() {
    return words;
  }

  /** Whether some word equals a string, given in UTF-8. */
  boolean hasWord(byte[] what) {
    int[] ids = first();
    for (int w = 0; w < ids.length; w++) {
      if (ids[w] == w
          && words.bytes(w) == what.length
          && Utf8.startsWith(words.text, words.start(w), what)) {
        return true;
      }
    }
    return false;
  }

  /** For each word the first that equals it. */
  int[] first() {
    if (first == null) {
      first = words.firstEquals();
      count = new int[first.length];
      for (int word : first) {
        count[word]++;
      }
    }
    return first;
  }

  /** How often the word occurs that is the first of its kind. */
  int occurrences(int word) {
    first();
    return count[word];
  }

  /** Takes the n-grams of one length. */
  interface Level {
    /**
     * @param first for each word at which an n-gram begins, where the first n-gram begins that
     *     equals it
     * @param often how often each of those first n-grams occurs
     */
    void take(int n, int[] first, int[] often);
  }

  /** Hands over the 2-grams, 3-grams and so on; two are the same if their words are. */
  void levels(int longest, Level level) {
    int[] ids = first();
    int[] gram = ids;
    int[] often = count;
    int[] table = new int[Integer.highestOneBit(Math.max(2, ids.length)) << 2];
    for (int n = 2; n <= longest; n++) {
      int last = ids.length - n;
      int[] next = new int[Math.max(0, last + 1)];
      int[] nextOften = new int[next.length];
      Arrays.fill(table, 0);
      for (int i = 0; i <= last; i++) {
        int same = i;
        if (often[gram[i]] > 1 && often[gram[i + 1]] > 1) {
          same = firstEqual(i, n, gram, ids, table);
        }
        next[i] = same;
        nextOften[same]++;
      }
      level.take(n, next, nextOften);
      gram = next;
      often = nextOften;
    }
  }

  /**
   * Code points in all occurrences of the most frequent 2-gram, 3-gram and so on; overlaps are
   * counted again; of several equally frequent ones the first to appear counts. 0 if there are
   * fewer than n words.
   *
   * @param space code points between two words
   */
  long[] topChars(int longest, int space) {
    long[] top = new long[Math.max(0, longest - 1)];
    levels(
        longest,
        (n, first, often) -> {
          int best = 0;
          for (int i = 1; i < often.length; i++) {
            best = often[i] > often[best] ? i : best;
          }
          top[n - 2] = often.length == 0 ? 0 : (chars(best, n) + (n - 1L) * space) * often[best];
        });
    return top;
  }

  /** The first n-gram of those in the table that equals the one at a word; puts it there if new. */
  private static int firstEqual(int i, int n, int[] shorter, int[] ids, int[] table) {
    int head = shorter[i];
    int tail = ids[i + n - 1];
    int slot = (int) (Utf8.hash((long) head << 32 | tail) >>> 32) & table.length - 1;
    while (table[slot] != 0) {
      int seen = table[slot] - 1;
      if (shorter[seen] == head && ids[seen + n - 1] == tail) {
        return seen;
      }
      slot = slot + 1 & table.length - 1;
    }
    table[slot] = i + 1;
    return i;
  }

  /** Code points in the words of an n-gram. */
  int chars(int word, int n) {
    int chars = 0;
    for (int w = word; w < word + n; w++) {
      chars += words.chars(w);
    }
    return chars;
  }

  /**
   * Code points in n-grams, their words joined without a space, that equal an earlier one, read
   * from the left; after such a duplicate reading goes on behind it, and it is not remembered
   * again.
   *
   * @return a value for each n from shortest to longest
   */
  long[] duplicateChars(int shortest, int longest) {
    long[] chars = new long[Math.max(0, longest - shortest + 1)];
    if (chars.length > 0 && words.count() >= shortest) {
      Joined joined = new Joined();
      int[] candidates = joined.candidates(shortest);
      int[] table = new int[Integer.highestOneBit(Math.max(2, candidates.length)) << 2];
      for (int n = shortest; n <= longest; n++) {
        Arrays.fill(table, 0);
        chars[n - shortest] = joined.duplicateChars(n, candidates, table);
      }
    }
    return chars;
  }

  /** All words one behind the other, without anything between. */
  private final class Joined {
    private final byte[] bytes;
    private final int[] at = new int[words.count() + 1];

    Joined() {
      int length = 0;
      for (int w = 0; w < words.count(); w++) {
        at[w] = length;
        length += words.bytes(w);
      }
      at[words.count()] = length;
      bytes = new byte[length + HEAD];
      for (int w = 0; w < words.count(); w++) {
        int start = words.start(w);
        int left = words.bytes(w);
        for (int to = at[w]; left > 0; to += Long.BYTES) {
          Utf8.putEight(bytes, to, Utf8.upTo(Utf8.eight(words.text, start), left));
          start += Long.BYTES;
          left -= Long.BYTES;
        }
      }
    }

    /** Words at which an n-gram of at least so many words may begin that is not the only one. */
    int[] candidates(int shortest) {
      int bits = Integer.highestOneBit(Math.max(4, words.count())) << 4;
      int[] heads = new int[words.count()];
      long[] once = new long[bits >> 6];
      long[] twice = new long[bits >> 6];
      for (int w = 0; w < words.count(); w++) {
        int bit = head(w) & bits - 1;
        heads[w] = bit;
        long mask = 1L << bit;
        twice[bit >> 6] |= once[bit >> 6] & mask;
        once[bit >> 6] |= mask;
      }
      int[] candidates = new int[words.count()];
      int found = 0;
      for (int w = 0; w + shortest <= words.count(); w++) {
        int bit = heads[w];
        if ((twice[bit >> 6] & 1L << bit) != 0 || at[w + shortest] - at[w] < HEAD) {
          candidates[found++] = w;
        }
      }
      return Arrays.copyOf(candidates, found);
    }

    private int head(int word) {
      long low = Utf8.eight(bytes, at[word]);
      long high = Utf8.eight(bytes, at[word] + Long.BYTES);
      return (int) (Utf8.hash(Utf8.hash(low) ^ high) >>> 32);
    }

    long duplicateChars(int n, int[] candidates, int[] table) {
      long chars = 0;
      int next = 0;
      for (int i : candidates) {
        if (i < next) {
          continue;
        }
        if (i + n > words.count()) {
          break;
        }
        if (isDuplicate(i, n, table)) {
          chars += Grams.this.chars(i, n);
          next = i + n;
        }
      }
      return chars;
    }

    /** Whether an n-gram of the table equals the one at a word; puts it there if none does. */
    private boolean isDuplicate(int word, int n, int[] table) {
      int from = at[word];
      int to = at[word + n];
      int slot = (int) (Utf8.hash(bytes, from, to) >>> 32) & table.length - 1;
      while (table[slot] != 0) {
        int seen = table[slot] - 1;
        if (Arrays.equals(bytes, at[seen], at[seen + n], bytes, from, to)) {
          return true;
        }
        slot = slot + 1 & table.length - 1;
      }
      table[slot] = word + 1;
      return false;
    }
  }
}
