package org.gristmill.dedup.spans;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the segments of one key meet, and their windows are compared symbol by symbol.
 *
 * <p>Time and memory grow with the number of windows, not with that of pairs: about 30 bytes a
 * window beside the segments themselves. Where a key has very many segments, equal ones of
 * different documents need not all come: with {@link Keep#FIRST} all but the first are repeated as
 * a whole, with {@link Keep#NONE} all of them are.
 */
public final class Meeting {
  /**
   * A span found.
   *
   * @param document whose
   * @param span where in it
   */
  public record Found(long document, Span span) {}

  private record Guest(long document, int from, Symbols symbols, int firstWindow) {}

  private final int length;
  private final Keep keep;
  private final List<Guest> guests = new ArrayList<>();
  private int windows;

  Meeting(int length, Keep keep) {
    this.length = length;
    this.keep = keep;
  }

  /**
   * Adds a segment; segments come in the order of documents, and of places in one.
   *
   * @param document any number, the same for segments of the same document only
   * @param from where the segment starts in it
   * @param symbols of the segment, at least a window
   */
  public void add(long document, int from, Symbols symbols) {
    guests.add(new Guest(document, from, symbols, windows));
    windows = Math.addExact(windows, symbols.length() - length + 1);
  }

  /** The spans of windows that stand elsewhere too, in the order of segments; some may touch. */
  public List<Found> found() {
    if (guests.size() == 1 && windows <= length) {
      return List.of();
    }
    int[] first = new int[windows];
    int[] last = new int[windows];
    meet(first, last);
    List<Found> found = new ArrayList<>();
    for (Guest guest : guests) {
      int count = guest.symbols().length() - length + 1;
      int start = -1;
      for (int i = 0; i <= count; i++) {
        boolean repeated = i < count && repeated(guest, i, first, last);
        if (repeated && start < 0) {
          start = i;
        } else if (!repeated && start >= 0) {
          Span span = new Span(guest.from() + start, guest.from() + i - 1 + length);
          found.add(new Found(guest.document(), span));
          start = -1;
        }
      }
    }
    return found;
  }

  private boolean repeated(Guest guest, int window, int[] first, int[] last) {
    int number = guest.firstWindow() + window;
    int earliest = first[number];
    return apart(guest, window, earliest)
        || keep == Keep.NONE && apart(guest, window, last[earliest]);
  }

  /** Whether two windows are in different documents or do not overlap. */
  private boolean apart(Guest guest, int window, int other) {
    Guest host = guest(other);
    int place = host.from() + other - host.firstWindow();
    return host.document() != guest.document() || Math.abs(guest.from() + window - place) >= length;
  }

  /** For each window the number of the first equal one, and for those that of the last. */
  private void meet(int[] first, int[] last) {
    int[] slots = new int[Integer.highestOneBit(Math.max(8, windows)) * 4];
    long[] hashes = new long[windows];
    for (Guest guest : guests) {
      long[] rolling = Rolling.hashes(guest.symbols(), length);
      System.arraycopy(rolling, 0, hashes, guest.firstWindow(), rolling.length);
      for (int i = 0; i < rolling.length; i++) {
        int number = guest.firstWindow() + i;
        int slot = (int) (rolling[i] >>> 32) & slots.length - 1;
        while (slots[slot] != 0 && !same(slots[slot] - 1, guest, i, hashes)) {
          slot = slot + 1 & slots.length - 1;
        }
        if (slots[slot] == 0) {
          slots[slot] = number + 1;
        }
        first[number] = slots[slot] - 1;
        last[first[number]] = number;
      }
    }
  }

  private boolean same(int number, Guest guest, int window, long[] hashes) {
    if (hashes[number] != hashes[guest.firstWindow() + window]) {
      return false;
    }
    Guest host = guest(number);
    return host.symbols().same(number - host.firstWindow(), guest.symbols(), window, length);
  }

  private Guest guest(int window) {
    int low = 0;
    int high = guests.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (guests.get(middle).firstWindow() <= window) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return guests.get(low);
  }
}
