package org.gristmill.dedup.spans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.gristmill.core.Text;
import org.gristmill.testing.HardTexts;
import org.gristmill.testing.RealFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RepeatedSpansTest {
  /** Every pair of windows, on texts that repeat themselves a lot. */
  @ParameterizedTest
  @EnumSource
  void sameAsAllPairsOfWindows(Keep keep) {
    SplittableRandom random = new SplittableRandom(31);
    for (int round = 0; round < 1_500; round++) {
      int length = 2 + random.nextInt(8);
      RepeatedSpans spans = new RepeatedSpans(length, 1 + random.nextInt(length));
      int letters = 1 + random.nextInt(3);
      List<Symbols> documents = new ArrayList<>();
      for (int i = 1 + random.nextInt(4); i > 0; i--) {
        int[] tokens = random.ints(random.nextInt(40), -1, letters).toArray();
        documents.add(round % 2 == 0 ? Symbols.of(tokens) : Symbols.of(bytes(tokens)));
      }
      assertEquals(allPairs(documents, length, keep), spans.find(documents, keep));
    }
  }

  private static byte[] bytes(int[] tokens) {
    byte[] bytes = new byte[tokens.length];
    IntStream.range(0, bytes.length).forEach(i -> bytes[i] = (byte) tokens[i]);
    return bytes;
  }

  private static List<List<Span>> allPairs(List<Symbols> documents, int length, Keep keep) {
    List<List<Span>> found = new ArrayList<>();
    for (int d = 0; d < documents.size(); d++) {
      List<Span> spans = new ArrayList<>();
      for (int i = 0; i + length <= documents.get(d).length(); i++) {
        boolean repeated = false;
        for (int e = 0; e < documents.size(); e++) {
          for (int j = 0; j + length <= documents.get(e).length(); j++) {
            boolean apart = d != e || Math.abs(i - j) >= length;
            boolean before = e < d || e == d && j < i;
            repeated |=
                apart
                    && (before || keep == Keep.NONE)
                    && documents.get(d).same(i, documents.get(e), j, length);
          }
        }
        if (repeated) {
          spans.add(new Span(i, i + length));
        }
      }
      found.add(Spans.union(spans));
    }
    return found;
  }

  /**
   * Real licences and novels in two editions against a suffix array of them; {@code
   * -Dspans.licences=1400 -Dspans.bytes=3000000} takes 15 MB instead of half a megabyte.
   */
  @Test
  void sameAsASuffixArrayOfRealTexts() throws IOException {
    List<Symbols> documents = realTexts();
    int[] rank = ranks(documents, 200);
    long all = documents.stream().mapToLong(Symbols::length).sum();
    for (Keep keep : Keep.values()) {
      List<List<Span>> found = RepeatedSpans.BYTES.find(documents, keep);
      assertEquals(bySuffixes(documents, 200, rank, keep), found);
      long repeated = found.stream().flatMap(List::stream).mapToLong(Span::length).sum();
      assertTrue(repeated > all / 20 && repeated < all, repeated + " of " + all);
    }
  }

  private static List<Symbols> realTexts() throws IOException {
    List<Symbols> documents = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    List<Path> licences = RealFiles.files("neardup/licenses/text");
    int last = Math.min(licences.size(), Integer.getInteger("spans.licences", 45));
    files.addAll(licences.subList(0, last));
    files.addAll(RealFiles.files("books/text/zh-classics"));
    for (Path file : files) {
      byte[] bytes = Files.readAllBytes(file);
      documents.add(
          Symbols.of(
              Arrays.copyOf(
                  bytes, Math.min(bytes.length, Integer.getInteger("spans.bytes", 80_000)))));
    }
    return documents;
  }

  /** Numbers the windows by sorting prefixes of doubling length, as suffix arrays are made. */
  private static int[] ranks(List<Symbols> documents, int length) {
    int total = documents.stream().mapToInt(Symbols::length).sum();
    int[] rank = new int[total];
    int at = 0;
    for (Symbols document : documents) {
      for (int i = 0; i < document.length(); i++) {
        rank[at++] = document.at(i);
      }
    }
    int known = 1;
    while (known < length) {
      int step = Math.min(known, length - known);
      rank = joined(rank, step);
      known += step;
    }
    return rank;
  }

  private static List<List<Span>> bySuffixes(
      List<Symbols> documents, int length, int[] rank, Keep keep) {
    int[] first = new int[rank.length];
    int[] last = new int[rank.length];
    Arrays.fill(first, -1);
    forEachWindow(documents, length, rank, first, last);
    return covered(documents, length, rank, first, last, keep);
  }

  /** The ranks of pairs of equal places, so far apart; past the end is what is least. */
  private static int[] joined(int[] rank, int step) {
    long[] pairs = new long[rank.length];
    for (int i = 0; i < rank.length; i++) {
      int second = i + step < rank.length ? rank[i + step] + 1 : 0;
      pairs[i] = (long) rank[i] << 32 | second;
    }
    long[] sorted = pairs.clone();
    Arrays.sort(sorted);
    return Arrays.stream(pairs).mapToInt(pair -> lowest(sorted, pair)).toArray();
  }

  private static int lowest(long[] sorted, long pair) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < pair) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static void forEachWindow(
      List<Symbols> documents, int length, int[] rank, int[] first, int[] last) {
    int start = 0;
    for (Symbols document : documents) {
      for (int i = start; i + length <= start + document.length(); i++) {
        first[rank[i]] = first[rank[i]] < 0 ? i : first[rank[i]];
        last[rank[i]] = i;
      }
      start += document.length();
    }
  }

  private static List<List<Span>> covered(
      List<Symbols> documents, int length, int[] rank, int[] first, int[] last, Keep keep) {
    List<List<Span>> found = new ArrayList<>();
    int start = 0;
    for (Symbols document : documents) {
      List<Span> spans = new ArrayList<>();
      int end = start + document.length();
      for (int i = start; i + length <= end; i++) {
        int earliest = first[rank[i]];
        int latest = last[rank[i]];
        boolean after = earliest < start || earliest + length <= i;
        boolean before = latest >= end || latest - length >= i;
        if (after || keep == Keep.NONE && before) {
          spans.add(new Span(i - start, i - start + length));
        }
      }
      found.add(Spans.union(spans));
      start = end;
    }
    return found;
  }

  /**
   * As on a cluster, in two deliveries: segments of single documents, shuffled, keys that stand
   * alone thrown away, each key by itself, and the new documents against the old ones.
   */
  @Test
  void distributedAndInDeliveriesItIsTheSame() throws IOException {
    List<Symbols> documents = realTexts();
    RepeatedSpans spans = RepeatedSpans.BYTES;
    List<List<Span>> whole = spans.find(documents, Keep.FIRST);
    int old = documents.size() / 2;
    List<List<Span>> before = spans.find(documents.subList(0, old), Keep.FIRST);
    assertEquals(before, whole.subList(0, old), "old spans change with new documents");
    List<List<Span>> found = new ArrayList<>(before);
    IntStream.range(old, documents.size()).forEach(i -> found.add(new ArrayList<>()));
    Map<Long, TreeMap<Long, Segment>> shuffled = new HashMap<>();
    for (int i = documents.size() - 1; i >= 0; i--) {
      for (Segment segment : spans.segments(documents.get(i))) {
        shuffled
            .computeIfAbsent(segment.key(), key -> new TreeMap<>())
            .put((long) i << 32 | segment.span().from(), segment);
      }
    }
    int alone = 0;
    for (TreeMap<Long, Segment> group : shuffled.values()) {
      int windows = group.values().stream().mapToInt(s -> s.span().length() - 199).sum();
      if (group.size() == 1 && windows <= 200) {
        alone++;
        continue;
      }
      Meeting meeting = spans.meeting(Keep.FIRST);
      Map<String, Integer> seen = new HashMap<>();
      group.forEach(
          (place, segment) -> {
            int document = (int) (place >> 32);
            Symbols symbols = documents.get(document).of(segment.span());
            String content = Arrays.toString(((Symbols.Bytes) symbols).bytes());
            if (seen.computeIfAbsent(content, any -> document) == document) {
              meeting.add(document, segment.span().from(), symbols);
            } else if (document >= old) {
              found.get(document).add(segment.span()); // the copy in another document is enough
            }
          });
      for (Meeting.Found of : meeting.found()) {
        if (of.document() >= old) {
          found.get((int) of.document()).add(of.span());
        }
      }
    }
    assertEquals(whole, found.stream().map(Spans::union).toList());
    assertTrue(alone > shuffled.size() / 2, "most keys stand alone: " + alone);
  }

  @Test
  void segmentsHoldEveryWindowOnceAndEqualWindowsMeet() {
    SplittableRandom random = new SplittableRandom(32);
    RepeatedSpans spans = new RepeatedSpans(30, 8);
    Map<List<Integer>, Long> keys = new HashMap<>();
    int segments = 0;
    int windows = 0;
    for (int round = 0; round < 200; round++) {
      int letters = 1 + random.nextInt(4);
      Symbols document = Symbols.of(random.ints(random.nextInt(400), 0, letters).toArray());
      BitSet starts = new BitSet();
      for (Segment segment : spans.segments(document)) {
        segments++;
        for (int i = segment.span().from(); i + 30 <= segment.span().to(); i++) {
          assertTrue(!starts.get(i));
          starts.set(i);
          List<Integer> window = IntStream.range(i, i + 30).mapToObj(document::at).toList();
          Long before = keys.put(window, segment.key());
          assertTrue(before == null || before == segment.key());
        }
      }
      assertEquals(Math.max(0, document.length() - 29), starts.cardinality());
      windows += starts.cardinality();
    }
    assertTrue(windows > 8 * segments, windows + " windows in " + segments + " segments");
  }

  @Test
  void textsWithoutTheirSpansAreWellFormed() {
    RepeatedSpans spans = new RepeatedSpans(8, 3);
    List<Text> texts = HardTexts.random(200, 33).stream().map(Text::of).toList();
    List<List<Span>> found = spans.find(texts.stream().map(Symbols::of).toList(), Keep.FIRST);
    int cut = 0;
    for (int i = 0; i < texts.size(); i++) {
      List<Span> whole = Spans.wholeCharacters(texts.get(i), found.get(i));
      Text left = Spans.without(texts.get(i), whole);
      assertEquals(left, Text.of(left.bytes().clone()));
      cut += texts.get(i).length() - left.length();
    }
    assertTrue(cut > 10_000);
  }

  @Test
  void aPeriodStaysOnce() {
    Symbols as = Symbols.of("a".repeat(1_000).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    RepeatedSpans spans = new RepeatedSpans(100, 25);
    assertEquals(List.of(List.of(new Span(100, 1_000))), spans.find(List.of(as), Keep.FIRST));
    assertEquals(List.of(List.of(new Span(0, 1_000))), spans.find(List.of(as), Keep.NONE));
    Symbols few = as.of(new Span(0, 199));
    assertEquals(List.of(List.of()), spans.find(List.of(few), Keep.NONE));
    assertEquals(List.of(), spans.segments(as.of(new Span(0, 99))));
    assertThrows(IllegalArgumentException.class, () -> new RepeatedSpans(10, 11));
  }
}
