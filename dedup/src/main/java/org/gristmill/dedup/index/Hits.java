package org.gristmill.dedup.index;

import java.io.IOException;
import java.util.Arrays;

/** Entries found, whose ids are still to be read. */
final class Hits {
  private static final int MOST = 1 << 14;

  private final Pieces ids;
  private final KeyFileReader.Hit hit;
  private final long[] keys = new long[MOST];
  private final long[] entries = new long[MOST];
  private int n;

  Hits(Pieces ids, KeyFileReader.Hit hit) {
    this.ids = ids;
    this.hit = hit;
  }

  void add(long key, long entry) throws IOException {
    if (n == MOST) {
      flush();
    }
    keys[n] = key;
    entries[n++] = entry;
  }

  /** Reads the ids and hands them on. */
  void flush() throws IOException {
    int[] groups = new int[n];
    for (int i = 0; i < n; i++) {
      groups[i] = (int) (entries[i] / FixedWidth.PER_GROUP);
    }
    for (int i = 0; i < n; i++) {
      int group = ids.load(groups[i], groups, i, n);
      int from = group + (int) (entries[i] % FixedWidth.PER_GROUP) * KeyFile.ID_BYTES;
      hit.found(keys[i], Arrays.copyOfRange(ids.bytes(), from, from + KeyFile.ID_BYTES));
    }
    n = 0;
  }
}
