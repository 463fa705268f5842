package org.gristmill.sources.wiki;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import javax.xml.stream.XMLStreamException;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZFile;
import org.gristmill.core.Block;
import org.gristmill.core.Bounds;
import org.gristmill.core.Found;
import org.gristmill.core.Reason;
import org.gristmill.core.Setting;
import org.gristmill.core.SettingError;
import org.gristmill.sources.Compression;
import org.gristmill.sources.Finder;
import org.gristmill.sources.Input;
import org.gristmill.sources.InputChannel;
import org.gristmill.sources.Part;
import org.gristmill.sources.Pieces;
import org.gristmill.sources.Splittable;
import org.gristmill.sources.TextFile;

/**
 * Pages of a MediaWiki export (schema 0.3 to 0.11) in UTF-8 or UTF-16, plain or packed with gzip,
 * bzip2 or xz: one document a page, its wikitext turned to plain text.
 *
 * <p>The offset is the byte at which the page starts in the unpacked file (for UTF-16: in its UTF-8
 * form; of bzip2 see {@link TextFile}), the URL its title. A file in UTF-8 that is plain or packed
 * with bzip2 can be read in parts. A page that is not well-formed is one {@link Reason#BAD_XML},
 * and reading goes on behind it; pages outside {@code namespaces} and redirects are passed over.
 *
 * @param namespaces numbers of the namespaces to read, {@code 0} for articles
 * @param redirects whether to read redirects too
 * @param maxPageBytes longest page, in bytes of its XML in UTF-8, 1 to 1 GiB inclusive
 */
@Block(
    does = "Pages of a MediaWiki export, their wikitext as plain text, one document a page.",
    version = 3,
    libraries = {"jsoup"})
