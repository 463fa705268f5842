package org.gristmill.filters.fasttext;

/** The character n-grams of words, with {@code <} before and {@code >} behind the word. */
final class Subwords {
  private final Dictionary dictionary;
  private final int minChars;
  private final int maxChars;
  private final int buckets;

  /**
   * @param maxChars 0 if there are none
   */
  Subwords(Dictionary dictionary, int minChars, int maxChars, int buckets) {
    this.dictionary = dictionary;
    this.minChars = minChars;
    this.maxChars = maxChars;
    this.buckets = buckets;
  }

  /**
   * Adds the rows of a word's n-grams to a vector.
   *
   * @return how many there were
   */
  int addTo(float[] sum, Matrix input, byte[] text, int from, int to) {
    if (maxChars == 0) {
      return 0;
    }
    byte[] word = new byte[to - from + 2];
    word[0] = '<';
    System.arraycopy(text, from, word, 1, to - from);
    word[word.length - 1] = '>';
    int rows = 0;
    for (int start = 0; start < word.length; start++) {
      if (continues(word, start)) {
        continue;
      }
      int hash = Dictionary.hash(word, 0, 0);
      int end = start;
      for (int chars = 1; end < word.length && chars <= maxChars; chars++) {
        int next = end + 1;
        while (next < word.length && continues(word, next)) {
          next++;
        }
        hash = Dictionary.hash(hash, word, end, next);
        end = next;
        boolean mark = chars == 1 && (start == 0 || end == word.length);
        if (chars >= minChars && !mark) {
          int row = dictionary.row(Integer.remainderUnsigned(hash, buckets));
          if (row >= 0) {
            input.addRow(row, sum);
            rows++;
          }
        }
      }
    }
    return rows;
  }

  private static boolean continues(byte[] word, int at) {
    return (word[at] & 0xC0) == 0x80;
  }
}
