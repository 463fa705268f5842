package org.gristmill.tokenize.huggingface;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.gristmill.tokenize.model.IntList;
import org.gristmill.tokenize.model.LongMap;
import org.gristmill.tokenize.model.MergeQueue;
import org.gristmill.tokenize.model.ModelError;
import org.gristmill.tokenize.model.Neighbours;
import org.gristmill.tokenize.model.PieceMap;
import org.gristmill.tokenize.model.Utf8;
import org.gristmill.tokenize.model.WordCache;

/**
 * Byte-pair encoding over characters: merges in the order of the file's list, the left ones first
 * among equals. A piece is cut where no merge spans two characters, and what was found for such a
 * part is remembered.
 *
 * @see <a
 *     href="https://github.com/huggingface/tokenizers/blob/main/tokenizers/src/models/bpe/model.rs">The
 *     reference</a>
 */
final class CharBpe implements PieceEncoder {
  /**
   * What the file says beside vocabulary and merges; empty strings for what it leaves out.
   *
   * @param unknown the id of unknown characters, or -1 if they are dropped
   */
  record Options(
      int unknown,
      String prefix,
      String suffix,
      boolean fuseUnknown,
      boolean byteFallback,
      boolean ignoreMerges) {}

  private static final int NONE = -1;

  private final Options options;
  private final PieceMap vocabulary = new PieceMap();
  private final LongMap merges;
  private final int[] merged;
  private final int unknown;
  private final int[] bytes = new int[256];
  private final Neighbours neighbours = new Neighbours();

  /** Whether a piece may be cut: its characters' tokens depend on the characters alone. */
  private final boolean cuts;

  /** What one thread works with. */
  private static final class Desk {
    final WordCache cache = new WordCache();
    final MergeQueue queue = new MergeQueue();
    int[] ids = new int[64];
    int[] next = new int[64];
    int[] previous = new int[64];
    int count;

    void add(int id) {
      if (count == ids.length) {
        ids = Arrays.copyOf(ids, 2 * count);
        next = Arrays.copyOf(next, 2 * count);
        previous = Arrays.copyOf(previous, 2 * count);
      }
      ids[count++] = id;
    }
  }

  private final ThreadLocal<Desk> desks = ThreadLocal.withInitial(Desk::new);

  /**
   * @param pairs the merges, two tokens each
   */
  CharBpe(Map<String, Integer> tokens, List<String[]> pairs, Options options) {
    this.options = options;
    tokens.forEach((token, id) -> vocabulary.put(utf8(token), id));
    unknown = options.unknown();
    boolean wholeBytes = readBytes(tokens);
    merges = new LongMap(pairs.size());
    merged = new int[pairs.size()];
    Set<Integer> operands = new HashSet<>();
    for (int rank = 0; rank < merged.length; rank++) {
      String left = pairs.get(rank)[0];
      String right = pairs.get(rank)[1];
      Integer leftId = tokens.get(left);
      Integer rightId = tokens.get(right);
      boolean inside = rightId != null && right.startsWith(options.prefix());
      String both = inside ? left + right.substring(options.prefix().length()) : "";
      Integer id = tokens.get(both);
      if (leftId == null || id == null || !inside) {
        throw new ModelError(
            "merge " + rank + ", of " + left + " and " + right + ", makes no token");
      }
      merges.put(pair(leftId, rightId), rank);
      merged[rank] = id;
      operands.add(leftId);
      operands.add(rightId);
      if (left.isEmpty() || right.isEmpty()) {
        throw new ModelError("merge " + rank + " is of an empty token");
      }
      neighbours.add(left.codePointBefore(left.length()), right.codePointAt(0));
    }
    boolean affixes = !options.prefix().isEmpty() || !options.suffix().isEmpty();
    boolean special = operands.contains(unknown);
    for (int b = 0; wholeBytes && b < 256; b++) {
      special |= operands.contains(bytes[b]);
    }
    cuts = !affixes && !special && (unknown != NONE || wholeBytes);
  }

  private static byte[] utf8(String token) {
    return token.getBytes(StandardCharsets.UTF_8);
  }

  private static long pair(int left, int right) {
    return (long) left << 32 | right;
  }

  /** Finds the tokens of bytes; whether unknown characters become those. */
  private boolean readBytes(Map<String, Integer> tokens) {
    Arrays.fill(bytes, NONE);
    int found = 0;
    for (int b = 0; options.byteFallback() && b < 256; b++) {
      Integer id = tokens.get(String.format(Locale.ROOT, "<0x%02X>", b));
      if (id != null) {
        bytes[b] = id;
        found++;
      }
    }
    if (found > 0 && found < 256) {
      throw new ModelError(
          "byte_fallback with tokens for " + found + " of 256 bytes is not supported");
    }
    return found == 256;
  }

