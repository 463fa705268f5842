package org.gristmill.sources.web;

import static org.gristmill.sources.web.WebFixtures.bytes;
import static org.gristmill.sources.web.WebFixtures.gzip;
import static org.gristmill.sources.web.WebFixtures.http;
import static org.gristmill.sources.web.WebFixtures.join;
import static org.gristmill.sources.web.WebFixtures.read;
import static org.gristmill.sources.web.WebFixtures.response;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.gristmill.core.Hash;
import org.junit.jupiter.api.Test;

class WebFuzzTest {
  private static final int MUTANTS = 4000;

  private static final String PAGE =
      "<html lang=en><head><meta charset=utf-8><title>A</title></head><body><nav><a href=/>x</a></nav>"
          + "<article><h1>T</h1><p>One, two, three; four.<table><tr><td>a<td>b</table><pre> c\n d</pre>"
          + "<ul><li>e<li>f</ul></article><div class=comments>no</div></body></html>";

  private static List<byte[]> seeds() {
    byte[] plain = response("http://a/", http("Content-Type: text/html", bytes(PAGE)));
    byte[] zipped =
        response(
            "http://b/",
            http("Content-Type: text/html\r\nContent-Encoding: gzip", gzip(bytes(PAGE))));
    byte[] chunks =
        response(
            "http://c/",
            http(
                "Content-Type: text/html\r\nTransfer-Encoding: chunked",
                bytes("5\r\n<p>ab\r\n6;x=y\r\ncd</p>\r\n0\r\n\r\n")));
    byte[] wet = WebFixtures.warc("conversion", "http://d/", "text/plain", bytes("漢字 text"));
    byte[] arc = WebFixtures.arc("http://e/", http("Content-Type: text/html", bytes(PAGE)));
    return List.of(
        join(plain, zipped, chunks, wet),
        join(gzip(plain), gzip(zipped), gzip(chunks), gzip(wet)),
        gzip(join(plain, zipped, chunks, wet)),
        join(arc, arc),
        join(gzip(arc), gzip(arc)));
  }

  @Test
  void mutantsNeverThrowAndSameBytesGiveTheSame() {
    assertTimeout(
        Duration.ofSeconds(60),
        () -> {
          for (byte[] seed : seeds()) {
            for (int m = 0; m < MUTANTS; m++) {
              byte[] mutant = mutate(seed, m);
              WebFixtures.Read once = read(mutant);
              assertTrue(once.documents().size() <= 50, "a few bytes do not make many documents");
              if (m % 50 == 0) {
                assertTrue(once.equals(read(mutant)), "mutant " + m);
              }
            }
          }
        });
  }

  private static byte[] mutate(byte[] seed, int m) {
    byte[] b = seed.clone();
    int edits = 1 + (int) Long.remainderUnsigned(Hash.xx64(m, "edits"), 6);
    for (int e = 0; e < edits; e++) {
      int at = (int) Long.remainderUnsigned(Hash.xx64(m, "at" + e), b.length);
      int value = (int) Hash.xx64(m, "value" + e);
      switch (Math.floorMod(Hash.xx64(m, "kind" + e), 5)) {
        case 0 -> b[at] = (byte) value;
        case 1 -> b[at] ^= (byte) (1 << (value & 7));
        case 2 -> b[at] = bytes("\r\n:-0 9<>")[value & 7];
        case 3 -> {
          int n = Math.min(value & 63, b.length - at);
          System.arraycopy(
              seed, (int) (Integer.toUnsignedLong(value) % (seed.length - n + 1)), b, at, n);
        }
        default -> {
          int cut = Math.min(1 + (value & 31), b.length - 1);
          int from = Math.min(at, b.length - cut);
          b =
              join(
                  java.util.Arrays.copyOf(b, from),
                  java.util.Arrays.copyOfRange(b, from + cut, b.length));
        }
      }
    }
    return b;
  }
}
