package org.gristmill.sources.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.gristmill.core.Document;
import org.gristmill.core.Found;
import org.gristmill.core.Quarantined;
import org.gristmill.core.Reason;
import org.gristmill.core.Text;
import org.gristmill.sources.Input;
import org.gristmill.sources.html.HtmlText;

/** Turns the records of an archive into documents. */
final class PageSink implements Sink {
  static final String KIND = "web";

  /** First bytes of formats that servers like to call text. */
  private static final String[] BINARY = {
    "%PDF-", "GIF8", "\u0089PNG", "\u00ff\u00d8\u00ff", "PK\u0003\u0004", "\u001f\u008b"
  };

  private final Input input;
  private final Web settings;
  private final Consumer<Found> out;

  PageSink(Input input, Web settings, Consumer<Found> out) {
    this.input = input;
    this.settings = settings;
    this.out = out;
  }

  @Override
  public void garbage(long from, long to) {
    damage(from, "", Reason.GARBAGE_BYTES, to - from + " bytes");
  }

  @Override
  public void damage(long offset, String url, Reason reason, String detail) {
    out.accept(new Quarantined(input.source(), KIND, input.file(), offset, url, reason, detail));
  }

  @Override
  public void record(WarcRecord record) throws IOException {
    try {
      Map<String, String> meta = meta(record, mismatch(record));
      String type = record.head().field("WARC-Type");
      switch (type.toLowerCase(Locale.ROOT)) {
        case "response" -> response(record, meta);
        case "resource", "conversion" -> resource(record, meta);
        case "revisit" ->
            throw new Refused(Reason.WARC_REVISIT, record.head().field("WARC-Refers-To-Date"));
        case "request", "metadata", "warcinfo", "continuation" -> {}
        default -> throw new Refused(Reason.WARC_HEADER, "no type of record: " + type);
      }
    } catch (Refused e) {
      damage(record.offset(), record.url(), e.reason(), e.getMessage());
    }
  }

  /** What is wrong with the record's digests, if they count and do not make it a row. */
  private Optional<String> mismatch(WarcRecord record) throws Refused {
    Optional<String> wrong =
        settings.digests() == WebDigests.IGNORE
            ? Optional.empty()
            : RecordDigest.wrong(record, settings.maxRecordBytes());
    if (wrong.isPresent() && settings.digests() == WebDigests.QUARANTINE) {
      throw new Refused(Reason.WARC_DIGEST, wrong.get());
    }
    return wrong;
  }

  private void response(WarcRecord record, Map<String, String> meta) throws Refused, IOException {
    if (!HttpResponse.isHttp(record)) {
      resource(record, meta);
      return;
    }
    HttpResponse message = HttpResponse.parse(record.bytes(), record.from(), record.to());
    String status = Integer.toString(message.status());
    if (!settings.takes(message.status())) {
      throw new Refused(Reason.HTTP_STATUS, status);
    }
    put(meta, "status", status.equals("200") ? "" : status);
    String declared = message.header("Content-Type");
    refuseUnlessText(declared);
    boolean cut = !record.head().field("WARC-Truncated").isEmpty();
    page(record, message.body(settings.maxRecordBytes(), cut), declared, meta);
  }

  private void resource(WarcRecord record, Map<String, String> meta) throws Refused, IOException {
    // The logs that wget stores beside the pages.
    if (record.url().startsWith("metadata:")) {
      return;
    }
    String declared = record.head().field("Content-Type");
    refuseUnlessText(declared);
    byte[] body = Arrays.copyOfRange(record.bytes(), record.from(), record.to());
    page(record, body, declared, meta);
  }

  private void refuseUnlessText(String declared) throws Refused {
    String type = WarcRecord.type(declared);
    switch (type) {
      case "", "text/html", "application/xhtml+xml", "text/plain", "text/markdown" -> {}
      default -> {
        if (!isDocument(declared, new byte[0])) {
          throw new Refused(Reason.NOT_TEXT, type);
        }
      }
    }
  }

  /** Whether a file is to be read as a book is. */
  private boolean isDocument(String declared, byte[] body) {
    return settings.documents() == WebDocuments.READ
        && (ArchivedBook.isNamed(WarcRecord.type(declared)) || ArchivedBook.isPdf(body));
  }

