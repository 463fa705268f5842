package org.gristmill.sources.code;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.gristmill.core.Block;
import org.gristmill.core.Bounds;
import org.gristmill.core.Found;
import org.gristmill.core.Reason;
import org.gristmill.core.Setting;
import org.gristmill.sources.Decoded;
import org.gristmill.sources.Finder;
import org.gristmill.sources.Input;
import org.gristmill.sources.Source;

/**
 * Source code: one document per text file, from a single file or from a tar, zip or jar archive,
 * plain or packed with gzip, bzip2, xz or zstd.
 *
 * <p>The offset of a document is the ordinal of its entry in the archive, counted from 0 over all
 * entries, and 0 for a single file; its URL is the path inside the archive, or the file's name
 * below the folder that is read. Directories and links are no files and give nothing; archives
 * inside archives stay closed.
 *
 * <p>Facts: {@code repository}, the archive's name without its endings, or the first folder of a
 * file's name, which with the offset gives the order of a repository's files; {@code
 * programming-language}, by name and, where that is not enough, by content; {@code licence}, an
 * SPDX identifier of the file's own tag or of the nearest licence file above it, and {@code
 * licence-file}, where it was found ({@link Licences}); {@code marks}, those of {@code data},
 * {@code generated}, {@code lock}, {@code minified} and {@code vendored} that it looks like ({@link
 * FileMarks}). An archive is read twice, the first time for its licences.
 *
 * @param maxFileBytes longest source file, in bytes, 1 to 1 GiB inclusive
 * @param maxUnpackedBytes most bytes unpacked from one archive, at least 1
 * @param maxRatio most bytes unpacked per byte stored, once 64 MiB are unpacked, at least 1
 * @param notebooks what becomes of Jupyter notebooks
 */
@Block(
    does = "Source code, one document a text file, from single files and tar or zip archives.",
    version = 2,
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
        long maxRatio,
    @Setting(does = "Whether notebooks become text or stay JSON, text or json.")
        CodeNotebooks notebooks)
    implements Source {

  /** Room for any file that a person wrote, and for the largest repositories. */
  public static final Code DEFAULTS = new Code(5L << 20, 64L << 30, 200, CodeNotebooks.TEXT);

  private static final Pattern ARCHIVE =
      Pattern.compile("(?i)\\.(?:tar(?:\\.(?:gz|bz2|xz|zst|zstd))?|tgz|tbz2?|txz|tzst|zip|jar)$");

  public Code {
    Bounds.between("maxFileBytes", maxFileBytes, 1, 1 << 30);
    Bounds.atLeast("maxUnpackedBytes", maxUnpackedBytes, 1);
    Bounds.atLeast("maxRatio", maxRatio, 1);
  }

  @Override
  public void read(Input input, Consumer<Found> out) throws IOException {
    Finder found = new Finder(Code.class, input, out);
    Licences licences = new Licences();
    try {
      new FileTree(input, this).walk(licences);
    } catch (IOException | IllegalArgumentException e) {
      // Damage is said where the files are read; the licences are those in front of it.
    }
    FileTree files = new FileTree(input, this);
    try {
      files.walk(new Texts(found, licences, repository(input.name())));
    } catch (Limited.Bomb e) {
      found.quarantine(files.ordinal(), "", Reason.ARCHIVE_BOMB, e.getMessage());
    } catch (IOException | IllegalArgumentException e) {
      String detail = String.valueOf(e.getMessage());
      found.quarantine(files.ordinal(), "", Reason.ARCHIVE_CORRUPT, detail);
    }
  }

  /** What an archive is called without its endings, or the first folder of a file's name. */
  private static String repository(String name) {
    int folder = name.indexOf('/');
    String file = name.substring(name.lastIndexOf('/') + 1);
    String archive = ARCHIVE.matcher(file).replaceFirst("");
    return !archive.equals(file) ? archive : folder < 0 ? "" : name.substring(0, folder);
  }

  /** Makes each file a document. */
  private final class Texts implements FileTree.Visitor {
    private final Finder found;
    private final Licences licences;
    private final String repository;

    Texts(Finder found, Licences licences, String repository) {
      this.found = found;
      this.licences = licences;
      this.repository = repository;
    }

    @Override
    public void unreadable(long ordinal, String path, Reason reason, String detail) {
      found.quarantine(ordinal, path, reason, detail);
    }

    @Override
    public void file(InputStream in, long ordinal, String path) throws IOException {
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
        found.quarantine(ordinal, path, Reason.TOO_LARGE, detail);
      } else {
        document(kept.toByteArray(), ordinal, path);
      }
    }

    private void document(byte[] bytes, long ordinal, String path) {
      Optional<Decoded> decoded = Decoded.of(bytes);
      if (decoded.isEmpty()) {
        Reason reason = Decoded.looksBinary(bytes) ? Reason.NOT_TEXT : Reason.INVALID_ENCODING;
        found.quarantine(ordinal, path, reason, "no character set fits");
        return;
      }
      String text = decoded.get().text();
      Map<String, String> facts = new TreeMap<>(licences.facts(path, text));
      facts.put("bytes", Integer.toString(bytes.length));
      facts.put("charset", decoded.get().charset());
      facts.put("programming-language", ProgrammingLanguages.of(path, text));
      put(facts, "repository", repository);
      put(facts, "marks", String.join(",", FileMarks.of(path, text)));
      if (notebooks == CodeNotebooks.TEXT && Notebook.isNamed(path)) {
        Optional<Notebook> notebook = Notebook.of(text);
        if (notebook.isEmpty()) {
          found.quarantine(ordinal, path, Reason.BAD_JSON, "a notebook whose cells are not found");
          return;
        }
        text = notebook.get().text();
        facts.put("programming-language", notebook.get().language());
        facts.put("notebook", "true");
      }
      found.document(ordinal, path, text, facts);
    }

    private static void put(Map<String, String> facts, String name, String value) {
      if (!value.isEmpty()) {
        facts.put(name, value);
      }
    }
  }
}
