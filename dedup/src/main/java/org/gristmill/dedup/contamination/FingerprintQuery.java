package org.gristmill.dedup.contamination;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/** Asks {@link Fingerprint}s about benchmarks that were not known when they were made. */
public final class FingerprintQuery implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Fingerprint settings;
  private final BenchmarkField[] fields;
  private final long[] hashes;
  private final int[][] holders;
  private final long[] bits;

  private FingerprintQuery(
      Fingerprint settings, List<BenchmarkField> fields, List<long[]> hashesOf) {
    this.settings = settings;
    this.fields = fields.toArray(BenchmarkField[]::new);
    hashes = hashesOf.stream().flatMapToLong(Arrays::stream).sorted().distinct().toArray();
    int[] counts = new int[hashes.length];
    hashesOf.forEach(of -> Arrays.stream(of).forEach(hash -> counts[place(hash)]++));
    holders = new int[hashes.length][];
    for (int i = 0; i < holders.length; i++) {
      holders[i] = new int[counts[i]];
    }
    bits = new long[Math.max(16, Integer.highestOneBit(Math.max(1, hashes.length)) / 2)];
    for (int field = 0; field < fields.size(); field++) {
      for (long hash : hashesOf.get(field)) {
        int place = place(hash);
        holders[place][--counts[place]] = field;
        bits[bit(hash) >> 6] |= 1L << bit(hash);
      }
    }
  }

  /** The question about some tasks, for fingerprints of these settings. */
  public static FingerprintQuery of(Fingerprint settings, Collection<BenchmarkItem> items) {
    List<BenchmarkField> fields = new ArrayList<>();
    List<long[]> hashes = new ArrayList<>();
    for (BenchmarkItem item : items) {
      item.fields()
          .forEach(
              (name, text) -> {
                Units units = Units.of(text);
                hashes.add(settings.kept(units));
                int kept = hashes.get(hashes.size() - 1).length;
                fields.add(new BenchmarkField(item.id(), name, units.size(), kept));
              });
    }
    return new FingerprintQuery(settings, fields, hashes);
  }

  /** The fields with fewer units than are guaranteed to be found; documents may still be found. */
  public List<BenchmarkField> notGuaranteed() {
    return Arrays.stream(fields).filter(field -> field.units() < settings.guaranteed()).toList();
  }

  /**
   * The fields that a document may hold text of, in the order of tasks: all that it shares the
   * guaranteed number of units in a row with, and perhaps others. What a match counts are kept
   * hashes.
   *
   * @throws IllegalArgumentException if the fingerprint was made by other settings, or is damaged
   */
  public List<Match> ask(byte[] fingerprint) {
    int[] matched = new int[0];
    for (long hash : settings.read(fingerprint)) {
      if ((bits[bit(hash) >> 6] & 1L << bit(hash)) != 0) {
        int place = place(hash);
        if (place >= 0) {
          matched = matched.length == 0 ? new int[fields.length] : matched;
          for (int field : holders[place]) {
            matched[field]++;
          }
        }
      }
    }
    int[] of = matched;
    return IntStream.range(0, of.length)
        .filter(field -> of[field] > 0)
        .mapToObj(field -> new Match(fields[field], of[field]))
        .toList();
  }

  private int place(long hash) {
    return Arrays.binarySearch(hashes, hash);
  }

  private int bit(long hash) {
    return (int) (hash & (64L * bits.length - 1));
  }
}
