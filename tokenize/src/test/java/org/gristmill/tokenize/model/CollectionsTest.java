package org.gristmill.tokenize.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.gristmill.core.Hash;
import org.junit.jupiter.api.Test;

/** Maps, tries, queues and caches hold what Java's own would. */
class CollectionsTest {
  private static byte[] key(int i) {
    return Long.toString(Hash.mix(i) >>> (i % 50), 36).getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void mapsAndTriesFindWhatWasPut() {
    PieceMap map = new PieceMap();
    Trie trie = new Trie();
    Map<String, Integer> plain = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      map.put(key(i), i);
      trie.put(key(i), 0, i);
      plain.put(new String(key(i), StandardCharsets.UTF_8), i);
    }
    assertEquals(plain.size(), map.size());
    for (int i = 0; i < 40_000; i++) {
      byte[] key = key(i);
      int expected = plain.getOrDefault(new String(key, StandardCharsets.UTF_8), -1);
      assertEquals(expected, map.get(key));
      assertEquals(expected, trie.get(key, 0, key.length));
      int longest = -1;
      for (int end = 1; end <= key.length; end++) {
        String part = new String(key, 0, end, StandardCharsets.UTF_8);
        longest = plain.containsKey(part) ? end : longest;
      }
      assertEquals(longest, trie.longest(key, 0, key.length));
    }
  }

  @Test
  void longMapFindsWhatWasPut() {
    LongMap map = new LongMap(5_000);
    Map<Long, Integer> plain = new HashMap<>();
    for (int i = 0; i < 5_000; i++) {
      long key = Hash.mix(i) >>> (1 + i % 60);
      map.put(key, i);
      plain.put(key, i);
    }
    for (int i = 0; i < 10_000; i++) {
      long key = Hash.mix(i) >>> (1 + i % 60);
      assertEquals(plain.getOrDefault(key, LongMap.NONE), map.get(key));
    }
  }

  @Test
  void queueGivesTheSmallestFirst() {
    SplittableRandom random = new SplittableRandom(1);
    MergeQueue queue = new MergeQueue();
    PriorityQueue<Long> plain = new PriorityQueue<>();
    for (int i = 0; i < 20_000; i++) {
      if (!plain.isEmpty() && random.nextInt(3) == 0) {
        long key = queue.pop();
        assertEquals(plain.poll(), key);
        assertEquals((int) (key * 7), queue.tag());
      } else {
        long key = random.nextLong(1L << 40);
        queue.push(key, (int) (key * 7));
        plain.add(key);
      }
    }
    while (!plain.isEmpty()) {
      assertEquals(plain.poll(), queue.pop());
    }
    assertTrue(queue.isEmpty());
  }

  /** More words than it holds, so that it forgets some; what it still knows is right. */
  @Test
  void cacheKnowsOnlyWhatIsTrue() {
    WordCache cache = new WordCache();
    int known = 0;
    for (int i = 0; i < 200_000; i++) {
      IntList ids = new IntList(4);
      ids.add(-7);
      ids.add(i);
      ids.add(i % 3);
      byte[] word = ("w" + i).getBytes(StandardCharsets.UTF_8);
      cache.put(word, 0, word.length, ids, 1);
    }
    for (int i = 0; i < 200_000; i++) {
      IntList ids = new IntList(4);
      byte[] word = ("-w" + i).getBytes(StandardCharsets.UTF_8);
      if (cache.get(word, 1, word.length, ids)) {
        assertArrayEquals(new int[] {i, i % 3}, ids.toArray());
        known++;
      }
    }
    assertTrue(known > 1_000 && known < 200_000, "known: " + known);
    byte[] lengthy = new byte[WordCache.LONGEST + 1];
    cache.put(lengthy, 0, lengthy.length, new IntList(1), 0);
    assertFalse(cache.get(lengthy, 0, lengthy.length, new IntList(1)));
  }

  @Test
  void neighboursAreThoseInsidePieces() {
    Neighbours neighbours = new Neighbours();
    List<String> pieces = new ArrayList<>(List.of("ab", "字b𝒳c", "x"));
    for (int i = 0; i < 3_000; i++) {
      pieces.add(Character.toString(0x4E00 + i) + Character.toString(0x5000 + 7 * i % 900));
    }
    pieces.forEach(piece -> neighbours.addAll(piece.getBytes(StandardCharsets.UTF_8)));
    assertTrue(neighbours.contains('a', 'b') && neighbours.contains('字', 'b'));
    assertTrue(neighbours.contains('b', 0x1D4B3) && neighbours.contains(0x1D4B3, 'c'));
    assertFalse(neighbours.contains('b', 'a') || neighbours.contains('c', 'x'));
    for (int i = 0; i < 3_000; i++) {
      assertTrue(neighbours.contains(0x4E00 + i, 0x5000 + 7 * i % 900));
      assertFalse(neighbours.contains(0x4E00 + i, 0x7000));
    }
  }

  @Test
  void wholeCharactersAreThoseThatJavaReads() {
    for (int c = 0; c < 0x110000; c += 37) {
      byte[] bytes = Character.toString(c).getBytes(StandardCharsets.UTF_8);
      boolean surrogate = c >= 0xD800 && c < 0xE000;
      if (!surrogate) {
        assertEquals(bytes.length, Utf8.whole(bytes, 0, bytes.length));
        assertEquals(c, Utf8.codePoint(bytes, 0));
        assertEquals(bytes.length, Utf8.lengthOf(c));
        assertEquals(
            bytes.length == 1 ? 1 : 0, Utf8.whole(bytes, 0, Math.max(1, bytes.length - 1)));
      }
    }
    for (int[] bad :
        new int[][] {
          {0x80},
          {0xC0, 0x80},
          {0xE0, 0x80, 0x80},
          {0xED, 0xA0, 0x80},
          {0xF4, 0x90, 0x80, 0x80},
          {0xF8, 0x80, 0x80, 0x80}
        }) {
      byte[] bytes = new byte[bad.length];
      for (int i = 0; i < bad.length; i++) {
        bytes[i] = (byte) bad[i];
      }
      assertEquals(0, Utf8.whole(bytes, 0, bytes.length));
    }
  }
}
