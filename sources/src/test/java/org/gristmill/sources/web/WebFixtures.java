package org.gristmill.sources.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.gristmill.core.Blocks;
import org.gristmill.core.Document;
import org.gristmill.core.Hash;
import org.gristmill.core.Quarantined;
import org.gristmill.sources.Fixtures;

/** Writes small archives and reads them back. */
public final class WebFixtures {
  private WebFixtures() {}

  /** What a source found in some bytes. */
  record Read(List<Document> documents, List<Quarantined> quarantined) {
    List<String> texts() {
      return documents.stream().map(d -> d.text().toString()).toList();
    }

    List<String> reasons() {
      return quarantined.stream().map(q -> q.reason().text()).toList();
    }
  }

  /** The source with other bounds. */
  public static Web web(long maxRecordBytes, long maxPageBytes) {
    return Blocks.with(
        Web.DEFAULTS, Map.of("maxRecordBytes", maxRecordBytes, "maxPageBytes", maxPageBytes));
  }

  public static Read read(byte[] archive) {
    return read(Web.DEFAULTS, archive);
  }

  public static Read read(Web web, byte[] archive) {
    List<Document> documents = new ArrayList<>();
    List<Quarantined> quarantined = new ArrayList<>();
    try {
      web.read(
          new Fixtures.Memory("memory", archive),
          found -> {
            if (found instanceof Document d) {
              documents.add(d);
            } else {
              quarantined.add((Quarantined) found);
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Read(documents, quarantined);
  }

  public static byte[] bytes(String s) {
    return s.getBytes(StandardCharsets.UTF_8);
  }

  public static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  public static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** A WARC record whose header announces {@code announced} bytes, whatever the block has. */
  public static byte[] warc(
      String type, String url, String contentType, byte[] block, String announced) {
    String head =
        "WARC/1.0\r\nWARC-Type: "
            + type
            + "\r\nWARC-Target-URI: "
            + url
            + "\r\nWARC-Date: 2024-05-18T01:58:10Z\r\nWARC-Record-ID: <urn:uuid:"
            + Hash.sha256Hex(url).substring(0, 32)
            + ">\r\nContent-Type: "
            + contentType
            + "\r\nContent-Length: "
            + announced
            + "\r\n\r\n";
    return join(bytes(head), block, bytes("\r\n\r\n"));
  }

  public static byte[] warc(String type, String url, String contentType, byte[] block) {
    return warc(type, url, contentType, block, Integer.toString(block.length));
  }

  public static byte[] response(String url, byte[] http) {
    return warc("response", url, "application/http; msgtype=response", http);
  }

  public static byte[] http(String headers, byte[] body) {
    return join(bytes("HTTP/1.1 200 OK\r\n" + headers + "\r\n\r\n"), body);
  }

  public static byte[] htmlResponse(String url, String html) {
    return response(url, http("Content-Type: text/html; charset=utf-8", bytes(html)));
  }

  /** A page whose text does not compress well. */
  public static String html(int i) {
    return "<html><head><title>Page "
        + i
        + "</title></head><body><p>"
        + text(i)
        + "</p></body></html>";
  }

  public static String text(int i) {
    StringBuilder text = new StringBuilder("Paragraph " + i);
    for (int k = 0; k < 40; k++) {
      text.append(' ').append(Hash.sha256Hex(i + "." + k));
    }
    return text.append('.').toString();
  }

  public static String url(int i) {
    return "http://example.com/" + i;
  }

  /** A record with digests of its block and payload, each with its algorithm in front. */
  static byte[] digested(byte[] record, String block, String payload) {
    String text = new String(record, StandardCharsets.ISO_8859_1);
    String digests =
        (block.isEmpty() ? "" : "WARC-Block-Digest: " + block + "\r\n")
            + (payload.isEmpty() ? "" : "WARC-Payload-Digest: " + payload + "\r\n");
    String with = text.replaceFirst("WARC-Date", digests + "WARC-Date");
    return with.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The frame in front of a zstd archive that holds its dictionary. */
  public static byte[] dictionary(byte[] bytes) {
    byte[] head = {0x5D, 0x2A, 0x4D, 0x18, 0, 0, 0, 0};
    for (int i = 0; i < 4; i++) {
      head[4 + i] = (byte) (bytes.length >>> 8 * i);
    }
    return join(head, bytes);
  }

  /** A WACZ file with one archive, stored as it is. */
  public static byte[] wacz(byte[] archive) throws IOException {
    ByteArrayOutputStream to = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(to)) {
      entry(out, "datapackage.json", bytes("{}"), ZipEntry.DEFLATED);
      entry(out, "archive/data.warc.gz", archive, ZipEntry.STORED);
      entry(out, "pages/pages.jsonl", bytes("{}\n"), ZipEntry.DEFLATED);
    }
    return to.toByteArray();
  }

  static void entry(ZipOutputStream out, String name, byte[] bytes, int method) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(0);
    entry.setMethod(method);
    if (method == ZipEntry.STORED) {
      CRC32 crc = new CRC32();
      crc.update(bytes);
      entry.setCrc(crc.getValue());
      entry.setSize(bytes.length);
    }
    out.putNextEntry(entry);
    out.write(bytes);
    out.closeEntry();
  }

  public static byte[] arc(String url, byte[] block) {
    String line = url + " 192.0.2.1 20080430204825 text/html " + block.length + "\n";
    return join(bytes(line), block, bytes("\n"));
  }
}
