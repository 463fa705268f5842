import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import org.gristmill.tokenize.BestFit;

/**
 * How many documents a second are planned, on one core, beside a plain copy of their lengths twice
 * over. Lengths are lognormal with a median of 446 and a mean of 863 tokens, longer documents cut
 * into sequences and a remainder.
 *
 * <pre>java -cp tokenize/target/classes:core/target/classes src/bench/packing/PackSpeed.java</pre>
 *
 * Arguments: documents (10,000,000), tokens of a sequence (2,048), rounds (7).
 */
final class PackSpeed {
  private PackSpeed() {}

  public static void main(String[] args) {
    int documents = args.length > 0 ? Integer.parseInt(args[0]) : 10_000_000;
    int capacity = args.length > 1 ? Integer.parseInt(args[1]) : 2_048;
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 7;
    int[] lengths = lengths(documents, capacity);
    double plan = Double.MAX_VALUE;
    double pack = Double.MAX_VALUE;
    double copy = Double.MAX_VALUE;
    int bins = 0;
    for (int round = 0; round < rounds; round++) {
      long start = cpu();
      int[] binOf = BestFit.plan(lengths, capacity);
      plan = Math.min(plan, (cpu() - start) / 1e9);
      bins = Arrays.stream(binOf).max().orElse(-1) + 1;
      start = cpu();
      int[][] contents = BestFit.pack(lengths, capacity);
      pack = Math.min(pack, (cpu() - start) / 1e9);
      if (contents.length != bins) {
        throw new AssertionError(contents.length + " bins, and " + bins);
      }
      start = cpu();
      int[] copied = lengths.clone().clone();
      copy = Math.min(copy, (cpu() - start) / 1e9);
      if (copied.length != lengths.length) {
        throw new AssertionError();
      }
    }
    long tokens = Arrays.stream(lengths).asLongStream().sum();
    long least = (tokens + capacity - 1) / capacity;
    System.out.printf(
        Locale.ROOT,
        "%,d documents, %,d pieces, %,d sequences of %d: +%.4f %% over the least%n",
        documents,
        lengths.length,
        bins,
        capacity,
        100.0 * (bins - least) / least);
    System.out.printf(Locale.ROOT, "plan  %6.1f M documents/s%n", documents / plan / 1e6);
    System.out.printf(Locale.ROOT, "lists %6.1f M documents/s%n", documents / pack / 1e6);
    System.out.printf(Locale.ROOT, "copy  %6.1f M documents/s%n", documents / copy / 1e6);
  }

  /** Time of this thread on a core, so that others on the machine do not count. */
  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static int[] lengths(int documents, int capacity) {
    SplittableRandom random = new SplittableRandom(1);
    double sigma = Math.sqrt(2 * Math.log(863.0 / 446));
    int[] lengths = new int[2 * documents];
    int pieces = 0;
    for (int i = 0; i < documents; i++) {
      double normal = -6;
      for (int j = 0; j < 12; j++) {
        normal += random.nextDouble();
      }
      int length = (int) Math.max(1, 446 * Math.exp(sigma * normal));
      for (; length > capacity; length -= capacity) {
        lengths[pieces++] = capacity;
      }
      lengths[pieces++] = length;
      if (pieces > lengths.length - 64) {
        lengths = Arrays.copyOf(lengths, 2 * lengths.length);
      }
    }
    return Arrays.copyOf(lengths, pieces);
  }
}