public record Wiki(
    @Setting(does = "Numbers of the namespaces to read, 0 for articles.") List<String> namespaces,
    @Setting(does = "Whether to read redirects too.") boolean redirects,
    @Setting(does = "Longest page, as XML in UTF-8.", unit = "bytes", min = 1, max = 1 << 30)
        long maxPageBytes)
    implements Splittable {

  /** Articles only; MediaWiki itself stores no page above 2 MiB. */
  public static final Wiki DEFAULTS = new Wiki(List.of("0"), false, 16L << 20);

  /** So far before the last part, in bytes, the last page is looked for, then twice as far. */
  private static final long FIRST_LOOK_BACK = 8L << 20;

  /** Largest share of characters that could not be decoded. */
  private static final double MAX_UNDECODED = 0.001;

  public Wiki {
    namespaces = List.copyOf(namespaces);
    for (String namespace : namespaces) {
      if (!namespace.matches("-?\\d{1,9}")) {
        throw new SettingError("namespaces", "must be numbers, not " + namespace);
      }
    }
    Bounds.between("maxPageBytes", maxPageBytes, 1, 1 << 30);
  }

  private static final byte[] SEVEN_ZIP = {'7', 'z', (byte) 0xBC, (byte) 0xAF, 0x27, 0x1C};

  /** Most memory for unpacking 7z, in KiB; {@code 7z -mx=9} needs 65 MiB. */
  private static final int SEVEN_ZIP_MEMORY_KIB = 256 * 1024;

  @Override
  public boolean splits(String name) {
    return Compression.splits(name);
  }

  @Override
  public void read(Input input, Part part, Consumer<Found> out) throws IOException {
    Finder found = new Finder(Wiki.class, input, out);
    if (isSevenZip(input)) {
      if (part.isFirst()) {
        readSevenZip(input, found);
      }
      return;
    }
    try (TextFile text = new TextFile(input, part, found)) {
      if (text.isElsewhere()) {
        return;
      }
      if (!Transcoded.isUtf16(text.head())) {
        read(text, part, found);
      } else if (part.isFirst()) {
        readAll(text.all(), found);
      }
    } catch (IOException e) {
      damaged(part.isFirst(), 0, e, found); // a failure of the input rises all the same
    }
  }

  private static boolean isSevenZip(Input input) throws IOException {
    try (InputStream in = input.open()) {
      return Arrays.equals(in.readNBytes(SEVEN_ZIP.length), SEVEN_ZIP);
    }
  }

  /** The exports in a 7z archive, each at its place in what they unpack to. */
  private void readSevenZip(Input input, Finder found) {
    long base = 0;
    try (SevenZFile archive =
        SevenZFile.builder()
            .setSeekableByteChannel(new InputChannel(input))
            .setMaxMemoryLimitKiB(SEVEN_ZIP_MEMORY_KIB)
            .get()) {
      for (SevenZArchiveEntry e = archive.getNextEntry(); e != null; e = archive.getNextEntry()) {
        if (e.hasStream() && !e.isDirectory()) {
          readAll(Compression.unpacked(archive.getInputStream(e)), found.at(base, ""));
          base += Math.max(0, e.getSize());
        }
      }
    } catch (IOException | RuntimeException e) {
      found.quarantine(base, "", Reason.ARCHIVE_CORRUPT, String.valueOf(e.getMessage()));
    }
  }

  /** A file that is not read in parts. */
  private void readAll(InputStream unpacked, Finder found) throws IOException {
    InputStream in = Transcoded.xml(unpacked);
    PageCutter pages = new PageCutter(Pieces.of(in), "", maxPageBytes);
    if (read(pages, found)) {
      end(pages, found);
    }
  }

  private void read(TextFile text, Part part, Finder found) throws IOException {
    String header = "";
    if (!part.isFirst()) {
      try (Pieces start = text.pieces(Part.WHOLE)) {
        header = PageCutter.header(start);
      }
    }
    PageCutter pages;
    try (Pieces pieces = text.pieces()) {
      pages = new PageCutter(pieces, header, maxPageBytes);
      if (!read(pages, found) || !text.isLast()) {
        return;
      }
    }
    long from = part.start();
    for (long back = FIRST_LOOK_BACK; !pages.any() && from > 0; back *= 2) {
      from = Math.max(0, from - back);
      try (Pieces pieces = text.pieces(new Part(from, Long.MAX_VALUE))) {
        pages = new PageCutter(pieces, "", 0);
        while (pages.next()) {}
      }
    }
    end(pages, found);
  }

  /** Reads the pages; false if that came to an early end. */
  private boolean read(PageCutter pages, Finder found) {
    Wikitext wikitext = Wikitext.PLAIN;
    boolean first = true;
    try {
      while (pages.next()) {
        if (first) {
          wikitext = Wikitext.of(pages.header());
          first = false;
        }
        page(pages, wikitext, found);
      }
      return true;
    } catch (IOException e) {
      damaged(true, pages.position(), e, found);
      return false;
    }
  }

  private static void damaged(boolean told, long offset, IOException e, Finder found) {
    if (told) {
      found.quarantine(offset, "", Compression.reason(e), String.valueOf(e.getMessage()));
    }
  }

  /** What there is to say of a file once all its pages have been passed. */
  private static void end(PageCutter file, Finder found) {
    if (!file.sawStart() && !file.any()) {
      found.quarantine(0, "", Reason.INPUT_UNREADABLE, "not a MediaWiki export");
    } else if (!file.isEnded()) {
      found.quarantine(file.position(), "", Reason.BAD_XML, "the export ends too early");
    }
  }

  private void page(PageCutter pages, Wikitext wikitext, Finder found) {
    if (pages.tooLarge()) {
      String detail = "more than " + maxPageBytes + " bytes";
      found.quarantine(pages.offset(), "", Reason.TOO_LARGE, detail);
      return;
    }
    if (!pages.closed()) {
      found.quarantine(pages.offset(), "", Reason.BAD_XML, "the page has no end");
      return;
    }
    String xml = new String(pages.bytes(), StandardCharsets.UTF_8);
    try {
      page(WikiPage.parse(xml), pages.offset(), wikitext, found);
    } catch (XMLStreamException e) {
      found.quarantine(pages.offset(), "", Reason.BAD_XML, e.getMessage());
    }
  }

  private void page(WikiPage page, long offset, Wikitext wikitext, Finder found) {
    String namespace = page.field("ns").isEmpty() ? "0" : page.field("ns");
    if (!namespaces.contains(namespace) || page.isRedirect() && !redirects) {
      return;
    }
    String title = page.field("title");
    String model = page.field("revision/model");
    if (!model.isEmpty() && !model.equals("wikitext")) {
      found.quarantine(offset, title, Reason.NOT_TEXT, "content model " + model);
      return;
    }
    String text = page.field("revision/text");
    long undecoded = text.chars().filter(c -> c == '\uFFFD').count();
    if (undecoded > text.length() * MAX_UNDECODED) {
      found.quarantine(offset, title, Reason.INVALID_ENCODING, undecoded + " bytes undecodable");
      return;
    }
    Map<String, String> facts = new TreeMap<>();
    put(facts, "namespace", namespace);
    put(facts, "page-id", page.field("id"));
    put(facts, "revision", page.field("revision/id"));
    put(facts, "timestamp", page.field("revision/timestamp"));
    found.document(offset, title, wikitext.plain(text), facts);
  }

  private static void put(Map<String, String> facts, String name, String value) {
    if (!value.isEmpty()) {
      facts.put(name, value);
    }
  }
}
