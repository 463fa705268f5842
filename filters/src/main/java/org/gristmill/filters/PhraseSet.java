package org.gristmill.filters;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;

/**
 * Finds phrases in a text in one pass over its bytes (Aho and Corasick 1975). Letters of ASCII
 * match in either case; a phrase that begins or ends with a letter or digit of ASCII must not go on
 * with one there.
 */
final class PhraseSet {
  /** Takes what is found. */
  interface Found {
    /**
     * @param phrase which of the phrases, in the order given
     * @param end where it ends in the text, exclusive
     */
    void at(int phrase, int start, int end);
  }

  private static final int BYTES = 256;

  private final List<byte[]> phrases = new ArrayList<>();
  private int[] next = new int[BYTES];
  private int[] fail = new int[1];
  private int[][] ends = {{}};
  private int states = 1;

  PhraseSet(List<String> strings) {
    for (String string : strings) {
      byte[] phrase = string.getBytes(StandardCharsets.UTF_8);
      int state = 0;
      for (byte b : phrase) {
        int at = state * BYTES + lower(b);
        if (next[at] == 0) {
          grow();
          next[at] = states++;
        }
        state = next[at];
      }
      ends[state] = with(ends[state], phrases.size());
      phrases.add(phrase);
    }
    link();
  }

  private void grow() {
    if (states == fail.length) {
      next = Arrays.copyOf(next, 2 * states * BYTES);
      fail = Arrays.copyOf(fail, 2 * states);
      ends = Arrays.copyOf(ends, 2 * states);
    }
    ends[states] = new int[0];
  }

  private static int[] with(int[] array, int last) {
    int[] longer = Arrays.copyOf(array, array.length + 1);
    longer[array.length] = last;
    return longer;
  }

  /** Makes every state go on for every byte. */
  private void link() {
    Queue<Integer> queue = new ArrayDeque<>();
    for (int b = 0; b < BYTES; b++) {
      if (next[b] != 0) {
        queue.add(next[b]);
      }
    }
    while (!queue.isEmpty()) {
      int state = queue.remove();
      for (int b = 0; b < BYTES; b++) {
        int to = next[state * BYTES + b];
        int shorter = next[fail[state] * BYTES + b];
        if (to == 0) {
          next[state * BYTES + b] = shorter;
          continue;
        }
        fail[to] = shorter;
        for (int phrase : ends[shorter]) {
          ends[to] = with(ends[to], phrase);
        }
        queue.add(to);
      }
    }
  }

  /** Finds all phrases in a range of a text, overlapping ones too, by their ends. */
  void find(byte[] text, int from, int to, Found found) {
    int state = 0;
    for (int i = from; i < to; i++) {
      state = next[state * BYTES + lower(text[i])];
      for (int phrase : ends[state]) {
        int start = i + 1 - phrases.get(phrase).length;
        if (isWhole(text, from, start, i + 1, to)) {
          found.at(phrase, start, i + 1);
        }
      }
    }
  }

  private static boolean isWhole(byte[] text, int from, int start, int end, int to) {
    boolean goesBack = start > from && isWord(text[start - 1]) && isWord(text[start]);
    boolean goesOn = end < to && isWord(text[end]) && isWord(text[end - 1]);
    return !goesBack && !goesOn;
  }

  private static boolean isWord(byte b) {
    return ScriptCounts.isAsciiLetter(b) || b >= '0' && b <= '9';
  }

  private static int lower(byte b) {
    return b >= 'A' && b <= 'Z' ? b + 0x20 : b & 0xFF;
  }
}
