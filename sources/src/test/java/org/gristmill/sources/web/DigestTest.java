package org.gristmill.sources.web;

import static org.gristmill.sources.web.WebFixtures.bytes;
import static org.gristmill.sources.web.WebFixtures.digested;
import static org.gristmill.sources.web.WebFixtures.gzip;
import static org.gristmill.sources.web.WebFixtures.html;
import static org.gristmill.sources.web.WebFixtures.http;
import static org.gristmill.sources.web.WebFixtures.join;
import static org.gristmill.sources.web.WebFixtures.read;
import static org.gristmill.sources.web.WebFixtures.response;
import static org.gristmill.sources.web.WebFixtures.text;
import static org.gristmill.sources.web.WebFixtures.url;
import static org.gristmill.sources.web.WebFixtures.warc;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.gristmill.core.Blocks;
import org.gristmill.core.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigestTest {
  private static final byte[] BODY = bytes(html(1));
  private static final byte[] BLOCK = http("Content-Type: text/html", BODY);

  private static String hex(String algorithm, byte[] b) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(b));
  }

  private static byte[] page(String block, String payload) {
    return digested(response(url(1), BLOCK), block, payload);
  }

  /** Digests of the empty string, as published, in every form: an independent reference. */
  @ParameterizedTest
  @CsvSource({
    "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ",
    "SHA-1:3i42h3s6nnfq2msvx7xzkyayscx5qbyj",
    "sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "md5:d41d8cd98f00b204e9800998ecf8427e",
    "md5:2QOYZWMPACZAJ2MABGMOZ6CCPY======",
    "md5:2QOYZWMPACZAJ2MABGMOZ6CCPY",
    "sha1:2jmj7l5rSw0yVb/vlWAYkK/YBwk=",
    "sha1:2jmj7l5rSw0yVb_vlWAYkK_YBwk",
    "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "sha-256:4OYMIQUY7QOBJGX36TEJS35ZEQT24QPEMSNZGTFESWMRW6CSXBKQ====",
    "blake2b:whatever",
    "d41d8cd98f00b204e9800998ecf8427e"
  })
  void everyForm(String digest) {
    byte[] empty = warc("request", url(1), "application/http", new byte[0]);
    assertEquals(List.of(), read(digested(empty, digest, digest)).reasons());
    boolean known = digest.contains(":") && !digest.startsWith("blake");
    byte[] full = warc("request", url(1), "application/x", bytes("x"));
    assertEquals(known ? 1 : 0, read(digested(full, digest, "")).reasons().size());
    assertEquals(known ? 1 : 0, read(digested(full, "", digest)).reasons().size());
  }

  @Test
  void aMismatchIsARowOrAMarkOrNothing() throws Exception {
    String right = "sha1:" + hex("SHA-1", BLOCK);
    String wrong = "sha1:" + hex("SHA-1", BODY);
    assertEquals(List.of(text(1)), read(page(right, wrong)).texts());
    WebFixtures.Read row = read(page(wrong, ""));
    assertEquals(List.of("warc-digest"), row.reasons());
    assertEquals(url(1), row.quarantined().get(0).url());
    assertTrue(row.quarantined().get(0).detail().contains(wrong));
    assertEquals(List.of("warc-digest"), read(page("", right)).reasons());
    for (WebDigests digests : List.of(WebDigests.MARK, WebDigests.IGNORE)) {
      Web web = Blocks.with(Web.DEFAULTS, Map.of("digests", digests));
      WebFixtures.Read read = read(web, page(wrong, ""));
      assertEquals(List.of(text(1)), read.texts());
      String mark = read.documents().get(0).meta().getOrDefault("digest", "");
      assertEquals(digests == WebDigests.MARK ? "mismatch" : "", mark);
      assertFalse(read(web, page(right, "")).documents().get(0).meta().containsKey("digest"));
    }
  }

  @Test
  void aPayloadMayBeMeantWithAndWithoutItsEncodings() throws Exception {
    byte[] zipped = gzip(BODY);
    byte[] chunked =
        join(bytes(Integer.toHexString(zipped.length) + "\r\n"), zipped, bytes("\r\n0\r\n\r\n"));
    byte[] block =
        http(
            "Content-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked",
            chunked);
    for (byte[] meant : List.of(chunked, zipped, BODY)) {
      byte[] record = digested(response(url(1), block), "", "md5:" + hex("MD5", meant));
      assertEquals(List.of(text(1)), read(record).texts());
    }
    byte[] other = digested(response(url(1), block), "", "md5:" + hex("MD5", new byte[0]));
    assertEquals(List.of("warc-digest"), read(other).reasons());
  }

  @Test
  void payloadsOfSomethingElseAreNotChecked() throws Exception {
    String other = "sha1:" + hex("SHA-1", new byte[1]);
    byte[] revisit = digested(warc("revisit", url(1), "application/http", BLOCK), "", other);
    assertEquals(List.of("warc-revisit"), read(revisit).reasons());
    String truncated = new String(page("", other), java.nio.charset.StandardCharsets.UTF_8);
    byte[] cut = bytes(truncated.replace("WARC-Date", "WARC-Truncated: length\r\nWARC-Date"));
    assertEquals(List.of(text(1)), read(cut).texts());
    byte[] segment = bytes(truncated.replace("WARC-Date", "WARC-Segment-Number: 1\r\nWARC-Date"));
    assertEquals(List.of(text(1)), read(segment).texts());
  }

  /** Whatever bit of a block is flipped, no text comes of it, and no other record suffers. */
  @Test
  void noFlipInABlockPassesUnseen() throws Exception {
    byte[] first = page("sha1:" + hex("SHA-1", BLOCK), "");
    byte[] second = page("", "sha256:" + hex("SHA-256", BODY));
    byte[] whole = join(first, second, first);
    for (int seed = 0; seed < 400; seed++) {
      byte[] record = seed % 2 == 0 ? first : second;
      int covered = seed % 2 == 0 ? BLOCK.length : BODY.length;
      int start = (seed % 2 == 0 ? 0 : first.length) + record.length - 4 - covered;
      int at = start + Hash.range(Hash.xx64(seed, "flip"), covered);
      byte[] flipped = whole.clone();
      flipped[at] ^= (byte) (1 << seed % 8);
      WebFixtures.Read read = read(flipped);
      assertEquals(List.of("warc-digest"), read.reasons(), seed + "");
      assertEquals(List.of(text(1), text(1)), read.texts(), seed + "");
    }
  }
}
