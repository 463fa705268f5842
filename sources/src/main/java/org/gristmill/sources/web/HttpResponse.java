package org.gristmill.sources.web;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.brotli.dec.BrotliInputStream;
import org.gristmill.core.Reason;

/**
 * An HTTP response as a crawler stored it.
 *
 * <p>Crawlers often store a decoded body under the headers of the encoded one, so a body that does
 * not begin like its announced encoding is taken as it is. One that begins like it and then breaks
 * is refused, unless the archive says itself that the record was cut short.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112</a>
 */
record HttpResponse(int status, Map<String, String> headers, byte[] bytes, int from, int to) {
  private static final int MAX_CODINGS = 4;
  private static final int MAX_CHUNK_LINE = 1 << 12;

  /** Largest window of zstd on the web, as a power of two in bytes (RFC 9659). */
  private static final int ZSTD_WINDOW_LOG = 23;

  private static final Pattern CHUNK = Pattern.compile("\\s*(\\p{XDigit}{1,8})\\s*(?:;[^\\n]*)?");

  static boolean startsAt(byte[] b, int from, int to) {
    return to - from > 8
        && "HTTP/"
            .equals(new String(b, from, 5, StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT));
  }

  /** Whether a record holds an HTTP message, by what it says or by how it begins. */
  static boolean isHttp(WarcRecord record) {
    return record.type().equals("application/http")
        || startsAt(record.bytes(), record.from(), record.to());
  }

  /** Where the body of a message starts, behind the first empty line. */
  static int bodyStart(byte[] b, int from, int to) {
    int line = from;
    for (int i = from; i < to; i++) {
      if (b[i] == '\n') {
        if (i == line || i == line + 1 && b[line] == '\r') {
          return i + 1;
        }
        line = i + 1;
      }
    }
    return to;
  }

