package org.gristmill.tokenize.bpe;

/**
 * Merges the bytes of a piece, always the leftmost of the pairs of the smallest rank, until none
 * merges; scratch space for one thread.
 */
final class Merger {
  /** Pieces of so many bytes are searched through for each merge, longer ones queue their pairs. */
  private static final int SEARCHED = 48;

  private final RecentMerges merges;
  private final int[] byteIds;
  private final int[] ids = new int[SEARCHED];
  private final int[] ranks = new int[SEARCHED]; // of the merge of a token and the one behind it
  private final LongMerger longMerger;

  Merger(RecentMerges merges, int[] byteIds) {
    this.merges = merges;
    this.byteIds = byteIds;
    this.longMerger = new LongMerger(merges, byteIds);
  }

  /** The id of the token of one byte. */
  int id(byte b) {
    return byteIds[b & 0xFF];
  }

  /** Adds the tokens of {@code text[from, to)}, which is not empty. */
  void merge(byte[] text, int from, int to, TokenBuffer out) {
    out.reserve(to - from);
    if (to - from > SEARCHED) {
      longMerger.merge(text, from, to, out);
      return;
    }
    int n = to - from;
    int id = byteIds[text[from] & 0xFF];
    for (int i = 0; i < n - 1; i++) {
      int next = byteIds[text[from + i + 1] & 0xFF];
      ids[i] = id;
      ranks[i] = merges.get(id, next);
      id = next;
    }
    ids[n - 1] = id;
    ranks[n - 1] = MergeTable.NONE;
    n = mergeAll(n);
    System.arraycopy(ids, 0, out.ids, out.size, n);
    out.size += n;
  }

  private int mergeAll(int tokens) {
    int n = tokens;
    while (true) {
      int at = 0;
      int least = ranks[0];
      for (int i = 1; i < n; i++) {
        if (ranks[i] < least) {
          least = ranks[i];
          at = i;
        }
      }
      if (least == MergeTable.NONE) {
        return n;
      }
      n--;
      for (int i = at + 1; i < n; i++) {
        ids[i] = ids[i + 1];
        ranks[i] = ranks[i + 1];
      }
      ids[at] = merges.token(least);
      ranks[at] = at + 1 < n ? merges.get(ids[at], ids[at + 1]) : MergeTable.NONE;
      if (at > 0) {
        ranks[at - 1] = merges.get(ids[at - 1], ids[at]);
      }
    }
  }
}
