package org.gristmill.sources;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.gristmill.core.Document;
import org.gristmill.core.Found;
import org.gristmill.core.Quarantined;
import org.gristmill.core.Reason;
import org.gristmill.core.Text;

/** Turns the records of an archive into documents. */
final class WebPages implements WebSink {
  private static final String KIND = "web";

  /** First bytes of formats that servers like to call text. */
  private static final String[] BINARY = {
    "%PDF-", "GIF8", "\u0089PNG", "\u00ff\u00d8\u00ff", "PK\u0003\u0004", "\u001f\u008b"
  };

  private final Input input;
  private final Web settings;
  private final Consumer<Found> out;

  WebPages(Input input, Web settings, Consumer<Found> out) {
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
  public void record(WebRecord record) {
    try {
      switch (record.head().field("WARC-Type").toLowerCase(Locale.ROOT)) {
        case "response" -> response(record);
        case "resource", "conversion" -> resource(record);
        default -> {}
      }
    } catch (WebRefused e) {
      damage(record.offset(), record.url(), e.reason(), e.getMessage());
    }
  }

  private void response(WebRecord record) throws WebRefused {
    String type = type(record.head().field("Content-Type"));
    boolean http =
        type.equals("application/http")
            || WebHttp.startsAt(record.bytes(), record.from(), record.to());
    if (!http) {
      resource(record);
      return;
    }
    WebHttp message = WebHttp.parse(record.bytes(), record.from(), record.to());
    if (message.status() != 200) {
      throw new WebRefused(Reason.HTTP_STATUS, Integer.toString(message.status()));
    }
    String declared = message.header("Content-Type");
    refuseUnlessText(type(declared));
    boolean cut = !record.head().field("WARC-Truncated").isEmpty();
    page(record, message.body(settings.maxRecordBytes(), cut), declared);
  }

  private void resource(WebRecord record) throws WebRefused {
    // The logs that wget stores beside the pages.
    if (record.url().startsWith("metadata:")) {
      return;
    }
    String declared = record.head().field("Content-Type");
    refuseUnlessText(type(declared));
    page(record, Arrays.copyOfRange(record.bytes(), record.from(), record.to()), declared);
  }

  private static void refuseUnlessText(String type) throws WebRefused {
    switch (type) {
      case "", "text/html", "application/xhtml+xml", "text/plain", "text/markdown" -> {}
      default -> throw new WebRefused(Reason.NOT_TEXT, type);
    }
  }

  private void page(WebRecord record, byte[] body, String declared) throws WebRefused {
    String start = new String(body, 0, Math.min(5, body.length), StandardCharsets.ISO_8859_1);
    for (String magic : BINARY) {
      if (start.startsWith(magic)) {
        throw new WebRefused(Reason.NOT_TEXT, "binary data called " + declared);
      }
    }
    String type = type(declared);
    if (type.isEmpty() && !WebHttp.looksLikeHtml(body)) {
      throw new WebRefused(Reason.NOT_TEXT, "no content type");
    }
    if (body.length > settings.maxPageBytes()) {
      throw new WebRefused(Reason.TOO_LARGE, "a page of " + body.length + " bytes");
    }
    boolean conversion = record.head().field("WARC-Type").equalsIgnoreCase("conversion");
    WebCharset decoded = conversion ? WebCharset.utf8(body) : WebCharset.decode(body, declared);
    Map<String, String> meta = meta(record, type, decoded.name());
    String text = decoded.text();
    if (type.startsWith("text/") && !type.equals("text/html")) {
      refuseBinary(text);
    } else {
      HtmlText.Extracted page = extracted(text);
      put(meta, "title", page.title());
      put(meta, "html-lang", page.language());
      text = page.text();
    }
    if (text.isBlank()) {
      throw new WebRefused(Reason.EMPTY_EXTRACTION, body.length + " bytes of " + type);
    }
    out.accept(
        Document.create(
            input.source(),
            KIND,
            input.file(),
            input.name(),
            record.offset(),
            record.url(),
            Text.of(text),
            meta));
  }

  /** The guard around the foreign HTML parser: what breaks it costs one page. */
  private static HtmlText.Extracted extracted(String html) throws WebRefused {
    try {
      return HtmlText.extract(html);
    } catch (RuntimeException | StackOverflowError e) {
      throw new WebRefused(Reason.PARSER_CRASH, e.toString());
    }
  }

  private static void refuseBinary(String text) throws WebRefused {
    if (text.indexOf('\0') >= 0) {
      throw new WebRefused(Reason.NOT_TEXT, "NUL characters in plain text");
    }
  }

  private static Map<String, String> meta(WebRecord record, String type, String charset) {
    Map<String, String> meta = new TreeMap<>();
    put(meta, "content-type", type);
    put(meta, "charset", charset);
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

  /** A media type without its parameters. */
  private static String type(String contentType) {
    return contentType.split("[;,]", 2)[0].strip().toLowerCase(Locale.ROOT);
  }
}
