package org.gristmill.dedup.spans;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.gristmill.core.Block;
import org.gristmill.core.Bounds;
import org.gristmill.core.Hash;
import org.gristmill.core.Setting;

/**
 * Exact substring deduplication: the spans of a given length or longer that stand elsewhere too.
 *
 * <p>A <i>window</i> is {@code length} symbols in a row. A window is repeated if equal symbols
 * stand elsewhere in the corpus, in another document or in the same one without overlap; with
 * {@link Keep#FIRST} only if they stand before it. The spans of a document are the union of its
 * repeated windows. That is what a suffix array of the corpus gives; this needs none:
 *
 * <ol>
 *   <li>{@link #segments} cuts each document, by itself, into segments. All windows of a segment
 *       have the same least hash of a {@code gram}, the segment's key, so equal windows always lie
 *       in segments of equal keys, and every window lies in one segment. On average a segment holds
 *       {@code (length - gram + 2) / 2} windows.
 *   <li>Segments meet by key; those whose key no other segment has are done with.
 *   <li>A {@link Meeting} decides the windows of one key, by the symbols themselves.
 *   <li>A document's spans are the {@link Spans#union union} of what its segments' meetings found.
 * </ol>
 *
 * <p>No step holds more than one document or one key's segments, hashes only decide who meets, and
 * with documents in the order in which they came, what is found in one does not depend on those
 * that come after it: new documents only need to meet the segments of old ones.
 *
 * @param length symbols in a window, from 2 to 100,000
 * @param gram symbols whose hash makes a key, from 1 to {@code length}: the longer, the fewer
 *     segments meet in vain, and the more there are
 * @see <a href="https://arxiv.org/abs/2107.06499">Lee et al. 2021, Deduplicating Training Data
 *     Makes Language Models Better</a>
 */
@Block(
    does = "Finds spans of texts, byte by byte, that stand elsewhere in the corpus too.",
    version = 1)
public record RepeatedSpans(
    @Setting(
            does = "The shortest span that is found.",
            unit = "bytes or tokens",
            min = 2,
            max = 100_000)
        int length,
    @Setting(
            does = "By so many in a row spans are brought together.",
            unit = "bytes or tokens",
            min = 1,
            max = 100_000)
        int gram)
    implements Serializable {
  /** 200 bytes of text, about as long as Lee's 50 tokens: a segment every 77 bytes. */
  public static final RepeatedSpans BYTES = new RepeatedSpans(200, 50);

  /** Lee's 50 tokens. */
  public static final RepeatedSpans TOKENS = new RepeatedSpans(50, 12);

  public RepeatedSpans {
    Bounds.between("length", length, 2, 100_000);
    Bounds.between("gram", gram, 1, length);
  }

  /** The segments of a document, in order; none if it is shorter than a window. */
  public List<Segment> segments(Symbols document) {
    if (document.length() < length) {
      return List.of();
    }
    SlidingMinimum minima = new SlidingMinimum(Rolling.hashes(document, gram), length - gram + 1);
    List<Segment> segments = new ArrayList<>(minima.size());
    int windows = document.length() - length + 1;
    for (int run = 0; run < minima.size(); run++) {
      int end = run + 1 < minima.size() ? minima.start(run + 1) : windows;
      Span span = new Span(minima.start(run), end - 1 + length);
      segments.add(new Segment(Hash.mix(minima.least(run)), span));
    }
    return segments;
  }

  /** A place where segments of one key meet. */
  public Meeting meeting(Keep keep) {
    return new Meeting(length, keep);
  }

  /**
   * The spans of documents that fit in memory, of each the union.
   *
   * @param documents in the order in which one comes first
   */
  public List<List<Span>> find(List<? extends Symbols> documents, Keep keep) {
    record Placed(Segment segment, int document) {}
    List<Placed> all = new ArrayList<>();
    List<List<Span>> found = new ArrayList<>();
    for (int i = 0; i < documents.size(); i++) {
      int document = i;
      segments(documents.get(i)).forEach(segment -> all.add(new Placed(segment, document)));
      found.add(new ArrayList<>());
    }
    all.sort(Comparator.comparingLong(placed -> placed.segment().key()));
    for (int from = 0; from < all.size(); ) {
      long key = all.get(from).segment().key();
      Meeting meeting = meeting(keep);
      for (; from < all.size() && all.get(from).segment().key() == key; from++) {
        int document = all.get(from).document();
        Span span = all.get(from).segment().span();
        meeting.add(document, span.from(), documents.get(document).of(span));
      }
      meeting.found().forEach(of -> found.get((int) of.document()).add(of.span()));
    }
    return found.stream().map(Spans::union).toList();
  }
}