  @Override
  public void encode(byte[] text, int from, int to, IntList out) {
    if (options.ignoreMerges()) {
      int id = vocabulary.get(text, from, to);
      if (id != PieceMap.NONE) {
        out.add(id);
        return;
      }
    }
    Desk desk = desks.get();
    if (cuts) {
      parts(text, from, to, desk, out);
    } else {
      part(text, from, to, desk, out);
    }
  }

  private void parts(byte[] text, int from, int to, Desk desk, IntList out) {
    int start = from;
    int before = Utf8.codePoint(text, from);
    for (int at = from + Utf8.length(text[from]); at <= to; ) {
      int c = at < to ? Utf8.codePoint(text, at) : 0;
      if (at == to || !neighbours.contains(before, c)) {
        int first = out.size();
        part(text, start, at, desk, out);
        if (start > from && options.fuseUnknown() && out.get(first) == unknown) {
          fuse(text, start, first, out);
        }
        start = at;
      }
      before = c;
      at += at < to ? Utf8.length(text[at]) : 1;
    }
  }

  /** Drops the first token of a part if it and the one before are of unknown characters. */
  private void fuse(byte[] text, int start, int first, IntList out) {
    boolean fuses =
        vocabulary.get(text, Utf8.before(text, start), start) == PieceMap.NONE
            && vocabulary.get(text, start, start + Utf8.length(text[start])) == PieceMap.NONE
            && bytes[0] == NONE;
    if (fuses) {
      int[] all = out.array();
      System.arraycopy(all, first + 1, all, first, out.size() - first - 1);
      out.truncate(out.size() - 1);
    }
  }

  private void part(byte[] text, int from, int to, Desk desk, IntList out) {
    int first = out.size();
    if (!desk.cache.get(text, from, to, out)) {
      spell(text, from, to, desk);
      merge(desk, out);
      desk.cache.put(text, from, to, out, first);
    }
  }

  /** Lists the tokens of the characters. */
  private void spell(byte[] text, int from, int to, Desk desk) {
    desk.count = 0;
    boolean fusing = false;
    for (int at = from; at < to; ) {
      int end = at + Utf8.length(text[at]);
      int id = character(text, from, to, at, end);
      if (id != PieceMap.NONE) {
        desk.add(id);
        fusing = false;
      } else if (bytes[0] != NONE) {
        bytes(text, from, to, at, end, desk);
      } else if (unknown != NONE && !fusing) {
        desk.add(unknown);
        fusing = options.fuseUnknown();
      }
      at = end;
    }
  }

  private int character(byte[] text, int from, int to, int at, int end) {
    if (at > from && !options.prefix().isEmpty() || end == to && !options.suffix().isEmpty()) {
      return vocabulary.get(affixed(text, from, to, at, end));
    }
    return vocabulary.get(text, at, end);
  }

  private byte[] affixed(byte[] text, int from, int to, int at, int end) {
    String s = new String(text, at, end - at, StandardCharsets.UTF_8);
    return utf8((at > from ? options.prefix() : "") + s + (end == to ? options.suffix() : ""));
  }

  private void bytes(byte[] text, int from, int to, int at, int end, Desk desk) {
    for (byte b : affixed(text, from, to, at, end)) {
      desk.add(bytes[b & 0xFF]);
    }
  }

  private void merge(Desk desk, IntList out) {
    for (int i = 0; i < desk.count; i++) {
      desk.next[i] = i + 1 < desk.count ? i + 1 : NONE;
      desk.previous[i] = i - 1;
    }
    desk.queue.clear();
    for (int left = 0; left + 1 < desk.count; left++) {
      offer(left, desk);
    }
    while (!desk.queue.isEmpty()) {
      int left = (int) desk.queue.pop();
      int id = desk.queue.tag();
      int right = desk.next[left];
      if (desk.ids[left] == NONE || right == NONE || !makes(desk.ids[left], desk.ids[right], id)) {
        continue;
      }
      desk.ids[left] = id;
      desk.ids[right] = NONE;
      int after = desk.next[right];
      desk.next[left] = after;
      if (after != NONE) {
        desk.previous[after] = left;
        offer(left, desk);
      }
      if (desk.previous[left] != NONE) {
        offer(desk.previous[left], desk);
      }
    }
    for (int i = 0; i != NONE && i < desk.count; i = desk.next[i]) {
      out.add(desk.ids[i]);
    }
  }

  private boolean makes(int left, int right, int id) {
    int rank = merges.get(pair(left, right));
    return rank != LongMap.NONE && merged[rank] == id;
  }

  private void offer(int left, Desk desk) {
    int rank = merges.get(pair(desk.ids[left], desk.ids[desk.next[left]]));
    if (rank != LongMap.NONE) {
      desk.queue.push((long) rank << 32 | left, merged[rank]);
    }
  }
}
