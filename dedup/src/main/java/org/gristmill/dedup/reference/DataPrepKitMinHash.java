package org.gristmill.dedup.reference;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.lucene.util.StringHelper;
import org.gristmill.core.Bounds;

/**
 * The signatures, band hashes and decisions of data-prep-kit's fuzzy deduplication (fdedup), bit
 * for bit.
 *
 * <p>A shingle is n words of the simplified text; a shorter text is one shingle. Its MurmurHash3 of
 * 32 bits is multiplied with odd numbers drawn by NumPy, and the upper 32 of 64 bits count. In each
 * bucket of a band, the longest document stays and takes those away whose signatures agree with its
 * own in at least the threshold's share of slots; then the longest of the rest, and so on. A
 * document goes that any band takes away, even if the one that took it goes too.
 *
 * @param shingleWords words in a shingle, from 1 to 100
 * @param bands from 1 to 1,000
 * @param rows slots in a band, from 1 to 1,000
 * @param seed of permutations, from 0 to 2^32 - 1; band hashes always have 42
 * @param threshold share of slots, from 0 to 1
 * @see <a href="https://github.com/data-prep-kit/data-prep-kit">data-prep-kit at d7edc7a,
 *     transforms/universal/fdedup</a>
 */
public record DataPrepKitMinHash(int shingleWords, int bands, int rows, long seed, double threshold)
    implements Serializable {
  /** Its defaults. */
  public static final DataPrepKitMinHash DEFAULT = new DataPrepKitMinHash(5, 14, 8, 42, 0.75);

  private static final int BAND_SEED = 42;

  private static final String POINTS = ".";

  /**
   * A document.
   *
   * @param id its number
   * @param length of its text, in code points
   * @param signature as {@link #sign} gives it
   */
  public record Signed(long id, int length, int[] signature) {}

  public DataPrepKitMinHash {
    Bounds.between("shingleWords", shingleWords, 1, 100);
    Bounds.between("bands", bands, 1, 1_000);
    Bounds.between("rows", rows, 1, 1_000);
    Bounds.between("seed", seed, 0, 0xFFFFFFFFL);
    Bounds.share("threshold", threshold);
  }

  /** A document of a text. */
  public Signed signed(long id, String text) {
    return new Signed(id, text.codePointCount(0, text.length()), sign(text));
  }

  /** The signature of a text: {@code bands * rows} unsigned numbers. */
  public int[] sign(String text) {
    long[] factors = factors();
    int[] least = new int[factors.length];
    Arrays.fill(least, -1);
    for (String shingle : shingles(words(PythonText.simplified(text, POINTS)))) {
      byte[] utf8 = shingle.getBytes(StandardCharsets.UTF_8);
      long x = StringHelper.murmurhash3_x86_32(utf8, 0, utf8.length, 0) & 0xFFFFFFFFL;
      for (int slot = 0; slot < least.length; slot++) {
        int value = (int) (x * factors[slot] >>> 32);
        least[slot] = Integer.compareUnsigned(value, least[slot]) < 0 ? value : least[slot];
      }
    }
    return least;
  }

  private List<String> shingles(List<String> words) {
    List<String> shingles = new ArrayList<>();
    for (int i = 0; i == 0 || i + shingleWords <= words.size(); i++) {
      shingles.add(String.join(" ", words.subList(i, Math.min(i + shingleWords, words.size()))));
    }
    return shingles;
  }

  /** Python's {@code str.split}. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || PythonText.isSpace(text.charAt(i))) {
        if (i > from) {
          words.add(text.substring(from, i));
        }
        from = i + 1;
      }
    }
    return words;
  }

  private long[] factors() {
    NumpyRandom random = new NumpyRandom(seed);
    long[] factors = new long[bands * rows];
    for (int slot = 0; slot < factors.length; slot++) {
      factors[slot] = random.between(0, -2L) | 1;
    }
    return factors;
  }

  /** The hash of each band, unsigned. */
  public long[] bandHashes(int[] signature) {
    long[] hashes = new long[bands];
    for (int band = 0; band < bands; band++) {
      ByteBuffer bytes = ByteBuffer.allocate(rows * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = band * rows; i < (band + 1) * rows; i++) {
        bytes.putInt(signature[i]);
      }
      hashes[band] = Murmur3.hash64(bytes.array(), BAND_SEED);
    }
    return hashes;
  }

  /** The ids of the documents that go. */
  public SortedSet<Long> removed(List<Signed> documents) {
    List<Map<Long, List<Signed>>> buckets = new ArrayList<>();
    for (int band = 0; band < bands; band++) {
      buckets.add(new HashMap<>());
    }
    for (Signed document : documents) {
      long[] hashes = bandHashes(document.signature());
      for (int band = 0; band < bands; band++) {
        buckets.get(band).computeIfAbsent(hashes[band], h -> new ArrayList<>()).add(document);
      }
    }
    SortedSet<Long> removed = new TreeSet<>();
    buckets.forEach(band -> band.values().forEach(bucket -> remove(bucket, removed)));
    return removed;
  }

  private void remove(List<Signed> bucket, SortedSet<Long> removed) {
    Comparator<Signed> longest = Comparator.comparingInt(document -> -document.length());
    List<Signed> left =
        new ArrayList<>(bucket.stream().sorted(longest.thenComparing(Signed::id)).toList());
    while (left.size() > 1) {
      int[] stays = left.remove(0).signature();
      List<Signed> like =
          left.stream().filter(d -> similarity(stays, d.signature()) >= threshold).toList();
      like.forEach(document -> removed.add(document.id()));
      left.removeAll(like);
    }
  }

  /** The share of equal slots. */
  public static double similarity(int[] a, int[] b) {
    int equal = 0;
    for (int i = 0; i < a.length; i++) {
      equal += a[i] == b[i] ? 1 : 0;
    }
    return (double) equal / a.length;
  }
}
