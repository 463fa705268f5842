import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gristmill.core.Text;
import org.gristmill.tokenize.ModelFile;
import org.gristmill.tokenize.TokenizerFile;

/**
 * Encodes texts by a model's file on demand: ModelSpeed MODEL PATTERN END TEXTS. {@code
 * model_speed.py} runs it beside others.
 *
 * <p>The first line out is how many nanoseconds loading took. Each line in encodes all texts once
 * with one thread; the answer is the nanoseconds and a sum over the ids, which the caller compares.
 */
final class ModelSpeed {
  private ModelSpeed() {}

  public static void main(String[] args) throws IOException {
    byte[] file = Files.readAllBytes(Path.of(args[0]));
    long start = System.nanoTime();
    TokenizerFile tokenizer =
        new TokenizerFile(new ModelFile("model", file), args[1], args[2], "text");
    System.out.println(System.nanoTime() - start);
    List<Text> texts = new ArrayList<>();
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(Path.of(args[3])));
    while (bytes.hasRemaining()) {
      byte[] text = new byte[bytes.getInt()];
      bytes.get(text);
      texts.add(Text.of(text));
    }
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
    while (lines.readLine() != null) {
      start = System.nanoTime();
      long sum = 0;
      for (Text text : texts) {
        int[] ids = tokenizer.encode(text);
        for (int i = 0; i < ids.length; i++) {
          sum += (i + 1L) * ids[i];
        }
      }
      System.out.println(System.nanoTime() - start + " " + sum);
    }
  }
}
