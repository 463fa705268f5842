package org.gristmill.tokenize.bpe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cache forgets words, but gives no word what is another's. */
class WordCacheTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void aWordHasItsIdsOrNone(int keyLongs) {
    WordCache cache = new WordCache(keyLongs, 5);
    SplittableRandom random = new SplittableRandom(keyLongs);
    int found = 0;
    int unknown = 0;
    for (int i = 0; i < 100_000; i++) {
      int word = 1 + (int) Math.pow(2_000, random.nextDouble());
      int[] expected = ids(word);
      int set =
          keyLongs == 1
              ? cache.set(word)
              : keyLongs == 2 ? cache.set(1, word) : cache.set(1, 2, 3, word);
      long value =
          keyLongs == 1
              ? cache.find(set, word)
              : keyLongs == 2 ? cache.find(set, 1, word) : cache.find(set, 1, 2, 3, word);
      if (value != 0) {
        int[] ids = new int[expected.length + WordCache.SLACK];
        int count = cache.ids(value, ids, 0);
        assertArrayEquals(expected, Arrays.copyOf(ids, count));
        found++;
      } else {
        cache.put(
            set,
            keyLongs == 1 ? word : 1,
            keyLongs == 2 ? word : 2,
            3,
            word,
            expected,
            0,
            expected.length);
        unknown++;
      }
    }
    assertTrue(found > 10_000 && unknown > 10_000, found + " found, " + unknown + " not");
  }

  /** One to twenty ids of up to 20 bits, which are those of one word alone. */
  private static int[] ids(int word) {
    int[] ids = new int[1 + word % 20];
    Arrays.setAll(ids, i -> Vocabulary.MOST - 1 - word * (i + 1));
    return ids;
  }
}
