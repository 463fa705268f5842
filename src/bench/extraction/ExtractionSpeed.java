import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.gristmill.sources.html.HtmlText;
import org.gristmill.sources.html.parser.HtmlParser;
import org.jsoup.Jsoup;

/**
 * Extracts or parses pages on demand: ExtractionSpeed PAGES. {@code extraction_speed.py} runs it
 * beside others.
 *
 * <p>The file holds pages in UTF-8, each behind its length (big-endian, four bytes). A line on
 * standard input, "extract", "parse" or "jsoup", works through all of them once in one thread; the
 * answer is how many nanoseconds of CPU time it took, and a sum that must be the same each time.
 */
public final class ExtractionSpeed {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final Map<String, ToIntFunction<String>> WORK =
      Map.of(
          "extract", html -> HtmlText.extract(html).text().hashCode(),
          "parse", html -> HtmlParser.parse(html, HtmlParser.Noscript.LEAVE_OUT).count(),
          "jsoup", html -> Jsoup.parse(html).childNodeSize());

  private ExtractionSpeed() {}

  public static void main(String[] args) throws IOException {
    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(Path.of(args[0])));
    List<byte[]> pages = new ArrayList<>();
    while (file.hasRemaining()) {
      byte[] page = new byte[file.getInt()];
      file.get(page);
      pages.add(page);
    }
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      ToIntFunction<String> work = WORK.get(line);
      long start = THREADS.getCurrentThreadCpuTime();
      int sum = 0;
      for (byte[] page : pages) {
        sum = 31 * sum + work.applyAsInt(new String(page, StandardCharsets.UTF_8));
      }
      System.out.println(THREADS.getCurrentThreadCpuTime() - start + " " + sum);
    }
  }
}
