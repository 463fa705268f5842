package org.gristmill.sources.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.io.input.BoundedInputStream;
import org.gristmill.sources.Input;
import org.gristmill.sources.InputChannel;
import org.gristmill.sources.OneByte;

/**
 * The web archives of a WACZ file, which is a zip archive that has them below {@code archive/}:
 * each is read where it lies.
 *
 * @see <a href="https://specs.webrecorder.net/wacz/1.1.1/">WACZ 1.1.1</a>
 */
final class Wacz {
  private static final Pattern ARCHIVE =
      Pattern.compile("(?:.*/)?archive/[^/]+\\.(?:warc|arc)(?:\\.gz|\\.zst)?");

  private Wacz() {}

  static boolean startsAt(byte[] b, int from, int to) {
    return to - from > 3
        && b[from] == 'P'
        && b[from + 1] == 'K'
        && b[from + 2] == 3
        && b[from + 3] == 4;
  }

  /**
   * The web archives in a zip file, in the order of their bytes; none if it has no directory that
   * can be read or names none, or one that cannot be unpacked.
   */
  static List<Entry> entries(Input input) {
    try (SeekableByteChannel channel = new InputChannel(input);
        ZipFile zip = ZipFile.builder().setSeekableByteChannel(channel).get()) {
      List<Entry> entries = new ArrayList<>();
      for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
        boolean archive = ARCHIVE.matcher(entry.getName().toLowerCase(Locale.ROOT)).matches();
        if (archive && !isReadable(entry, input)) {
          return List.of();
        }
        if (archive) {
          entries.add(new Entry(input, entry));
        }
      }
      entries.sort(Comparator.comparingLong(Entry::offset));
      return entries;
    } catch (IOException | RuntimeException e) {
      return List.of(); // the zip's; a failure of the input rises all the same
    }
  }

  private static boolean isReadable(ZipArchiveEntry entry, Input input) {
    int method = entry.getMethod();
    return (method == ZipEntry.STORED || method == ZipEntry.DEFLATED)
        && !entry.getGeneralPurposeBit().usesEncryption()
        && entry.getDataOffset() > 0
        && entry.getCompressedSize() >= 0
        && entry.getDataOffset() + entry.getCompressedSize() <= input.length();
  }

  /** A web archive in the zip file, as a file of its own. */
  static final class Entry implements Input {
    private final Input zip;
    private final ZipArchiveEntry entry;
    private boolean damaged;

    Entry(Input zip, ZipArchiveEntry entry) {
      this.zip = zip;
      this.entry = entry;
    }

    /** Where its bytes start in the zip file. */
    long offset() {
      return entry.getDataOffset();
    }

    /** Whether it broke while it was unpacked; where it did, its streams end. */
    boolean damaged() {
      return damaged;
    }

    @Override
    public String source() {
      return zip.source();
    }

    @Override
    public String file() {
      return zip.file();
    }

    @Override
    public String name() {
      return zip.name();
    }

    @Override
    public long length() {
      return entry.getSize();
    }

    @Override
    public InputStream open() throws IOException {
      InputStream stored = bounded(0);
      return entry.getMethod() == ZipEntry.STORED ? stored : new Inflated(stored);
    }

    @Override
    public InputStream open(long from) throws IOException {
      return entry.getMethod() == ZipEntry.STORED
          ? bounded(Math.min(from, entry.getCompressedSize()))
          : Input.super.open(from);
    }

    private InputStream bounded(long from) throws IOException {
      return BoundedInputStream.builder()
          .setInputStream(zip.open(offset() + from))
          .setMaxCount(entry.getCompressedSize() - from)
          .get();
    }

    /** Ends at damage. */
    private final class Inflated extends InputStream {
      private final Inflater inflater = new Inflater(true);
      private final InputStream stored;
      private final InputStream in;

      Inflated(InputStream stored) {
        this.stored = stored;
        this.in = new InflaterInputStream(stored, inflater, 1 << 15);
      }

      @Override
      public int read() throws IOException {
        return OneByte.read(this);
      }

      @Override
      public int read(byte[] b, int off, int len) {
        try {
          return in.read(b, off, len);
        } catch (IOException e) {
          damaged = true;
          return -1;
        }
      }

      @Override
      public void close() throws IOException {
        inflater.end();
        stored.close();
      }
    }
  }
}
