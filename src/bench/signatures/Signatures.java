import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.gristmill.core.Text;
import org.gristmill.dedup.MinHash;

/**
 * Signs the files of a folder, sorted by path, once for every line of its input, and answers with
 * seconds; a line {@code similarity A B} is answered with that of the files of these numbers.
 */
public final class Signatures {
  public static void main(String[] args) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(Path.of(args[0]))) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    byte[][] utf8 = new byte[files.size()][];
    for (int i = 0; i < utf8.length; i++) {
      utf8[i] = Files.readAllBytes(files.get(i));
    }
    MinHash minHash = new MinHash(5, 16, 8, 1);
    int[][] signatures = new int[utf8.length][];
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.startsWith("similarity ")) {
        String[] pair = line.split(" ");
        int[] a = signatures[Integer.parseInt(pair[1])];
        System.out.println(MinHash.similarity(a, signatures[Integer.parseInt(pair[2])]));
        continue;
      }
      long start = System.nanoTime();
      for (int i = 0; i < utf8.length; i++) {
        signatures[i] = minHash.sign(Text.of(utf8[i]));
      }
      System.out.println((System.nanoTime() - start) / 1e9);
    }
  }
}
