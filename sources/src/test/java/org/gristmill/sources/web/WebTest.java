package org.gristmill.sources.web;

import static org.gristmill.sources.web.WebFixtures.bytes;
import static org.gristmill.sources.web.WebFixtures.gzip;
import static org.gristmill.sources.web.WebFixtures.http;
import static org.gristmill.sources.web.WebFixtures.join;
import static org.gristmill.sources.web.WebFixtures.read;
import static org.gristmill.sources.web.WebFixtures.response;
import static org.gristmill.sources.web.WebFixtures.warc;
import static org.gristmill.sources.web.WebFixtures.web;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.gristmill.core.Blocks;
import org.gristmill.core.Document;
import org.gristmill.core.Hash;
import org.gristmill.core.Quarantined;
import org.gristmill.core.SettingError;
import org.gristmill.sources.Fixtures;
import org.gristmill.testing.RealFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebTest {
  private static final String URL = "http://example.com/";
  private static final String SAID = "Said once, and well enough.";

  /** The page that says {@link #SAID}, by the brotli package of Python. */
  private static final String BROTLI =
      "GzsA4B2pVZ84vH7hCYNTPm7lQgYTOWBvXSQAPDgOv3vRkUj7ntEtubKDIWIdM9RxyKgB";

  private static WebFixtures.Read page(String headers, byte[] body) {
    return read(response(URL, http(headers, body)));
  }

  private static byte[] html(String text) {
    return bytes("<html><body><p>" + text + "</p></body></html>");
  }

  @Test
  void aPageBecomesADocumentWithItsFacts() {
    String html = "<html lang='en-GB'><head><title> The  title </title></head><body><p>" + SAID;
    byte[] record =
        response("<" + URL + ">", http("Content-Type: Text/HTML; Charset=UTF-8", bytes(html)));
    Document d = read(gzip(record)).documents().get(0);
    assertEquals(SAID, d.text().toString());
    assertEquals(URL, d.url());
    assertEquals("web", d.kind());
    assertEquals("test", d.source());
    assertEquals("memory:memory", d.file());
    Map<String, String> expected = new TreeMap<>();
    expected.put("title", "The title");
    expected.put("html-lang", "en-GB");
    expected.put("content-type", "text/html");
    expected.put("charset", "UTF-8");
    expected.put("date", "2024-05-18T01:58:10Z");
    expected.put("record", "<urn:uuid:" + Hash.sha256Hex("<" + URL + ">").substring(0, 32) + ">");
    Map<String, String> meta = new TreeMap<>(d.meta());
    assertTrue(Set.of("article", "forum").contains(meta.remove("page-type")));
    assertTrue(Double.parseDouble(meta.remove("extraction-confidence")) > 0.5);
    assertEquals(expected, meta);
    assertEquals(Hash.id("test", "memory", "0", d.text()), d.id());
  }

  @Test
  void onlyResponsesResourcesAndConversionsAreCandidates() {
    byte[] block = html(SAID);
    byte[][] records =
        Stream.of(
                "warcinfo",
                "request",
                "metadata",
                "revisit",
                "continuation",
                "resource",
                "conversion")
            .map(
                type ->
                    warc(
                        type,
                        URL + type,
                        type.equals("conversion") ? "text/plain" : "text/html",
                        block))
            .toArray(byte[][]::new);
    WebFixtures.Read read = read(join(records));
    assertEquals(List.of(SAID, new String(block, StandardCharsets.UTF_8)), read.texts());
    assertEquals(List.of("warc-revisit"), read.reasons());
    assertEquals(List.of("warc-header"), read(warc("rdsponse", URL, "text/html", block)).reasons());
  }

  @Test
  void wetTextIsTakenAsItIs() {
    String text = "第一行\n第二行  with  spaces \n\n\tlast\n";
    WebFixtures.Read read = read(gzip(warc("conversion", URL, "text/plain", bytes(text))));
    assertEquals(List.of(text), read.texts());
    byte[] broken = {'a', (byte) 0xff, (byte) 0xfe, 'b'};
    assertEquals(
        List.of("invalid-encoding"), read(warc("conversion", URL, "text/plain", broken)).reasons());
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1 404 Not Found, http-status, 404",
    "HTTP/1.0 301, http-status, 301",
    "HTTP/1.1 nonsense, http-decode, unreadable status line: HTTP/1.1 nonsense",
    "GET / HTTP/1.1, http-decode, no HTTP status line"
  })
  void statusLines(String line, String reason, String detail) {
    byte[] block = bytes(line + "\r\nContent-Type: text/html\r\n\r\n<p>" + SAID);
    Quarantined q = read(response(URL, block)).quarantined().get(0);
    assertEquals(reason, q.reason().text());
    assertEquals(detail, q.detail());
    assertEquals(URL, q.url());
  }

  @ParameterizedTest
  @CsvSource({
    "image/png, not-text",
    "text/css, not-text",
    "application/json, not-text",
    "application/octet-stream, not-text"
  })
  void otherThingsAreNotText(String type, String reason) {
    assertEquals(List.of(reason), page("Content-Type: " + type, html(SAID)).reasons());
  }

  @Test
  void binariesThatClaimToBeTextAreNotText() {
    assertEquals(
        List.of("not-text"), page("Content-Type: text/html", bytes("%PDF-1.4 ...")).reasons());
    assertEquals(List.of("not-text"), page("Content-Type: text/plain", bytes("a\0b")).reasons());
    assertEquals(List.of("not-text"), page("Server: x", bytes("some words")).reasons());
    assertEquals(List.of(SAID), page("Server: x", html(SAID)).texts());
  }

  @Test
  void emptyPagesAreSaid() {
    assertEquals(
        List.of("empty-extraction"), page("Content-Type: text/html", new byte[0]).reasons());
    assertEquals(
        List.of("empty-extraction"),
        page("Content-Type: text/html", bytes("<script>x=1</script>")).reasons());
    assertEquals(
        List.of("empty-extraction"), page("Content-Type: text/plain", bytes(" \n")).reasons());
  }

  @Test
  void bodiesAreDecoded() throws IOException {
    byte[] body = html(SAID);
    byte[] chunked = bytes("5;a=b\r\n" + new String(body, 0, 5, StandardCharsets.UTF_8) + "\r\n");
    byte[] rest = Arrays.copyOfRange(body, 5, body.length);
    chunked =
        join(
            chunked,
            bytes(Integer.toHexString(rest.length) + "\r\n"),
            rest,
            bytes("\r\n0\r\n\r\n"));
    String type = "Content-Type: text/html\r\n";
    Map<String, byte[]> bodies = new TreeMap<>();
    bodies.put("Transfer-Encoding: chunked", chunked);
    bodies.put("transfer-encoding: Chunked\r\nX: already decoded", body);
    bodies.put("Content-Encoding: gzip", gzip(body));
    bodies.put("Content-Encoding: x-gzip\r\nX: already decoded", body);
    bodies.put("Content-Encoding: deflate", deflate(body, false));
    bodies.put("Content-Encoding: deflate\r\nX: raw", deflate(body, true));
    bodies.put("Content-Encoding: br\r\nX: already decoded", body);
    bodies.put("Content-Encoding: identity", body);
    bodies.put("Content-Encoding: zstd", Zstd.compress(body));
    bodies.put("Content-Encoding: zstd\r\nX: already decoded", body);
    bodies.put("Content-Encoding: br", Base64.getDecoder().decode(BROTLI));
    byte[] zipped = gzip(body);
    bodies.put(
        "Content-Encoding: gzip\r\nTransfer-Encoding: chunked",
        join(bytes(Integer.toHexString(zipped.length) + "\r\n"), zipped, bytes("\r\n0\r\n\r\n")));
    bodies.forEach((h, b) -> assertEquals(List.of(SAID), page(type + h, b).texts(), h));
  }

  private static byte[] deflate(byte[] body, boolean raw) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflate = new DeflaterOutputStream(out, new Deflater(9, raw))) {
      deflate.write(body);
    }
    return out.toByteArray();
  }

  @Test
  void bodiesThatCannotBeDecodedAreRefused() {
    String type = "Content-Type: text/html\r\n";
    byte[] zipped = gzip(html(SAID.repeat(50)));
    byte[] cut = Arrays.copyOf(zipped, zipped.length / 2);
    assertEquals(List.of("http-decode"), page(type + "Content-Encoding: gzip", cut).reasons());
    assertEquals(
        List.of("http-decode"),
        page(type + "Content-Encoding: br", new byte[] {1, 2, 3}).reasons());
    assertEquals(
        List.of("http-decode"),
        page(type + "Transfer-Encoding: chunked", bytes("5\r\nabcde\r\nff\r\nab")).reasons());
    byte[] packed = Zstd.compress(html(SAID));
    byte[] cutZstd = Arrays.copyOf(packed, packed.length - 3);
    assertEquals(List.of("http-decode"), page(type + "Content-Encoding: zstd", cutZstd).reasons());
    byte[] zeros = new byte[1 << 20];
    for (Map.Entry<String, byte[]> bomb :
        Map.of("gzip", gzip(zeros), "zstd", Zstd.compress(zeros)).entrySet()) {
      byte[] http = http(type + "Content-Encoding: " + bomb.getKey(), bomb.getValue());
      assertEquals(
          List.of("too-large"), read(web(1 << 16, 1 << 16), response(URL, http)).reasons());
    }
  }

  @Test
  void statusesAreASetting() {
    byte[] gone = bytes("HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>" + SAID);
    byte[] created = bytes("HTTP/1.1 201 Created\r\nContent-Type: text/html\r\n\r\n<p>" + SAID);
    byte[] both = join(response(URL + 1, gone), response(URL + 2, created));
    assertEquals(List.of("http-status", "http-status"), read(both).reasons());
    Web web = Blocks.with(Web.DEFAULTS, Map.of("statuses", List.of("2xx", "404")));
    List<Document> read = read(web, both).documents();
    assertEquals(List.of("404", "201"), read.stream().map(d -> d.meta().get("status")).toList());
    assertThrows(
        SettingError.class, () -> Blocks.with(Web.DEFAULTS, Map.of("statuses", List.of("20x"))));
  }

  @Test
  void booksInArchivesAreReadIfWanted() throws IOException {
    byte[] pdf = response(URL + "a.pdf", http("Content-Type: application/pdf", Fixtures.pdf("")));
    byte[] odt = warc("resource", URL, "application/vnd.oasis.opendocument.text", Fixtures.odt());
    byte[] called = response(URL + "b", http("Content-Type: text/html", Fixtures.pdf("")));
    byte[] locked =
        response(URL + "c", http("Content-Type: application/pdf", Fixtures.pdf("secret")));
    byte[] all = gzip(join(pdf, odt, called, locked));
    assertEquals(List.of("not-text", "not-text", "not-text", "not-text"), read(all).reasons());
    WebFixtures.Read read =
        read(Blocks.with(Web.DEFAULTS, Map.of("documents", WebDocuments.READ)), all);
    assertEquals(3, read.documents().size());
    assertEquals(List.of("encrypted"), read.reasons());
    Document first = read.documents().get(0);
    assertTrue(first.text().toString().contains("and of rivers"));
    assertEquals("web", first.kind());
    assertEquals(URL + "a.pdf", first.url());
    assertEquals("2", first.meta().get("pages"));
    assertEquals("2024-05-18T01:58:10Z", first.meta().get("date"));
    assertTrue(read.texts().get(1).startsWith("开放文档。"));
  }

  @Test
  void recordsCutAtTheSourceSaySo() {
    byte[] block =
        http("Content-Type: text/html\r\nTransfer-Encoding: chunked", bytes("ff\r\n<p>" + SAID));
    String head =
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Truncated: length\r\nContent-Type: application/http\r\n";
    byte[] record =
        join(
            bytes(head + "Content-Length: " + block.length + "\r\n\r\n"), block, bytes("\r\n\r\n"));
    WebFixtures.Read read = read(record);
    assertEquals(List.of(SAID), read.texts());
    assertEquals("length", read.documents().get(0).meta().get("truncated"));
  }

  @ParameterizedTest
  @CsvSource({
    "ISO-8859-1, iso-8859-1, Größe und Länge; café",
    "windows-1252, windows-1252, “quoted” – naïve",
    "ISO-8859-2, iso-8859-2, Zażółć gęślą jaźń",
    "windows-1251, windows-1251, Съешь же ещё этих мягких",
    "KOI8-R, koi8-r, Съешь же ещё этих мягких",
    "GB18030, gb2312, 数据清洗是训练的第一步",
    "GBK, gbk, 数据清洗是训练的第一步",
    "Big5, big5, 資料清洗是訓練的第一步",
    "Shift_JIS, shift_jis, これは日本語の文章です",
    "EUC-JP, euc-jp, これは日本語の文章です",
    "ISO-2022-JP, iso-2022-jp, これは日本語の文章です",
    "EUC-KR, euc-kr, 한국어 문장입니다",
    "UTF-8, utf-8, ελληνικά και 漢字",
    "windows-1256, windows-1256, هذه جملة عربية",
    "TIS-620, tis-620, ภาษาไทยไม่มีช่องว่าง"
  })
  void declaredCharsets(String charset, String label, String text) {
    byte[] body = ("<html><body><p>" + text).getBytes(Charset.forName(charset));
    assertEquals(List.of(text), page("Content-Type: text/html; charset=" + label, body).texts());
    byte[] meta = bytes("<html><head><meta charset='" + label + "'></head>");
    assertEquals(List.of(text), page("Content-Type: text/html", join(meta, body)).texts());
    byte[] old =
        bytes("<meta http-equiv=Content-Type content=\"text/html; charset=" + label + "\">");
    assertEquals(List.of(text), page("Content-Type: text/html", join(old, body)).texts());
  }

  @Test
  void charsetsThatAreNotDeclared() {
    String type = "Content-Type: text/html";
    String zh = "数据清洗是训练大型语言模型的第一步，网页中有许多重复的内容。".repeat(5);
    assertEquals(List.of(zh), page(type, html(zh)).texts());
    byte[] gbk = ("<p>" + zh).getBytes(Charset.forName("GBK"));
    assertEquals(List.of(zh), page(type, gbk).texts());
    byte[] wrong = html(zh);
    assertEquals(List.of(zh), page(type + "; charset=iso-8859-1", wrong).texts());
    assertEquals(List.of(zh), page(type + "; charset=utf-8", gbk).texts());
    assertEquals(List.of(SAID), page(type + "; charset=no-such-thing", html(SAID)).texts());
    byte[] marked =
        join(new byte[] {(byte) 0xff, (byte) 0xfe}, "<p>漢字".getBytes(StandardCharsets.UTF_16LE));
    assertEquals(List.of("漢字"), page(type + "; charset=utf-8", marked).texts());
  }

  @Test
  void settingsHaveBounds() {
    assertThrows(IllegalArgumentException.class, () -> web(0, 1));
    assertThrows(IllegalArgumentException.class, () -> web(1L << 40, 1));
    assertThrows(IllegalArgumentException.class, () -> web(1 << 20, 0));
  }

  @Test
  void realArchives() throws IOException {
    Path folder = RealFiles.path("web/archives");
    Map<String, WebFixtures.Read> reads = new TreeMap<>();
    for (Path file : RealFiles.files("web/archives")) {
      WebFixtures.Read read = read(Files.readAllBytes(file));
      Map<String, Integer> reasons = new TreeMap<>();
      read.reasons().forEach(r -> reasons.merge(r, 1, Integer::sum));
      String name = folder.relativize(file).toString().replace('\\', '/');
      System.out.printf("%4d documents %s %s%n", read.documents().size(), name, reasons);
      reads.put(name, read);
    }
    assertEquals(128, reads.get("aut/example.warc.gz").documents().size());
    assertEquals(
        reads.get("aut/example.warc.gz").texts(),
        reads.get("arc/example.arc.gz").texts(),
        "one crawl, two formats");
    assertEquals(
        reads.get("ukwa/transfer_compression_none.warc.gz").texts(),
        reads.get("ukwa/transfer_compression_gzip.warc.gz").texts());
    assertEquals(
        reads.get("commoncrawl-2024-22/whirlwind.warc").texts(),
        reads.get("commoncrawl-2024-22/whirlwind.warc.gz").texts());
    assertEquals(
        reads.get("ukwa/transfer_compression_none.warc.gz").texts(),
        reads.get("ukwa/transfer_compression_brotli.warc.gz").texts());
    assertEquals(1, reads.get("tika/testWACZ.wacz").documents().size());
    assertEquals(List.of(), reads.get("tika/testWACZ.wacz").quarantined());
    assertEquals(List.of("warc-digest"), reads.get("edge/warcio/example-digest.warc").reasons());
    assertEquals(22, reads.get("wget-2024/dolma-sample-0000.warc.gz").documents().size());
    assertEquals(List.of("gzip-truncated"), reads.get("edge/clipped.warc.gz").reasons());
    assertTrue(reads.size() > 40);
  }
}
