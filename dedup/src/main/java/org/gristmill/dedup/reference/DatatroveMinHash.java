package org.gristmill.dedup.reference;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import org.gristmill.core.Bounds;
import org.gristmill.core.Hash;

/**
 * The signatures of datatrove's {@code MinhashDedupSignature}, bit for bit, with hashes of 64 bits;
 * those of 32 bits are not made.
 *
 * <p>A shingle is n words joined by spaces; its hash x becomes {@code (a x + b)}, modulo 2^64 first
 * and then modulo 2^61 - 1, with a and b drawn by NumPy. Words are given: datatrove takes those
 * that spaCy finds in the {@linkplain #simplified simplified} text. A text of fewer words than a
 * shingle has no signature, and datatrove keeps it.
 *
 * @param shingleWords words in a shingle, from 1 to 100
 * @param buckets from 1 to 1,000
 * @param rows hashes in a bucket, from 1 to 1,000
 * @param seed of the permutations, from 0 to 2^32 - 1
 * @param hash of a shingle
 * @see <a href="https://github.com/huggingface/datatrove">datatrove 0.10.1,
 *     pipeline/dedup/minhash.py, utils/text.py, utils/hashing.py</a>
 */
public record DatatroveMinHash(int shingleWords, int buckets, int rows, long seed, ShingleHash hash)
    implements Serializable {
  /** Datatrove's defaults. */
  public static final DatatroveMinHash DEFAULT =
      new DatatroveMinHash(5, 14, 8, 1, ShingleHash.XXHASH64);

  /** FineWeb's settings (arXiv 2406.17557, examples/fineweb.py): as the defaults, but SHA-1. */
  public static final DatatroveMinHash FINEWEB =
      new DatatroveMinHash(5, 14, 8, 1, ShingleHash.SHA1);

  /** How a shingle is hashed. */
  public enum ShingleHash {
    /** {@code hash_fc="xxhash", precision=64}: xxHash64 of seed 0. */
    XXHASH64,
    /** {@code hash_fc="sha1", precision=64}: the first 8 bytes of SHA-1, the lowest first. */
    SHA1
  }

  private static final long PRIME = (1L << 61) - 1;

  private static final String POINTS = ".,،٫⎖⎗⎘";

  public DatatroveMinHash {
    Bounds.between("shingleWords", shingleWords, 1, 100);
    Bounds.between("buckets", buckets, 1, 1_000);
    Bounds.between("rows", rows, 1, 1_000);
    Bounds.between("seed", seed, 0, 0xFFFFFFFFL);
  }

  /** The text whose words are shingled: {@code simplify_text} with its defaults. */
  public static String simplified(String text) {
    return PythonText.simplified(text, POINTS);
  }

  /**
   * The signature of words: {@code buckets * rows} numbers from 0 to 2^61 - 2, bucket by bucket;
   * none if there are fewer words than in a shingle.
   */
  public long[] sign(List<String> words) {
    int shingles = words.size() - shingleWords + 1;
    if (shingles < 1) {
      return new long[0];
    }
    long[][] ab = permutations();
    long[] least = new long[buckets * rows];
    Arrays.fill(least, Long.MAX_VALUE);
    for (int i = 0; i < shingles; i++) {
      long x = hash(String.join(" ", words.subList(i, i + shingleWords)));
      for (int slot = 0; slot < least.length; slot++) {
        long value = Long.remainderUnsigned(x * ab[0][slot] + ab[1][slot], PRIME);
        least[slot] = Math.min(least[slot], value);
      }
    }
    return least;
  }

  /**
   * A signature's record in the file of a bucket: its hashes and the document's number in the
   * input, all with the lowest byte first. Datatrove sorts a file's records as numbers.
   */
  public byte[] record(long[] signature, int bucket, int document) {
    ByteBuffer record =
        ByteBuffer.allocate(rows * Long.BYTES + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = bucket * rows; i < (bucket + 1) * rows; i++) {
      record.putLong(signature[i]);
    }
    return record.putInt(document).array();
  }

  private long[][] permutations() {
    NumpyRandom random = new NumpyRandom(seed);
    long[][] ab = new long[2][buckets * rows];
    for (int i = 0; i < 2; i++) {
      for (int slot = 0; slot < ab[i].length; slot++) {
        ab[i][slot] = random.between(1 - i, PRIME - 1);
      }
    }
    return ab;
  }

  private long hash(String shingle) {
    byte[] utf8 = shingle.getBytes(StandardCharsets.UTF_8);
    return switch (hash) {
      case XXHASH64 -> Hash.xx64(0, utf8, 0, utf8.length);
      case SHA1 -> ByteBuffer.wrap(sha1().digest(utf8)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    };
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
