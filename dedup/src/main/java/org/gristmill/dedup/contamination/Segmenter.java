package org.gristmill.dedup.contamination;

import java.util.Arrays;
import org.gristmill.core.Hash;
import org.gristmill.core.Text;

/** Cuts a text into {@link Units}. */
final class Segmenter {
  private static final long PRIME = 0x9E3779B185EBCA87L;

  int size;
  int characters;
  long[] hashes;
  int[] from;
  int[] to;

  Segmenter(Text text) {
    int guess = text.length() / 6 + 8;
    hashes = new long[guess];
    from = new int[guess];
    to = new int[guess];
    Folded folded = new Folded(text.bytes());
    long at = 0;
    while (folded.has(at)) {
      byte kind = Kind.of(folded.codePoint(at));
      if (kind == Kind.CHARACTER) {
        at = addCharacter(folded, at);
      } else if (kind == Kind.LETTER || kind == Kind.DIGIT) {
        at = addWord(folded, at);
      } else {
        at++;
      }
    }
  }

  private long addCharacter(Folded folded, long start) {
    int first = folded.from(start);
    long hash = step(0, folded.codePoint(start));
    long at = start + 1;
    while (kind(folded, at) == Kind.MARK) {
      hash = step(hash, folded.codePoint(at++));
    }
    add(hash, first, folded.to(at - 1));
    characters++;
    return at;
  }

  private long addWord(Folded folded, long start) {
    int first = folded.from(start);
    int last = first;
    long hash = 0;
    long at = start;
    while (folded.has(at)) {
      byte kind = kind(folded, at);
      if (kind == Kind.LETTER || kind == Kind.DIGIT || kind == Kind.MARK) {
        hash = step(hash, folded.codePoint(at));
        last = folded.to(at);
      } else if (!lookedThrough(folded, at, kind)) {
        break;
      }
      at++;
    }
    add(hash, first, last);
    return at;
  }

  /** Whether something inside a word counts for nothing. */
  private static boolean lookedThrough(Folded folded, long at, byte kind) {
    if (kind == Kind.APOSTROPHE) {
      byte before = kind(folded, at - 1);
      return (before == Kind.LETTER || before == Kind.MARK) && kind(folded, at + 1) == Kind.LETTER;
    }
    return folded.codePoint(at) == ','
        && kind(folded, at - 1) == Kind.DIGIT
        && kind(folded, at + 1) == Kind.DIGIT
        && kind(folded, at + 2) == Kind.DIGIT
        && kind(folded, at + 3) == Kind.DIGIT
        && kind(folded, at + 4) != Kind.DIGIT;
  }

  private static byte kind(Folded folded, long at) {
    return folded.has(at) ? Kind.of(folded.codePoint(at)) : Kind.BREAK;
  }

  private static long step(long hash, int codePoint) {
    return Long.rotateLeft(hash ^ (codePoint + 1), 27) * PRIME;
  }

  private void add(long hash, int first, int last) {
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * size);
      from = Arrays.copyOf(from, 2 * size);
      to = Arrays.copyOf(to, 2 * size);
    }
    hashes[size] = Hash.mix(hash);
    from[size] = first;
    to[size++] = last;
  }
}
