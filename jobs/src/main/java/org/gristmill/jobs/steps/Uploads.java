package org.gristmill.jobs.steps;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.gristmill.core.Hash;

/**
 * Puts files in place so that no attempt can harm another's.
 *
 * <p>A file is written on the local disk, uploaded under a name of this attempt's own, and then
 * renamed to a name that holds a hash of its content. What is there under that name is never
 * deleted nor overwritten: it holds the same bytes, whoever put it there.
 */
final class Uploads {
  private Uploads() {}

  /** Puts a local file under a name that says what is in it. */
  static void put(Path local, String name, Configuration hadoop) throws IOException {
    var target = new org.apache.hadoop.fs.Path(name);
    FileSystem files = target.getFileSystem(hadoop);
    if (present(files, target, Files.size(local))) {
      return;
    }
    var attempt =
        new org.apache.hadoop.fs.Path(
            target.getParent(), "_attempt-" + UUID.randomUUID() + "-" + target.getName());
    files.copyFromLocalFile(false, true, new org.apache.hadoop.fs.Path(local.toUri()), attempt);
    boolean renamed = false;
    try {
      renamed = files.rename(attempt, target);
    } catch (org.apache.hadoop.fs.FileAlreadyExistsException e) {
      // another attempt was faster: looked at below
    }
    if (!renamed && present(files, target, Files.size(local))) {
      files.delete(attempt, false);
    } else if (!renamed) {
      throw new IOException("cannot rename " + attempt + " to " + target);
    }
  }

  /** Whether the file is there with its length; its name says what is in it. */
  private static boolean present(FileSystem files, org.apache.hadoop.fs.Path file, long bytes)
      throws IOException {
    try {
      FileStatus status = files.getFileStatus(file);
      if (status.getLen() != bytes) {
        throw new IOException(
            file + " has " + status.getLen() + " bytes, expected " + bytes + "; remove it");
      }
      return true;
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  /** Of a file, as hex digits. */
  static String sha256(Path file) throws IOException {
    MessageDigest digest = Hash.sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Removes a local folder with all that is in it. */
  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /**
   * Puts a small file in place in one step: a reader sees the old content or the new one.
   *
   * <p>An object store makes a file visible whole when its stream is closed; elsewhere a rename
   * replaces it.
   */
  static void replace(FileSystem files, org.apache.hadoop.fs.Path target, byte[] bytes)
      throws IOException {
    if (OBJECT_STORES.contains(files.getUri().getScheme())) {
      put(files, target, bytes);
      return;
    }
    var fresh =
        new org.apache.hadoop.fs.Path(
            target.getParent(), "_fresh-" + UUID.randomUUID() + "-" + target.getName());
    put(files, fresh, bytes);
    org.apache.hadoop.fs.FileContext.getFileContext(files.getUri(), files.getConf())
        .rename(
            files.makeQualified(fresh),
            files.makeQualified(target),
            org.apache.hadoop.fs.Options.Rename.OVERWRITE);
  }

  /** Schemes of file systems without an atomic rename, but with files that appear whole. */
  private static final List<String> OBJECT_STORES =
      List.of("s3a", "s3", "s3n", "gs", "oss", "cosn", "obs", "wasb", "wasbs");

  private static void put(FileSystem files, org.apache.hadoop.fs.Path file, byte[] bytes)
      throws IOException {
    try (var out = files.create(file, true)) {
      out.write(bytes);
    }
  }
}
