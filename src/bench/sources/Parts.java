import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gristmill.core.Hash;
import org.gristmill.sources.ContentHash;
import org.gristmill.sources.Guard;
import org.gristmill.sources.LocalInput;
import org.gristmill.sources.Part;
import org.gristmill.sources.jsonl.Jsonl;

/**
 * What it costs to read JSON lines in parts, beside reading them as a whole, and whether both give
 * the same:
 *
 * <pre>Parts FILE PART_BYTES ROUNDS</pre>
 */
public final class Parts {
  private Parts() {}

  public static void main(String[] args) throws Exception {
    Path path = Path.of(args[0]);
    LocalInput file = LocalInput.of("bench", path.getParent(), path);
    List<Part> parts = Part.of(file.length(), Long.parseLong(args[1]));
    for (int round = 0; round < Integer.parseInt(args[2]); round++) {
      long begun = cpu();
      String whole = read(file, List.of(Part.WHOLE));
      long between = cpu();
      String cut = read(file, parts);
      double first = (between - begun) / 1e9;
      double second = (cpu() - between) / 1e9;
      System.out.printf(
          "%s: whole %.2f s of CPU, %d parts %.2f s, %.3f times; %s%n",
          path.getFileName(), first, parts.size(), second, second / first, whole);
      if (!whole.equals(cut)) {
        throw new IllegalStateException("the parts give " + cut);
      }
    }
  }

  /** CPU time of the whole process, in nanoseconds: a source has a thread of its own. */
  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static String read(LocalInput file, List<Part> parts) throws Exception {
    List<Long> found = new ArrayList<>();
    for (Part part : parts) {
      Guard.read(
          Jsonl.DEFAULTS,
          file,
          part,
          ContentHash.BLOCK_BYTES,
          one -> found.add(Hash.xx64(0, one.toString())));
    }
    return found.size() + " findings, digest " + Hash.sha256Hex(found.toString()).substring(0, 12);
  }
}
