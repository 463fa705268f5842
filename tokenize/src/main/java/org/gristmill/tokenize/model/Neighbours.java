package org.gristmill.tokenize.model;

import java.util.Arrays;
import org.gristmill.core.Hash;

/**
 * Which two characters stand beside each other inside any token. Where two do not, no token spans
 * them, so that merges on both sides of that place know nothing of each other.
 */
public final class Neighbours {
  private final boolean[] ascii = new boolean[128 * 128];
  private long[] pairs = new long[256];
  private int size;

  /** Adds all neighbours inside a piece of well-formed UTF-8. */
  public void addAll(byte[] piece) {
    int before = -1;
    for (int i = 0; i < piece.length; i += Utf8.length(piece[i])) {
      int c = Utf8.codePoint(piece, i);
      if (before >= 0) {
        add(before, c);
      }
      before = c;
    }
  }

  /** Adds two neighbours. */
  public void add(int left, int right) {
    if ((left | right) < 128) {
      ascii[left << 7 | right] = true;
      return;
    }
    if (contains(left, right)) {
      return;
    }
    if (2 * ++size > pairs.length) {
      long[] old = pairs;
      pairs = new long[2 * old.length];
      Arrays.stream(old).filter(pair -> pair != 0).forEach(this::insert);
    }
    insert(pair(left, right));
  }

  /** Whether a token may span the place between these two. */
  public boolean contains(int left, int right) {
    if ((left | right) < 128) {
      return ascii[left << 7 | right];
    }
    long pair = pair(left, right);
    for (int i = slot(pair); pairs[i] != 0; i = i + 1 & pairs.length - 1) {
      if (pairs[i] == pair) {
        return true;
      }
    }
    return false;
  }

  private void insert(long pair) {
    int i = slot(pair);
    while (pairs[i] != 0) {
      i = i + 1 & pairs.length - 1;
    }
    pairs[i] = pair;
  }

  private int slot(long pair) {
    return (int) Hash.mix(pair) & pairs.length - 1;
  }

  private static long pair(int left, int right) {
    return (long) left << 21 | right;
  }
}
