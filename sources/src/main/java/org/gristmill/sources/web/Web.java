package org.gristmill.sources.web;

import java.io.IOException;
import java.util.function.Consumer;
import org.gristmill.core.Block;
import org.gristmill.core.Bounds;
import org.gristmill.core.Found;
import org.gristmill.core.Setting;
import org.gristmill.sources.Compression;
import org.gristmill.sources.Input;
import org.gristmill.sources.Part;
import org.gristmill.sources.Splittable;
import org.gristmill.sources.html.HtmlComments;
import org.gristmill.sources.html.HtmlForm;

/**
 * Web crawls: WARC 0.17 to 1.1 and ARC 1.0 archives with their pages, and WET archives with their
 * ready text; plain, with a gzip member per record, or with one gzip around all; and single saved
 * HTML pages, plain or packed. The bytes decide which, not the name.
 *
 * <p>Responses with status 200, resources and conversions become documents if they are HTML, whose
 * main content is taken, or plain text. Requests, metadata (also wget's logs under {@code
 * metadata:} addresses), revisits and the archive's own descriptions are passed over. A damaged
 * record is one quarantined row, and reading goes on at the next record that can be found. The
 * checksum of each gzip member and the length of each record are compared before a text is
 * believed; only where one member is larger than can be held are its records believed by their
 * lengths alone. Records behind the first of one member have the offsets that follow its own.
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
 */
@Block(
    does = "Web archives (WARC, ARC, WET) and saved pages: the main content, one document a page.",
    version = 4,
    libraries = {"icu"})
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
        HtmlComments comments)
    implements Splittable {
  /** Records of 64 MiB, pages of 8 MiB: more than the common crawlers fetch. */
  public static final Web DEFAULTS =
      new Web(64L << 20, 8L << 20, HtmlForm.PLAIN, HtmlComments.DROP);

  private static final int MEMBER_SLACK = 2 * Head.MAX_BYTES;

  public Web {
    Bounds.between("maxRecordBytes", maxRecordBytes, 1 << 10, 256 << 20);
    Bounds.atLeast("maxPageBytes", maxPageBytes, 1);
  }

  @Override
  public boolean splits(String name) {
    return !Compression.unpackedName(name).equals(name);
  }

  @Override
  public void read(Input input, Part part, Consumer<Found> out) throws IOException {
    try (Window window = new Window(input)) {
      PageSink pages = new PageSink(input, this, out);
      int have = window.ahead(Window.CHUNK);
      if (SavedPage.startsAt(window.bytes(), window.start(), window.start() + have)) {
        if (part.isFirst()) {
          SavedPage.read(input, maxPageBytes, pages);
        }
        return;
      }
      new ArchiveFile(window, part, (int) maxRecordBytes + MEMBER_SLACK, maxRecordBytes, pages)
          .read();
    }
  }
}
