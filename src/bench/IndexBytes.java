import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.gristmill.dedup.index.KeyFile;
import org.gristmill.dedup.index.KeyFileReader;
import org.gristmill.dedup.index.KeyFileWriter;
import org.gristmill.dedup.index.RandomAccess;
import org.gristmill.dedup.index.RecordFileReader;
import org.gristmill.dedup.index.RecordFileWriter;

/**
 * How much of an index is read to look up a delivery: IndexBytes FOLDER DOCUMENTS NEW.
 *
 * <p>The index is what an index step writes for so many documents with 14 bands, in
 * buckets of a million documents, of random keys and ids; one bucket is on the disk at a time. Of
 * the new documents a tenth share all 15 keys with a document that is there, a tenth seven of them,
 * the others none.
 */
public final class IndexBytes {
  private static final int KEYS = 15;
  /** Hash, length, source, 14 bands, and the shingles of a text of 300 words. */
  private static final int PAYLOAD = 16 + 8 + 5 + 2 + 14 * 8 + 13 + 600;
  private static final long BUCKET = 1L << 20;

  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    long documents = Long.parseLong(args[1]);
    long fresh = Long.parseLong(args[2]);
    int bits = Math.max(0, 64 - Long.numberOfLeadingZeros((documents - 1) / BUCKET));
    int buckets = 1 << bits;
    long start = System.nanoTime();
    long[] sums = new long[6]; // bytes and bytes read of keys, of records; false hits; lookups
    for (int bucket = 0; bucket < buckets; bucket++) {
      keys(folder.resolve("keys"), bucket, bits, documents * KEYS / buckets, fresh, sums);
      records(folder.resolve("records"), bucket, bits, documents / buckets, fresh, sums);
    }
    long bytes = sums[0] + sums[2];
    long read = sums[1] + sums[3];
    System.out.printf(
        Locale.ROOT,
        "%,d documents in %d buckets: %,d bytes of keys, %,d of records; %,d keys of %,d new"
            + " documents looked up, %,d false hits: %,d bytes of keys and %,d of records read,"
            + " %.2f %% of all; %.0f s%n",
        documents, buckets, sums[0], sums[2], sums[5], fresh, sums[4], sums[1], sums[3],
        100.0 * read / bytes, (System.nanoTime() - start) / 1e9);
  }

  private static void keys(
      Path file, int bucket, int bits, long entries, long fresh, long[] sums) throws IOException {
    int probeBits = Math.min(64, KeyFile.probeBits(entries) + bits);
    long hits = fresh * (KEYS + 7) / 10 / (1L << bits);
    long misses = fresh * KEYS / (1L << bits) - hits;
    long every = Math.max(1, entries / Math.max(1, hits));
    long[] wanted = new long[(int) (hits + misses)];
    int n = 0;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20);
        KeyFileWriter writer = new KeyFileWriter(out, probeBits, file.getParent())) {
      byte[] id = new byte[KeyFile.ID_BYTES];
      long gap = Long.divideUnsigned(-1L >>> bits, entries);
      for (long i = 0; i < entries; i++) { // ascending: one in every gap, anywhere in it
        long key = i * gap + Long.remainderUnsigned(mix(bucket * 31L + i), gap);
        key |= bits == 0 ? 0 : (long) bucket << (64 - bits);
        ByteBuffer.wrap(id).putLong(mix(key)).putLong(i);
        writer.add(key, id);
        if (i % every == 0 && n < hits) {
          wanted[n++] = key;
        }
      }
      writer.finish();
    }
    for (int i = n; i < wanted.length; i++) {
      long key = mix(bucket * 1_000_003L + i) >>> bits;
      wanted[i] = key | (bits == 0 ? 0 : (long) bucket << (64 - bits));
    }
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] ^= Long.MIN_VALUE;
    }
    Arrays.sort(wanted);
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] ^= Long.MIN_VALUE;
    }
    long[] found = new long[1];
    try (Local local = new Local(file)) {
      KeyFileReader reader = new KeyFileReader(local);
      reader.lookup(Arrays.stream(wanted).iterator(), (key, id) -> found[0]++);
      sums[0] += local.length();
      sums[1] += reader.bytesRead();
    }
    if (found[0] < n) {
      throw new IllegalStateException(found[0] + " found of " + n);
    }
    sums[4] += found[0] - n;
    sums[5] += wanted.length;
    Files.delete(file);
  }

  private static void records(
      Path file, int bucket, int bits, long entries, long fresh, long[] sums) throws IOException {
    List<byte[]> wanted = new ArrayList<>();
    long every = Math.max(1, entries / Math.max(1, fresh / 5 / (1L << bits)));
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20);
        RecordFileWriter writer = new RecordFileWriter(out)) {
      byte[] payload = new byte[PAYLOAD];
      long gap = Long.divideUnsigned(-1L >>> bits, entries);
      for (long i = 0; i < entries; i++) {
        long prefix = i * gap + Long.remainderUnsigned(mix(bucket * 77L + i), gap);
        prefix |= bits == 0 ? 0 : (long) bucket << (64 - bits);
        byte[] id = ByteBuffer.allocate(KeyFile.ID_BYTES).putLong(prefix).putLong(i).array();
        ByteBuffer.wrap(payload).putLong(81, mix(i));
        writer.add(id, payload);
        if (i % every == every / 2) {
          wanted.add(id);
        }
      }
      writer.finish();
    }
    try (Local local = new Local(file)) {
      RecordFileReader reader = new RecordFileReader(local);
      reader.get(wanted.iterator(), (id, record) -> record.orElseThrow());
      sums[2] += local.length();
      sums[3] += reader.bytesRead();
    }
    Files.delete(file);
  }

  /** The finalizer of SplitMix64 (Steele, Lea and Flood, 2014). */
  private static long mix(long seed) {
    long x = seed + 0x9E3779B97F4A7C15L;
    x = (x ^ x >>> 30) * 0xBF58476D1CE4E5B9L;
    x = (x ^ x >>> 27) * 0x94D049BB133111EBL;
    return x ^ x >>> 31;
  }

  private static final class Local implements RandomAccess, AutoCloseable {
    private final RandomAccessFile file;

    Local(Path path) throws IOException {
      file = new RandomAccessFile(path.toFile(), "r");
    }

    @Override
    public long length() throws IOException {
      return file.length();
    }

    @Override
    public void read(long position, byte[] target, int offset, int length) throws IOException {
      file.seek(position);
      file.readFully(target, offset, length);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
