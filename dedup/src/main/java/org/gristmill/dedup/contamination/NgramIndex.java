package org.gristmill.dedup.contamination;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.gristmill.core.Text;
import org.gristmill.dedup.spans.Span;

/**
 * The n-grams of benchmarks, in which the n-grams of documents are looked up.
 *
 * <p>Finds every n-gram of {@link Units} that a document shares with a field, and no others: a
 * lookup goes by a hash of the n-gram and then compares the n-gram unit by unit, by hashes of 64
 * bits each. Equal n-grams of several fields are one, numbered from 0 in the order of fields.
 *
 * <p>Takes about 55 bytes an n-gram; a document is gone over once, whatever the number of n-grams.
 */
public final class NgramIndex implements Serializable {
  private static final long serialVersionUID = 1L;

  private final GramSize size;
  private final BenchmarkField[] fields;
  private final GramTable table;
  private final int[] postings;
  private final int[] firstPosting;
  private final int[] lengths;
  private final long[] powers;
  private final long[] starts;

  private NgramIndex(GramSize size, List<BenchmarkField> fields, GramTable table, long[] pairs) {
    this.size = size;
    this.fields = fields.toArray(BenchmarkField[]::new);
    this.table = table;
    postings = Arrays.stream(pairs).mapToInt(pair -> (int) pair).toArray();
    firstPosting = new int[table.size() + 1];
    for (long pair : pairs) {
      firstPosting[(int) (pair >>> 32) + 1]++;
    }
    Arrays.parallelPrefix(firstPosting, Integer::sum);
    lengths = IntStream.range(0, table.size()).map(table::length).distinct().sorted().toArray();
    powers = Arrays.stream(lengths).mapToLong(Grams::power).toArray();
    starts = table.starts(lengths.length == 0 ? 0 : lengths[0]);
  }

  /**
   * The index of some tasks.
   *
   * @throws IllegalArgumentException if two have the same id, or they have more than 2^30 units
   */
  public static NgramIndex of(GramSize size, Collection<BenchmarkItem> items) {
    if (items.stream().map(BenchmarkItem::id).distinct().count() < items.size()) {
      throw new IllegalArgumentException("two tasks of the benchmarks have the same id");
    }
    GramTable table = new GramTable();
    List<BenchmarkField> fields = new ArrayList<>();
    long[] pairs = new long[1 << 10];
    int n = 0;
    for (BenchmarkItem item : items) {
      for (String field : item.fields().keySet()) {
        Units units = Units.of(item.fields().get(field));
        int[] grams = table.add(units, size.of(units));
        fields.add(new BenchmarkField(item.id(), field, units.size(), grams.length));
        if (n + grams.length > pairs.length) {
          pairs = Arrays.copyOf(pairs, 2 * (n + grams.length));
        }
        for (int gram : grams) {
          pairs[n++] = (long) gram << 32 | fields.size() - 1;
        }
      }
    }
    table.trim();
    pairs = Arrays.copyOf(pairs, n);
    Arrays.sort(pairs);
    return new NgramIndex(size, fields, table, pairs);
  }

  /** How long the n-grams are. */
  public GramSize gramSize() {
    return size;
  }

  /** How many different n-grams there are. */
  public int grams() {
    return table.size();
  }

  /** All fields of all tasks, those not looked for too. */
  public List<BenchmarkField> fields() {
    return List.of(fields);
  }

  /** The fields that are too short to be looked for. */
  public List<BenchmarkField> notSearched() {
    return Arrays.stream(fields).filter(field -> field.grams() == 0).toList();
  }

  /** What a document shares with the benchmarks. */
  public Scan scan(Text document) {
    List<Hit> hits = new ArrayList<>();
    if (lengths.length > 0) {
      scan(Units.of(document), hits);
    }
    return new Scan(this, hits);
  }

  private void scan(Units units, List<Hit> hits) {
    Grams grams = new Grams(units);
    int least = lengths[0];
    for (int at = 0; at + least <= units.size(); at++) {
      if (!GramTable.mayStart(starts, grams.hash(at, least, powers[0]))) {
        continue;
      }
      for (int i = 0; i < lengths.length && at + lengths[i] <= units.size(); i++) {
        int n = lengths[i];
        int gram = table.find(grams.hash(at, n, powers[i]), units, at, n);
        if (gram >= 0) {
          hits.add(new Hit(gram, new Span(units.from(at), units.to(at + n - 1))));
        }
      }
    }
  }

  /** How much of each field is among some n-grams; fields of which nothing is are left out. */
  List<Match> matches(BitSet grams) {
    int[] matched = new int[fields.length];
    for (int gram = grams.nextSetBit(0); gram >= 0; gram = grams.nextSetBit(gram + 1)) {
      for (int i = firstPosting[gram]; i < firstPosting[gram + 1]; i++) {
        matched[postings[i]]++;
      }
    }
    return IntStream.range(0, fields.length)
        .filter(field -> matched[field] > 0)
        .mapToObj(field -> new Match(fields[field], matched[field]))
        .toList();
  }
}
