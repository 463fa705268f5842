package org.gristmill.sources.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.gristmill.core.Document;
import org.gristmill.core.Found;
import org.gristmill.core.Quarantined;
import org.gristmill.sources.Input;
import org.gristmill.sources.book.Book;

/** A PDF, office or EPUB file in a web archive, which {@link Book} reads with its defaults. */
final class ArchivedBook {
  private static final Set<String> TYPES =
      Set.of(
          "application/epub+zip",
          "application/msword",
          "application/pdf",
          "application/rtf",
          "application/vnd.oasis.opendocument.text",
          "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
          "application/x-pdf",
          "text/rtf");

  private ArchivedBook() {}

  /** Whether a media type is of such files. */
  static boolean isNamed(String type) {
    return TYPES.contains(type);
  }

  static boolean isPdf(byte[] body) {
    return body.length > 4
        && body[0] == '%'
        && body[1] == 'P'
        && body[2] == 'D'
        && body[3] == 'F'
        && body[4] == '-';
  }

  /** Reads a file and hands over what it is, under the record's place and address. */
  static void read(
      Input archive, WarcRecord record, byte[] body, Map<String, String> meta, Consumer<Found> out)
      throws IOException {
    Book.DEFAULTS.read(
        new Body(archive, record.url(), body),
        found -> {
          if (found instanceof Document document) {
            Map<String, String> facts = new TreeMap<>(document.meta());
            facts.putAll(meta);
            out.accept(
                Document.create(
                    archive.source(),
                    PageSink.KIND,
                    archive.file(),
                    archive.name(),
                    record.offset(),
                    record.url(),
                    document.text(),
                    facts));
          } else if (found instanceof Quarantined row) {
            out.accept(
                new Quarantined(
                    archive.source(),
                    PageSink.KIND,
                    archive.file(),
                    record.offset(),
                    record.url(),
                    row.reason(),
                    row.detail()));
          }
        });
  }

  /** A body as a file, called as the end of its address is. */
  private record Body(Input archive, String url, byte[] bytes) implements Input {
    @Override
    public String source() {
      return archive.source();
    }

    @Override
    public String file() {
      return archive.file();
    }

    @Override
    public String name() {
      String path = url.split("[?#]", 2)[0];
      return path.substring(path.lastIndexOf('/') + 1);
    }

    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(bytes);
    }
  }
}
