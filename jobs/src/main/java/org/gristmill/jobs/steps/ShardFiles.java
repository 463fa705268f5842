package org.gristmill.jobs.steps;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.util.SerializableConfiguration;
import org.gristmill.core.Hash;
import org.gristmill.tokenize.Sequence;
import org.gristmill.tokenize.ShardFormats;
import org.gristmill.tokenize.Tokenizer;

/**
 * Writes the files of a shard so that no attempt can harm another's.
 *
 * <p>A file is written on the local disk, uploaded under a name of this attempt's own, and then
 * renamed to a name that holds a hash of its content. What is there under that name is never
 * deleted nor overwritten: it holds the same bytes, whoever put it there. Only files that the table
 * of shards lists belong to a run.
 *
 * @param job what is written
 * @param folder of all generations
 * @param hadoop settings of the file system
 */
record ShardFiles(PackJob job, String folder, SerializableConfiguration hadoop)
    implements Serializable {

  /** A file that is in its place. */
  record Written(String format, String path, String sha256, long bytes) {}

  /** Writes one shard of a generation in every format. */
  List<Written> write(String generation, String name, Tokenizer tokenizer, List<Sequence> sequences)
      throws IOException {
    List<Written> written = new ArrayList<>();
    for (String format : job.formats()) {
      Path local = Files.createTempDirectory("gristmill-shard");
      try {
        List<String> files =
            ShardFormats.BY_NAME.get(format).write(local, name, tokenizer, sequences);
        List<String> hashes = new ArrayList<>();
        for (String file : files) {
          hashes.add(sha256(local.resolve(file)));
        }
        String mark = Hash.sha256Hex(String.join(" ", hashes)).substring(0, 8);
        for (int i = 0; i < files.size(); i++) {
          Path file = local.resolve(files.get(i));
          String path = format + "/" + files.get(i).replace(name, name + "-" + mark);
          upload(file, generation + "/" + path);
          written.add(new Written(format, path, hashes.get(i), Files.size(file)));
        }
      } finally {
        delete(local);
      }
    }
    return written;
  }

  private void upload(Path local, String path) throws IOException {
    var target = new org.apache.hadoop.fs.Path(folder + "/" + path);
    FileSystem files = target.getFileSystem(hadoop.value());
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

  private static String sha256(Path file) throws IOException {
    MessageDigest digest = Hash.sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void delete(Path folder) throws IOException {
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
  static void replace(FileSystem files, org.apache.hadoop.fs.Path target, String content)
      throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
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