  /** A page that lies in a file of its own. */
  void page(long offset, String url, byte[] page) {
    try {
      write(offset, url, page, "text/html", Conversion.NO, new TreeMap<>());
    } catch (Refused e) {
      damage(offset, url, e.reason(), e.getMessage());
    }
  }

  private void page(WarcRecord record, byte[] body, String declared, Map<String, String> meta)
      throws Refused, IOException {
    if (isDocument(declared, body)) {
      ArchivedBook.read(input, record, body, meta, out);
      return;
    }
    String start = new String(body, 0, Math.min(5, body.length), StandardCharsets.ISO_8859_1);
    for (String magic : BINARY) {
      if (start.startsWith(magic)) {
        throw new Refused(Reason.NOT_TEXT, "binary data called " + declared);
      }
    }
    if (WarcRecord.type(declared).isEmpty() && !HttpResponse.looksLikeHtml(body)) {
      throw new Refused(Reason.NOT_TEXT, "no content type");
    }
    boolean conversion = record.head().field("WARC-Type").equalsIgnoreCase("conversion");
    write(
        record.offset(),
        record.url(),
        body,
        declared,
        conversion ? Conversion.YES : Conversion.NO,
        meta);
  }

  /** Whether somebody else has taken the text out of the page before. */
  private enum Conversion {
    YES,
    NO
  }

  private void write(
      long offset,
      String url,
      byte[] body,
      String declared,
      Conversion conversion,
      Map<String, String> meta)
      throws Refused {
    if (body.length > settings.maxPageBytes()) {
      throw new Refused(Reason.TOO_LARGE, "a page of " + body.length + " bytes");
    }
    PageCharset decoded =
        conversion == Conversion.YES ? PageCharset.utf8(body) : PageCharset.decode(body, declared);
    String type = WarcRecord.type(declared);
    put(meta, "content-type", type);
    put(meta, "charset", decoded.name());
    String text = decoded.text();
    if (type.startsWith("text/") && !type.equals("text/html")) {
      refuseBinary(text);
    } else {
      HtmlText.Extracted page = extracted(text);
      page.meta().forEach(meta::putIfAbsent);
      meta.put("page-type", page.type().name().toLowerCase(Locale.ROOT));
      meta.put("extraction-confidence", String.format(Locale.ROOT, "%.2f", page.confidence()));
      text = page.text();
    }
    if (text.isBlank()) {
      throw new Refused(Reason.EMPTY_EXTRACTION, body.length + " bytes of " + type);
    }
    out.accept(
        Document.create(
            input.source(),
            KIND,
            input.file(),
            input.name(),
            offset,
            url.isEmpty() ? meta.getOrDefault("canonical", "") : url,
            Text.of(text),
            meta));
  }

  /** The guard around parser and extractor: what breaks them costs one page. */
  private HtmlText.Extracted extracted(String html) throws Refused {
    try {
      return HtmlText.extract(html, settings.form(), settings.comments());
    } catch (RuntimeException | StackOverflowError e) {
      throw new Refused(Reason.PARSER_CRASH, e.toString());
    }
  }

  private static void refuseBinary(String text) throws Refused {
    if (text.indexOf('\0') >= 0) {
      throw new Refused(Reason.NOT_TEXT, "NUL characters in plain text");
    }
  }

  private static Map<String, String> meta(WarcRecord record, Optional<String> mismatch) {
    Map<String, String> meta = new TreeMap<>();
    put(meta, "digest", mismatch.isPresent() ? "mismatch" : "");
    put(meta, "date", record.head().field("WARC-Date"));
    put(meta, "record", record.head().field("WARC-Record-ID"));
    put(meta, "truncated", record.head().field("WARC-Truncated"));
    if (!record.head().field("WARC-Segment-Number").isEmpty()) {
      meta.putIfAbsent("truncated", "segment");
    }
    return meta;
  }

  private static void put(Map<String, String> meta, String name, String value) {
    if (!value.isEmpty()) {
      meta.put(name, value);
    }
  }
}
