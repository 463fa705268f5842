package org.gristmill.sources.book;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.gristmill.core.Block;
import org.gristmill.core.Bounds;
import org.gristmill.core.Found;
import org.gristmill.core.Reason;
import org.gristmill.core.Setting;
import org.gristmill.sources.Compression;
import org.gristmill.sources.Decoded;
import org.gristmill.sources.Finder;
import org.gristmill.sources.Input;
import org.gristmill.sources.Source;

/**
 * Books and documents: PDF, EPUB, DOCX and DOC, ODT, RTF, HTML and plain text, the last two also
 * packed with gzip, bzip2 or xz; one document a file, at offset 0, paragraphs parted by blank
 * lines.
 *
 * <p>A plain text keeps its lines; its character set is found by byte order mark, strict UTF-8, and
 * detection. The file is copied to the machine's folder for temporary files while it is parsed.
 *
 * @param maxFileBytes longest file, stored and unpacked, in bytes, 1 to 1 GiB inclusive
 * @param maxChars longest text, in UTF-16 code units, 1 to 2^30 inclusive
 * @param maxWork most steps of the parser, 1 to 2^40 inclusive: an element begun or ended, a run of
 *     text, a KiB that a PDF is read, again and again if need be
 */
@Block(
    does =
        "Books and documents (PDF, EPUB, DOCX, ODT, RTF, HTML, plain text), one document a file.",
    version = 2,
    libraries = {"tika", "jsoup", "icu"})
public record Book(
    @Setting(does = "Longest file, stored and unpacked.", unit = "bytes", min = 1, max = 1 << 30)
        long maxFileBytes,
    @Setting(does = "Longest text.", unit = "UTF-16 code units", min = 1, max = 1 << 30)
        long maxChars,
    @Setting(
            does = "Most work of the parser: elements and runs of text reported, KiB read.",
            unit = "steps",
            min = 1,
            max = 1L << 40)
        long maxWork)
    implements Source {
  /** How the name of a copy on the local disk begins; {@link Complaint} leaves such names out. */
  static final String COPY = "book-";

  /** Room for the largest scanned volumes; 64 Mi characters are eighty copies of a long novel. */
  public static final Book DEFAULTS = new Book(512L << 20, 64L << 20, 100L << 20);

  public Book {
    Bounds.between("maxFileBytes", maxFileBytes, 1, 1 << 30);
    Bounds.between("maxChars", maxChars, 1, 1 << 30);
    Bounds.between("maxWork", maxWork, 1, 1L << 40);
  }

  @Override
  public void read(Input input, Consumer<Found> out) throws IOException {
    Finder found = new Finder(Book.class, input, out);
    if (input.length() > maxFileBytes) {
      String detail = input.length() + " bytes, at most " + maxFileBytes;
      found.quarantine(0, "", Reason.TOO_LARGE, detail);
      return;
    }
    Path copy = Files.createTempFile(COPY + ProcessHandle.current().pid() + "-", ".tmp");
    try {
      if (copied(input, copy, found)) {
        String name = input.name().substring(input.name().lastIndexOf('/') + 1);
        read(copy, Compression.unpackedName(name), found);
      }
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  /** Unpacks the file to {@code copy}; says whether there is something to read in it. */
  private boolean copied(Input input, Path copy, Finder found) throws IOException {
    long bytes = 0;
    byte[] buffer = new byte[64 * 1024];
    try (InputStream stored = input.open();
        OutputStream to = Files.newOutputStream(copy)) {
      InputStream in = InputStream.nullInputStream();
      int read = 0;
      while (read >= 0) {
        to.write(buffer, 0, read);
        try {
          in = bytes == 0 ? Compression.unpacked(stored) : in;
          read = in.read(buffer);
        } catch (IOException e) {
          found.quarantine(0, "", Compression.reason(e), String.valueOf(e.getMessage()));
          return false;
        }
        bytes += Math.max(0, read);
        if (bytes > maxFileBytes) {
          found.quarantine(0, "", Reason.TOO_LARGE, "more than " + maxFileBytes + " bytes");
          return false;
        }
      }
    }
    return bytes > 0;
  }

  private void read(Path file, String name, Finder found) throws IOException {
    BookParser.Result parsed = BookParser.parse(file, name, maxChars, maxWork);
    if (parsed.reason() == Reason.NOT_TEXT && isPlain(parsed.detail(), name)) {
      plain(file, found);
    } else if (!parsed.text().isBlank()) {
      found.document(0, "", parsed.text(), parsed.facts());
    } else {
      found.quarantine(0, "", parsed.reason(), parsed.detail());
    }
  }

  private static boolean isPlain(String type, String name) {
    return type.startsWith("text/")
        || type.equals("application/octet-stream")
            && name.toLowerCase(Locale.ROOT).endsWith(".txt");
  }

  private void plain(Path file, Finder found) throws IOException {
    if (Files.size(file) > 4 * maxChars) {
      String detail = Files.size(file) + " bytes of text, at most " + 4 * maxChars;
      found.quarantine(0, "", Reason.TOO_LARGE, detail);
      return;
    }
    Optional<Decoded> decoded = Decoded.of(Files.readAllBytes(file));
    if (decoded.isEmpty()) {
      found.quarantine(0, "", Reason.INVALID_ENCODING, "no character set fits");
      return;
    }
    String text = decoded.get().text();
    if (text.length() > maxChars) {
      String detail = text.length() + " characters, at most " + maxChars;
      found.quarantine(0, "", Reason.TOO_LARGE, detail);
      return;
    }
    Map<String, String> facts =
        Map.of("charset", decoded.get().charset(), "content-type", "text/plain");
    found.document(0, "", text.replace("\r\n", "\n").replace('\r', '\n'), facts);
  }
}