  static HttpResponse parse(byte[] b, int from, int to) throws Refused {
    if (!startsAt(b, from, to)) {
      throw new Refused(Reason.HTTP_DECODE, "no HTTP status line");
    }
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    int next = from;
    String status = "";
    while (next < to) {
      int stop = next;
      while (stop < to && b[stop] != '\n') {
        stop++;
      }
      String line = new String(b, next, stop - next, StandardCharsets.ISO_8859_1).stripTrailing();
      next = Math.min(stop + 1, to);
      int colon = line.indexOf(':');
      if (line.isEmpty()) {
        break;
      } else if (status.isEmpty()) {
        status = line;
      } else if (colon > 0) {
        headers.putIfAbsent(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
      }
    }
    return new HttpResponse(status(status), Collections.unmodifiableMap(headers), b, next, to);
  }

  private static int status(String line) throws Refused {
    String[] parts = line.split("\\s+", 3);
    if (parts.length < 2 || !parts[1].matches("\\d{1,4}")) {
      throw new Refused(Reason.HTTP_DECODE, "unreadable status line: " + line);
    }
    return Integer.parseInt(parts[1]);
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /**
   * The body without its transfer and content encodings.
   *
   * @param cutAtSource the archive says that the record is incomplete: what is there is decoded
   */
  byte[] body(long maxBytes, boolean cutAtSource) throws Refused {
    byte[] body = Arrays.copyOfRange(bytes, from, to);
    List<String> codings = new ArrayList<>(codings(header("Content-Encoding")));
    codings.addAll(codings(header("Transfer-Encoding")));
    if (codings.size() > MAX_CODINGS) {
      throw new Refused(Reason.HTTP_DECODE, "encoded " + codings.size() + " times");
    }
    Collections.reverse(codings);
    for (String coding : codings) {
      body =
          switch (coding) {
            case "identity", "none", "utf-8", "binary" -> body;
            case "chunked" -> dechunk(body, cutAtSource);
            case "gzip", "x-gzip" -> gunzip(body, maxBytes, cutAtSource);
            case "deflate" -> inflate(body, maxBytes, cutAtSource);
            case "br" -> stream(coding, BrotliInputStream::new, body, maxBytes, cutAtSource);
            case "zstd" ->
                isZstd(body)
                    ? stream(coding, HttpResponse::zstd, body, maxBytes, cutAtSource)
                    : undecoded(coding, body);
            default -> undecoded(coding, body);
          };
    }
    return body;
  }

  /** The body without its transfer encoding, if that is chunks. */
  byte[] unchunked() throws Refused {
    byte[] body = Arrays.copyOfRange(bytes, from, to);
    return codings(header("Transfer-Encoding")).contains("chunked") ? dechunk(body, false) : body;
  }

  private static List<String> codings(String header) {
    return Arrays.stream(header.toLowerCase(Locale.ROOT).split("[,;\\s]+"))
        .filter(c -> !c.isEmpty())
        .toList();
  }

  /** Opens a decoder. */
  private interface Decoder {
    InputStream open(InputStream in) throws IOException;
  }

  private static boolean isZstd(byte[] b) {
    return b.length > 3
        && b[0] == 0x28
        && b[1] == (byte) 0xb5
        && b[2] == 0x2f
        && b[3] == (byte) 0xfd;
  }

  private static InputStream zstd(InputStream in) throws IOException {
    return new ZstdInputStreamNoFinalizer(in).setLongMax(ZSTD_WINDOW_LOG);
  }

  /** Decodes with a library; a body that begins like a page was decoded before. */
  private static byte[] stream(
      String coding, Decoder decoder, byte[] body, long maxBytes, boolean cutAtSource)
      throws Refused {
    if (looksLikeHtml(body)) {
      return body;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(4 * body.length);
    byte[] buffer = new byte[1 << 14];
    try (InputStream in = decoder.open(new ByteArrayInputStream(body))) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
        if (out.size() > maxBytes) {
          throw new Refused(Reason.TOO_LARGE, "a body of more than " + maxBytes + " bytes");
        }
      }
      return out.toByteArray();
    } catch (IOException | RuntimeException e) {
      if (cutAtSource && out.size() > 0) {
        return out.toByteArray();
      }
      String detail = "the body in %s is damaged: %s";
      throw new Refused(Reason.HTTP_DECODE, detail.formatted(coding, e.getMessage()));
    }
  }

  private static byte[] undecoded(String coding, byte[] body) throws Refused {
    if (looksLikeHtml(body)) {
      return body;
    }
    throw new Refused(Reason.HTTP_DECODE, "no decoder for " + coding);
  }

  static boolean looksLikeHtml(byte[] body) {
    int i = 0;
    while (i < body.length && (body[i] <= ' ' && body[i] > 0 || i < 3 && body[i] < 0)) {
      i++;
    }
    String start =
        new String(body, i, Math.min(16, body.length - i), StandardCharsets.ISO_8859_1)
            .toLowerCase(Locale.ROOT);
    return start.matches("(?s)<(!doctype html|!--|html|head|body|\\?xml).*");
  }

  private static byte[] dechunk(byte[] b, boolean cutAtSource) throws Refused {
    ByteArrayOutputStream out = new ByteArrayOutputStream(b.length);
    int at = 0;
    while (at < b.length) {
      int line = at;
      while (line < b.length && line < at + MAX_CHUNK_LINE && b[line] != '\n') {
        line++;
      }
      Matcher size = CHUNK.matcher(new String(b, at, line - at, StandardCharsets.ISO_8859_1));
      boolean sized = line < b.length && b[line] == '\n' && size.matches();
      if (!sized && at == 0) {
        return b;
      }
      long length = sized ? Long.parseLong(size.group(1), 16) : 0;
      if (sized && length == 0) {
        break;
      }
      if (!sized || length > b.length - line - 1) {
        if (!cutAtSource) {
          throw new Refused(Reason.HTTP_DECODE, "bad chunk at byte " + at + " of the body");
        }
        int from = sized ? line + 1 : at;
        out.write(b, from, b.length - from);
        break;
      }
      out.write(b, line + 1, (int) length);
      at = line + 1 + (int) length;
      at += at < b.length && b[at] == '\r' ? 1 : 0;
      at += at < b.length && b[at] == '\n' ? 1 : 0;
    }
    return out.toByteArray();
  }

  private static byte[] gunzip(byte[] b, long maxBytes, boolean cutAtSource) throws Refused {
    boolean packed = b.length >= GzipHeader.BYTES && (b[0] & 0xFF) == 0x1f && (b[1] & 0xFF) == 0x8b;
    if (!packed) {
      return b;
    }
    int at = GzipHeader.length(b, 0, b.length);
    return unpack(b, Math.min(at, b.length), true, maxBytes, cutAtSource);
  }

  /** Both readings of "deflate" are met: with zlib's header, as specified, and without. */
  private static byte[] inflate(byte[] b, long maxBytes, boolean cutAtSource) throws Refused {
    if (looksLikeHtml(b)) {
      return b;
    }
    boolean zlib =
        b.length > 2 && (b[0] & 0x0F) == 8 && ((b[0] & 0xFF) << 8 | b[1] & 0xFF) % 31 == 0;
    return unpack(b, 0, !zlib, maxBytes, cutAtSource);
  }

  private static byte[] unpack(byte[] b, int from, boolean raw, long maxBytes, boolean cutAtSource)
      throws Refused {
    Inflater inflater = new Inflater(raw);
    try {
      inflater.setInput(b, from, b.length - from);
      ByteArrayOutputStream out = new ByteArrayOutputStream(4 * b.length);
      byte[] buffer = new byte[1 << 14];
      while (!inflater.finished()) {
        int n = inflater.inflate(buffer);
        out.write(buffer, 0, n);
        if (out.size() > maxBytes) {
          throw new Refused(Reason.TOO_LARGE, "a body of more than " + maxBytes + " bytes");
        }
        if (n == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          if (cutAtSource) {
            break;
          }
          throw new Refused(Reason.HTTP_DECODE, "the compressed body ends too early");
        }
      }
      return out.toByteArray();
    } catch (DataFormatException e) {
      throw new Refused(Reason.HTTP_DECODE, "the compressed body is damaged: " + e.getMessage());
    } finally {
      inflater.end();
    }
  }
}
