package org.gristmill.sources.code;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.io.input.BoundedInputStream;
import org.gristmill.core.Reason;
import org.gristmill.sources.Compression;
import org.gristmill.sources.Input;

/** The files of an archive, or the one file that an input is, in order. */
final class FileTree {
  private static final int HEADER_BYTES = 512;
  private static final int CHECKSUM_AT = 148;
  private static final int CHECKSUM_BYTES = 8;

  private final Input input;
  private final Code settings;
  private long ordinal;

  FileTree(Input input, Code settings) {
    this.input = input;
    this.settings = settings;
  }

  /** What is done with each file. */
  interface Visitor {
    /** Takes a file; what it leaves of the stream is passed over. */
    void file(InputStream in, long ordinal, String path) throws IOException;

    /** Takes what cannot be read. */
    void unreadable(long ordinal, String path, Reason reason, String detail);
  }

  /** Number of the entry that is being read, from 0. */
  long ordinal() {
    return ordinal;
  }

  /**
   * Walks over all.
   *
   * @throws IOException where the archive or its packing is damaged, or a {@link Limited.Bomb}
   */
  void walk(Visitor visitor) throws IOException {
    try (InputStream stored = input.open()) {
      BoundedInputStream counted = BoundedInputStream.builder().setInputStream(stored).get();
      InputStream unpacked = Compression.unpacked(counted);
      InputStream in = new BufferedInputStream(limited(unpacked, counted), 64 * 1024);
      in.mark(HEADER_BYTES);
      byte[] header = in.readNBytes(HEADER_BYTES);
      in.reset();
      if (isZip(header)) {
        ZipArchiveInputStream zip = new ZipArchiveInputStream(in, "UTF-8", true, true);
        archive(zip, limited(zip, counted), visitor);
      } else if (isTar(header)) {
        TarArchiveInputStream tar = new TarArchiveInputStream(in, "UTF-8");
        archive(tar, tar, visitor);
      } else if (header.length > 0) {
        visitor.file(in, 0, Compression.unpackedName(input.name()));
      }
    }
  }

  private InputStream limited(InputStream in, BoundedInputStream stored) {
    return new Limited(in, stored::getCount, settings.maxUnpackedBytes(), settings.maxRatio());
  }

  private static boolean isZip(byte[] header) {
    return header.length > 3
        && header[0] == 'P'
        && header[1] == 'K'
        && (header[2] == 3 && header[3] == 4 || header[2] == 5 && header[3] == 6);
  }

  /** Whether a tar header's checksum, octal digits between blanks, is exactly that of its bytes. */
  private static boolean isTar(byte[] header) {
    if (header.length < HEADER_BYTES) {
      return false;
    }
    String stored = new String(header, CHECKSUM_AT, CHECKSUM_BYTES, StandardCharsets.ISO_8859_1);
    String digits = stored.replace('\0', ' ').strip();
    if (!digits.matches("[0-7]+")) {
      return false;
    }
    int unsigned = 0;
    int signed = 0;
    for (int i = 0; i < HEADER_BYTES; i++) {
      boolean field = i >= CHECKSUM_AT && i < CHECKSUM_AT + CHECKSUM_BYTES;
      unsigned += field ? ' ' : header[i] & 0xFF;
      signed += field ? ' ' : header[i];
    }
    int sum = Integer.parseInt(digits, 8);
    return sum == unsigned || sum == signed;
  }

  private <E extends ArchiveEntry> void archive(
      ArchiveInputStream<E> archive, InputStream content, Visitor visitor) throws IOException {
    for (E entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
      if (isFile(entry)) {
        String path = normalised(entry.getName());
        if (entry instanceof ZipArchiveEntry zip && zip.getGeneralPurposeBit().usesEncryption()) {
          visitor.unreadable(ordinal, path, Reason.ENCRYPTED, "an encrypted entry");
        } else if (!archive.canReadEntryData(entry)) {
          visitor.unreadable(ordinal, path, Reason.ARCHIVE_CORRUPT, "packed in an unknown way");
        } else {
          visitor.file(content, ordinal, path);
        }
      }
      ordinal++;
    }
  }

  private static boolean isFile(ArchiveEntry entry) {
    if (entry instanceof TarArchiveEntry tar) {
      return tar.isFile() && !tar.isLink() && !tar.isSymbolicLink();
    }
    return !entry.isDirectory() && !(entry instanceof ZipArchiveEntry zip && zip.isUnixSymlink());
  }

  /** The path with {@code /} between names and without {@code .} and {@code ..}. */
  static String normalised(String path) {
    Deque<String> names = new ArrayDeque<>();
    for (String name : path.replace('\\', '/').split("/")) {
      if (name.equals("..")) {
        names.pollLast();
      } else if (!name.isEmpty() && !name.equals(".")) {
        names.addLast(name);
      }
    }
    return String.join("/", names);
  }
}
