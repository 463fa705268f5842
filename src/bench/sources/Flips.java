import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gristmill.core.Found;
import org.gristmill.core.Hash;
import org.gristmill.core.Quarantined;
import org.gristmill.core.Reason;
import org.gristmill.sources.Guard;
import org.gristmill.sources.Input;
import org.gristmill.sources.web.Web;

/**
 * Flips one bit in a plain WARC file, again and again, within bytes that a digest covers, and says
 * how many flips give no row. Writes the damaged files for another reader to judge:
 *
 * <pre>Flips FILE.warc FLIPS FOLDER</pre>
 */
public final class Flips {
  private Flips() {}

  private record Memory(byte[] bytes) implements Input {
    @Override
    public String source() {
      return "bench";
    }

    @Override
    public String file() {
      return "memory";
    }

    @Override
    public String name() {
      return "memory";
    }

    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(bytes);
    }
  }

  public static void main(String[] args) throws Exception {
    byte[] whole = Files.readAllBytes(Path.of(args[0]));
    int flips = Integer.parseInt(args[1]);
    Path folder = Files.createDirectories(Path.of(args[2]));
    List<int[]> covered = covered(whole);
    long bytes = covered.stream().mapToLong(range -> range[1] - range[0]).sum();
    int unseen = 0;
    for (int i = 0; i < flips; i++) {
      long at = Long.remainderUnsigned(Hash.xx64(i, "at"), bytes);
      byte[] damaged = whole.clone();
      for (int[] range : covered) {
        int length = range[1] - range[0];
        if (at >= 0 && at < length) {
          damaged[range[0] + (int) at] ^= (byte) (1 << i % 8);
        }
        at -= length;
      }
      Files.write(folder.resolve("flip-%04d.warc".formatted(i)), damaged);
      List<Found> found = new ArrayList<>();
      Guard.read(Web.DEFAULTS, new Memory(damaged), found::add);
      boolean seen =
          found.stream()
              .anyMatch(f -> f instanceof Quarantined q && q.reason() == Reason.WARC_DIGEST);
      unseen += seen ? 0 : 1;
    }
    System.out.println(unseen + " of " + flips + " flips in " + bytes + " covered bytes unseen");
  }

  /** Blocks of records that have a digest of the block. */
  private static List<int[]> covered(byte[] b) {
    String text = new String(b, StandardCharsets.ISO_8859_1);
    List<int[]> ranges = new ArrayList<>();
    for (int at = text.indexOf("WARC/1."); at >= 0; ) {
      int head = text.indexOf("\r\n\r\n", at);
      String header = text.substring(at, head).toLowerCase(java.util.Locale.ROOT);
      int length =
          Integer.parseInt(header.replaceAll("(?s).*\r\ncontent-length: *(\\d+).*", "$1").strip());
      if (header.contains("\r\nwarc-block-digest:")) {
        ranges.add(new int[] {head + 4, head + 4 + length});
      }
      at = text.indexOf("WARC/1.", head + 4 + length);
    }
    return ranges;
  }
}
