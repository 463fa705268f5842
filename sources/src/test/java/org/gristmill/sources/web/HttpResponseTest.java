package org.gristmill.sources.web;

import static org.gristmill.sources.web.WebFixtures.bytes;
import static org.gristmill.sources.web.WebFixtures.gzip;
import static org.gristmill.sources.web.WebFixtures.html;
import static org.gristmill.sources.web.WebFixtures.http;
import static org.gristmill.sources.web.WebFixtures.join;
import static org.gristmill.sources.web.WebFixtures.read;
import static org.gristmill.sources.web.WebFixtures.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HttpResponseTest {
  /** A record of a response whose gzip body was cut in the middle. */
  private static byte[] cut(String warcHeader) {
    byte[] packed = gzip(bytes(html(1)));
    byte[] body = Arrays.copyOf(packed, packed.length / 2);
    byte[] block = http("Content-Type: text/html\r\nContent-Encoding: gzip", body);
    String head = "WARC/1.1\r\nWARC-Type: response\r\nContent-Type: application/http\r\n";
    String length = "Content-Length: " + block.length + "\r\n\r\n";
    return join(bytes(head + warcHeader + length), block, bytes("\r\n\r\n"));
  }

  @Test
  void aCutGzipBodyOfATruncatedRecordGivesWhatIsThere() {
    WebFixtures.Read read = read(cut("WARC-Truncated: time\r\n"));
    assertEquals(List.of(), read.reasons());
    String text = read.texts().get(0);
    assertTrue(text.length() > text(1).length() / 4 && text.length() < text(1).length(), text);
    assertTrue(text(1).startsWith(text), text);
    assertEquals("time", read.documents().get(0).meta().get("truncated"));
  }

  @Test
  void aCutGzipBodyOfAWholeRecordIsDamage() {
    assertEquals(List.of("http-decode"), read(cut("")).reasons());
  }
}
