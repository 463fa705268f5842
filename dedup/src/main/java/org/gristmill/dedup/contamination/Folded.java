package org.gristmill.dedup.contamination;

import com.ibm.icu.text.Normalizer2;
import java.nio.charset.StandardCharsets;

/**
 * A text in NFKC_Casefold, every code point with the bytes it comes from.
 *
 * <p>Composed and decomposed, full-width and narrow, capital and small are one; what is invisible
 * by default (soft hyphens, joiners, byte order marks) is gone. The text is normalized between its
 * normalization boundaries, which gives what normalizing the whole gives, except that a run of more
 * than {@link #LONGEST} code points without a boundary is cut, since it cannot be sorted in linear
 * time.
 */
final class Folded {
  static final int LONGEST = 128;

  /** More than the longest run can grow to (18 times) and those before it that are looked at. */
  private static final int LARGEST_RING = 8_192;

  /** A character of n bytes grows to no more than 6 n code points. */
  private static final int GROWTH = 6;

  private static final Normalizer2 FOLD = Normalizer2.getNFKCCasefoldInstance();

  /** What each code point of the basic plane is by itself; -1 if not one code point. */
  private static final int[] ALONE = new int[0x10000];

  /** Whether there is a boundary before a code point of the basic plane. */
  private static final boolean[] STARTS = new boolean[0x10000];

  static {
    for (int c = 0; c < ALONE.length; c++) {
      String folded = FOLD.normalize(Character.toString(c));
      boolean one = folded.codePointCount(0, folded.length()) == 1;
      ALONE[c] = one ? folded.codePointAt(0) : -1;
      STARTS[c] = FOLD.hasBoundaryBefore(c);
    }
  }

  private final byte[] utf8;
  private final int[] codePoints;
  private final int[] froms;
  private final int[] tos;
  private int read;
  private long size;

  Folded(byte[] utf8) {
    this.utf8 = utf8;
    int needed = Math.min(utf8.length, LARGEST_RING) * GROWTH + 16;
    int ring = Math.min(LARGEST_RING, 2 * Integer.highestOneBit(needed));
    codePoints = new int[ring];
    froms = new int[ring];
    tos = new int[ring];
  }

  /** Whether there is a code point at this place, which lies at most a few behind the last read. */
  boolean has(long at) {
    while (size <= at && read < utf8.length) {
      read = fold(read);
    }
    return at < size;
  }

  /** The code point at a place, as long as it is none of the far past. */
  int codePoint(long at) {
    return codePoints[(int) at & (codePoints.length - 1)];
  }

  /** The byte at which the characters start that it comes from. */
  int from(long at) {
    return froms[(int) at & (codePoints.length - 1)];
  }

  /** The byte before which they end. */
  int to(long at) {
    return tos[(int) at & (codePoints.length - 1)];
  }

  /** Folds what starts here, up to the next boundary; tells where that is. */
  private int fold(int start) {
    int first = decoded(start);
    int next = start + width(first);
    if (!boundary(next)) {
      return foldRun(start, next);
    }
    if (first < ALONE.length && ALONE[first] >= 0) {
      add(ALONE[first], start, next);
    } else {
      addFolded(start, next);
    }
    return next;
  }

  private int foldRun(int start, int second) {
    int end = second;
    for (int n = 1; n < LONGEST && !boundary(end); n++) {
      end += width(decoded(end));
    }
    addFolded(start, end);
    return end;
  }

  private boolean boundary(int at) {
    if (at == utf8.length || utf8[at] >= 0) {
      return true;
    }
    int next = decoded(at);
    return next < STARTS.length ? STARTS[next] : FOLD.hasBoundaryBefore(next);
  }

  private void addFolded(int start, int end) {
    String folded = FOLD.normalize(new String(utf8, start, end - start, StandardCharsets.UTF_8));
    for (int i = 0; i < folded.length(); ) {
      int c = folded.codePointAt(i);
      add(c, start, end);
      i += Character.charCount(c);
    }
  }

  private void add(int codePoint, int start, int end) {
    int at = (int) size & (codePoints.length - 1);
    codePoints[at] = codePoint;
    froms[at] = start;
    tos[at] = end;
    size++;
  }

  private static int width(int codePoint) {
    return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }

  /** The code point that starts here, in well-formed UTF-8. */
  private int decoded(int at) {
    int b = utf8[at];
    if (b >= 0) {
      return b;
    }
    int second = utf8[at + 1] & 0x3F;
    if (b < (byte) 0xE0) {
      return (b & 0x1F) << 6 | second;
    }
    int third = utf8[at + 2] & 0x3F;
    if (b < (byte) 0xF0) {
      return (b & 0x0F) << 12 | second << 6 | third;
    }
    return (b & 0x07) << 18 | second << 12 | third << 6 | utf8[at + 3] & 0x3F;
  }
}
