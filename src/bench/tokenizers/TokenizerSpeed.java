import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.gristmill.core.Text;
import org.gristmill.tokenize.Tokenizer;
import org.gristmill.tokenize.Tokenizers;

/**
 * Encodes texts on demand: TokenizerSpeed TEXTS. {@code tokenizer_speed.py} runs it beside others.
 *
 * <p>The file holds texts, each a length (big-endian, four bytes) and so many bytes. A line on
 * standard input, "ours cl100k_base" or "jtokkit cl100k_base", encodes them all once with one
 * thread; the answer is how many nanoseconds of CPU time it took, and "ids" before it asks for the SHA-256 of
 * all ids as little-endian integers instead. Each encoder is given the kind of text that it takes,
 * bytes or strings.
 */
public final class TokenizerSpeed {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static long sink;

  public static void main(String[] args) throws IOException {
    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(Path.of(args[0])));
    List<Text> texts = new ArrayList<>();
    List<String> strings = new ArrayList<>();
    while (file.hasRemaining()) {
      byte[] bytes = new byte[file.getInt()];
      file.get(bytes);
      texts.add(Text.trusted(bytes));
      strings.add(texts.get(texts.size() - 1).toString());
    }
    Map<String, Encoding> peers = new HashMap<>();
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ");
      String name = words[words.length - 1];
      boolean ids = words[0].equals("ids");
      if (words[words.length - 2].equals("ours")) {
        Tokenizer tokenizer = Tokenizers.BY_NAME.get(name);
        System.out.println(ids ? hash(texts, tokenizer::encode) : time(texts, tokenizer::encode));
      } else {
        Encoding peer =
            peers.computeIfAbsent(
                name, n -> Encodings.newLazyEncodingRegistry().getEncoding(n).orElseThrow());
        Function<String, int[]> encode = text -> peer.encodeOrdinary(text).toArray();
        System.out.println(ids ? hash(strings, encode) : time(strings, encode));
      }
    }
    if (sink == 0) {
      throw new IllegalStateException("nothing was encoded");
    }
  }

  private static <T> String time(List<T> texts, Function<T, int[]> encode) {
    long start = THREADS.getCurrentThreadCpuTime();
    long tokens = 0;
    for (T text : texts) {
      tokens += encode.apply(text).length;
    }
    long nanos = THREADS.getCurrentThreadCpuTime() - start;
    sink += tokens;
    return Long.toString(nanos);
  }

  private static <T> String hash(List<T> texts, Function<T, int[]> encode) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (T text : texts) {
        int[] ids = encode.apply(text);
        ByteBuffer bytes = ByteBuffer.allocate(4 * ids.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(ids);
        digest.update(bytes.array());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
