package org.gristmill.tokenize.objective;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.gristmill.tokenize.Packer;
import org.gristmill.tokenize.Track;

/**
 * The tokens of a document, in parts of which none is put together with another unless the
 * objective does.
 *
 * @param id the document's
 * @param tokens of all parts, one behind the other
 * @param parts their lengths, each at least 1
 * @param tracks arrays as long as {@code tokens}
 */
public record Encoded(String id, int[] tokens, int[] parts, SortedMap<Track, int[]> tracks) {
  /**
   * @throws IllegalArgumentException if the lengths do not agree
   */
  public Encoded {
    tracks = Collections.unmodifiableSortedMap(new TreeMap<>(tracks));
    int total = 0;
    for (int part : parts) {
      if (part < 1) {
        throw new IllegalArgumentException("parts: one of " + part + " tokens in " + id);
      }
      total += part;
    }
    int length = tokens.length;
    if (total != length || tracks.values().stream().anyMatch(values -> values.length != length)) {
      throw new IllegalArgumentException(
          "parts: of " + total + " tokens, but there are " + length + " in " + id);
    }
  }

  /** One part without tracks. */
  static Encoded whole(String id, int[] tokens) {
    return new Encoded(id, tokens, new int[] {tokens.length}, new TreeMap<>());
  }

  /** Parts without tracks. */
  static Encoded of(String id, List<int[]> parts) {
    int[] lengths = parts.stream().mapToInt(part -> part.length).toArray();
    return new Encoded(id, joined(parts), lengths, new TreeMap<>());
  }

  /** The same with a track. */
  Encoded with(Track track, List<int[]> parts) {
    SortedMap<Track, int[]> all = new TreeMap<>(tracks);
    all.put(track, joined(parts));
    return new Encoded(id, tokens, this.parts, all);
  }

  /** Each part as it is, to be packed. */
  List<Packer.Tokens> pieces() {
    List<Packer.Tokens> pieces = new ArrayList<>(parts.length);
    int start = 0;
    for (int length : parts) {
      int from = start;
      int to = start + length;
      SortedMap<Track, int[]> its = new TreeMap<>();
      tracks.forEach((track, values) -> its.put(track, Arrays.copyOfRange(values, from, to)));
      int[] part = parts.length == 1 ? tokens : Arrays.copyOfRange(tokens, from, to);
      pieces.add(new Packer.Tokens(id, from, part, its, Track.IGNORED, 0));
      start = to;
    }
    return pieces;
  }

  static int[] joined(List<int[]> arrays) {
    int[] all = new int[arrays.stream().mapToInt(array -> array.length).sum()];
    int at = 0;
    for (int[] array : arrays) {
      System.arraycopy(array, 0, all, at, array.length);
      at += array.length;
    }
    return all;
  }
}
