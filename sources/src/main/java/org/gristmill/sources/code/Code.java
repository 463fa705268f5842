package org.gristmill.sources.code;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.io.input.BoundedInputStream;
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
 * Source code: one document per text file, from a single file or from a tar, zip or jar archive,
 * plain or packed with gzip, bzip2 or xz.
 *
 * <p>The offset of a document is the ordinal of its entry in the archive, counted from 0 over all
 * entries, and 0 for a single file; its URL is the path inside the archive, or the file's name
 * below the folder that is read. Directories and links are no files and give nothing; archives
 * inside archives stay closed.
 *
 * @param maxFileBytes longest source file, in bytes, 1 to 1 GiB inclusive
 * @param maxUnpackedBytes most bytes unpacked from one archive, at least 1
 * @param maxRatio most bytes unpacked per byte stored, once 64 MiB are unpacked, at least 1
 */
@Block(
    does = "Source code, one document a text file, from single files and tar or zip archives.",
    version = 1,
    libraries = {"icu"})
public record Code(
    @Setting(does = "Longest source file.", unit = "bytes", min = 1, max = 1 << 30)
        long maxFileBytes,
    @Setting(does = "Most that one archive may unpack to.", unit = "bytes", min = 1)
        long maxUnpackedBytes,
    @Setting(
            does = "Most bytes unpacked per byte stored, once 64 MiB are unpacked.",
            unit = "ratio",
            min = 1)
        long maxRatio)
    implements Source {

  /** Room for any file that a person wrote, and for the largest repositories. */
  public static final Code DEFAULTS = new Code(5L << 20, 64L << 30, 200);

  private static final int HEADER_BYTES = 512;
  private static final int CHECKSUM_AT = 148;
  private static final int CHECKSUM_BYTES = 8;

  public Code {
    Bounds.between("maxFileBytes", maxFileBytes, 1, 1 << 30);
    Bounds.atLeast("maxUnpackedBytes", maxUnpackedBytes, 1);
    Bounds.atLeast("maxRatio", maxRatio, 1);
  }

  @Override
  public void read(Input input, Consumer<Found> out) throws IOException {
    Finder found = new Finder(Code.class, input, out);
    long[] ordinal = {0};
    try (InputStream stored = input.open()) {
      read(input, stored, found, ordinal);
    } catch (Limited.Bomb e) {
      found.quarantine(ordinal[0], "", Reason.ARCHIVE_BOMB, e.getMessage());
    } catch (IOException | IllegalArgumentException e) {
      found.quarantine(ordinal[0], "", Reason.ARCHIVE_CORRUPT, String.valueOf(e.getMessage()));
    }
  }

  private void read(Input input, InputStream stored, Finder found, long[] ordinal)
      throws IOException {
    BoundedInputStream counted = BoundedInputStream.builder().setInputStream(stored).get();
    InputStream unpacked = Compression.unpacked(counted);
    InputStream in =
        new BufferedInputStream(
            new Limited(unpacked, counted::getCount, maxUnpackedBytes, maxRatio), 64 * 1024);
    in.mark(HEADER_BYTES);
    byte[] header = in.readNBytes(HEADER_BYTES);
    in.reset();
    if (isZip(header)) {
      ZipArchiveInputStream zip = new ZipArchiveInputStream(in, "UTF-8", true, true);
      archive(zip, new Limited(zip, counted::getCount, maxUnpackedBytes, maxRatio), found, ordinal);
    } else if (isTar(header)) {
      TarArchiveInputStream tar = new TarArchiveInputStream(in, "UTF-8");
      archive(tar, tar, found, ordinal);
    } else if (header.length > 0) {
      file(in, 0, Compression.unpackedName(input.name()), found);
    }
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
      ArchiveInputStream<E> archive, InputStream content, Finder found, long[] ordinal)
      throws IOException {
    for (E entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
      if (isFile(entry)) {
        String path = normalised(entry.getName());
        if (entry instanceof ZipArchiveEntry zip && zip.getGeneralPurposeBit().usesEncryption()) {
          found.quarantine(ordinal[0], path, Reason.ENCRYPTED, "an encrypted entry");
        } else if (!archive.canReadEntryData(entry)) {
          found.quarantine(ordinal[0], path, Reason.ARCHIVE_CORRUPT, "packed in an unknown way");
        } else {
          file(content, ordinal[0], path, found);
        }
      }
      ordinal[0]++;
    }
  }

  private static boolean isFile(ArchiveEntry entry) {
    if (entry instanceof TarArchiveEntry tar) {
      return tar.isFile() && !tar.isLink() && !tar.isSymbolicLink();
    }
    return !entry.isDirectory() && !(entry instanceof ZipArchiveEntry zip && zip.isUnixSymlink());
  }

  private void file(InputStream in, long offset, String path, Finder found) throws IOException {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    byte[] buffer = new byte[32 * 1024];
    long bytes = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      bytes += read;
      if (bytes <= maxFileBytes) {
        kept.write(buffer, 0, read);
      } else {
        kept = new ByteArrayOutputStream(0);
      }
    }
    if (bytes > maxFileBytes) {
      String detail = bytes + " bytes, at most " + maxFileBytes;
      found.quarantine(offset, path, Reason.TOO_LARGE, detail);
    } else {
      document(kept.toByteArray(), offset, path, found);
    }
  }

  private static void document(byte[] bytes, long offset, String path, Finder found) {
    Optional<Decoded> decoded = Decoded.of(bytes);
    if (decoded.isEmpty()) {
      Reason reason = Decoded.looksBinary(bytes) ? Reason.NOT_TEXT : Reason.INVALID_ENCODING;
      found.quarantine(offset, path, reason, "no character set fits");
      return;
    }
    Map<String, String> facts =
        Map.of(
            "bytes", Integer.toString(bytes.length),
            "charset", decoded.get().charset(),
            "programming-language", ProgrammingLanguages.of(path));
    found.document(offset, path, decoded.get().text(), facts);
  }

  /** The path with {@code /} between names and without {@code .} and {@code ..}. */
  private static String normalised(String path) {
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
