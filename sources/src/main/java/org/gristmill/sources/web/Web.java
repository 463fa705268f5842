package org.gristmill.sources.web;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.gristmill.core.Block;
import org.gristmill.core.Bounds;
import org.gristmill.core.Found;
import org.gristmill.core.Reason;
import org.gristmill.core.Setting;
import org.gristmill.core.SettingError;
import org.gristmill.sources.Input;
import org.gristmill.sources.Part;
import org.gristmill.sources.Splittable;
import org.gristmill.sources.html.HtmlComments;
import org.gristmill.sources.html.HtmlForm;

/**
 * Web crawls: WARC 0.17 to 1.1 and ARC 1.0 archives with their pages, and WET archives with their
 * ready text; plain, with a gzip member or zstd frame per record, or with one around all; WACZ
 * files; and single saved HTML pages, plain or packed. The bytes decide which, not the name.
 *
 * <p>Responses with a status that is taken, resources and conversions become documents if they are
 * HTML, whose main content is taken, or plain text. Requests, metadata (also wget's logs under
 * {@code metadata:} addresses) and the archive's own descriptions are passed over; a revisit, which
 * holds no page, is a row. A damaged record is one quarantined row, and reading goes on at the next
 * record that can be found. The checksum of each gzip member, the length of each record and the
 * digests that it carries, of whatever type it is, are compared before a text is believed; only
 * where one member is larger than can be held are its records believed by their lengths alone.
 * Records behind the first of one member have the offsets that follow its own.
 *
 * <p>A gzip member that begins with a record is one wherever it stands, even among the bytes of
 * another, where a page was itself such an archive and could not be packed any further. So an
 * archive of a member per record can be read in parts, and nothing before a part decides what is in
 * it. Plain archives, whose pages may hold anything, are read as a whole.
 *
 * @param maxRecordBytes longest record read, in bytes without compression, and longest body after
 *     its HTTP encodings are undone; inclusive, 1 KiB to 256 MiB
 * @param maxPageBytes longest page that is parsed, in bytes; inclusive, at least 1. A parsed page
 *     takes many times its size in memory
 * @param form how the main content is written
 * @param comments what becomes of readers' comments
 * @param statuses HTTP statuses whose pages are taken, {@code 200} or, for all from 200 to 299,
 *     {@code 2xx}; a page with another than 200 says so in the fact {@code status}
 * @param digests what becomes of records that {@code WARC-Block-Digest} or {@code
 *     WARC-Payload-Digest} contradicts
 * @param documents what becomes of PDF, office and EPUB files
 */
@Block(
    does = "Web archives (WARC, ARC, WET) and saved pages: the main content, one document a page.",
    version = 4,
    libraries = {"icu", "tika"})
public record Web(
    @Setting(
            does = "Longest record without compression, and longest body without its encodings.",
            unit = "bytes",
            min = 1 << 10,
            max = 256 << 20)
        long maxRecordBytes,
    @Setting(does = "Longest page that is parsed.", unit = "bytes", min = 1) long maxPageBytes,
    @Setting(does = "How the main content is written, plain or markdown.") HtmlForm form,
    @Setting(does = "Whether to keep readers' comments below a text, drop or keep.")
        HtmlComments comments,
    @Setting(does = "HTTP statuses whose pages are taken, as 200 or 2xx.") List<String> statuses,
    @Setting(
            does =
                "What becomes of WARC records that their digests contradict: quarantine, mark or"
                    + " ignore.")
        WebDigests digests,
    @Setting(does = "Whether PDF, office and EPUB files are read as books are, skip or read.")
        WebDocuments documents)
    implements Splittable {
  private static final Pattern STATUS = Pattern.compile("[1-9](?:\\d\\d|xx)");

  /** Records of 64 MiB, pages of 8 MiB: more than the common crawlers fetch. */
  public static final Web DEFAULTS =
      new Web(
          64L << 20,
          8L << 20,
          HtmlForm.PLAIN,
          HtmlComments.DROP,
          List.of("200"),
          WebDigests.QUARANTINE,
          WebDocuments.SKIP);

  private static final int MEMBER_SLACK = 2 * Head.MAX_BYTES;

  public Web {
    Bounds.between("maxRecordBytes", maxRecordBytes, 1 << 10, 256 << 20);
    Bounds.atLeast("maxPageBytes", maxPageBytes, 1);
    statuses = List.copyOf(statuses);
    for (String status : statuses) {
      if (!STATUS.matcher(status).matches()) {
        throw new SettingError("statuses", "must be as 200 or 2xx, not " + status);
      }
    }
  }

  /** Whether pages with some HTTP status are taken. */
  boolean takes(int status) {
    return statuses.contains(Integer.toString(status)) || statuses.contains(status / 100 + "xx");
  }

  @Override
  public boolean splits(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(".gz");
  }

  @Override
  public void read(Input input, Part part, Consumer<Found> out) throws IOException {
    try (Window window = new Window(input)) {
      PageSink pages = new PageSink(input, this, out);
      int have = window.ahead(Window.CHUNK);
      int start = window.start();
      if (SavedPage.startsAt(window.bytes(), start, start + have)) {
        if (part.isFirst()) {
          SavedPage.read(input, maxPageBytes, pages);
        }
        return;
      }
      if (Wacz.startsAt(window.bytes(), start, start + have)) {
        List<Wacz.Entry> entries = Wacz.entries(input);
        if (part.isFirst()) {
          readAll(entries, pages);
        }
        if (!entries.isEmpty()) {
          return;
        }
      }
      archive(window, part, pages);
    }
  }

  private void archive(Window window, Part part, Sink sink) throws IOException {
    int maxMember = (int) maxRecordBytes + MEMBER_SLACK;
    if (!ZstdArchive.startsAt(window)) {
      new ArchiveFile(window, part, maxMember, maxRecordBytes, sink).read();
    } else if (part.isFirst()) {
      new ZstdArchive(window, maxMember, maxRecordBytes, sink).read();
    }
  }

  private void readAll(List<Wacz.Entry> entries, PageSink pages) throws IOException {
    for (Wacz.Entry entry : entries) {
      Sink sink = new Shifted(entry.offset(), pages);
      try (Window window = new Window(entry)) {
        archive(window, Part.WHOLE, sink);
      }
      if (entry.damaged()) {
        pages.damage(entry.offset(), "", Reason.GZIP_CORRUPT, "an archive packed in the zip file");
      }
    }
  }

  /** Findings in a file that lies in another one. */
  private record Shifted(long by, Sink sink) implements Sink {
    @Override
    public void record(WarcRecord r) throws IOException {
      sink.record(new WarcRecord(by + r.offset(), r.head(), r.bytes(), r.from(), r.to()));
    }

    @Override
    public void damage(long offset, String url, Reason reason, String detail) {
      sink.damage(by + offset, url, reason, detail);
    }

    @Override
    public void garbage(long from, long to) {
      sink.garbage(by + from, by + to);
    }
  }
}
