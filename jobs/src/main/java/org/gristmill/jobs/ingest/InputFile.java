package org.gristmill.jobs.ingest;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.gristmill.sources.ContentHash;

/**
 * A file that an ingest step reads.
 *
 * @param uri where it lies
 * @param name relative to the folder that the pattern starts from
 * @param length bytes
 * @param modified milliseconds since 1970, UTC
 */
public record InputFile(String uri, String name, long length, long modified)
    implements Serializable {

  /** Whether this file and another of the same address hold the same, as far as one can see. */
  boolean unchanged(InputFile other) {
    return length == other.length && modified == other.modified;
  }

  /** All that can be seen of the file without reading it. */
  String seen() {
    return uri + " " + length + " " + modified;
  }

  /** The file of a name of which {@link #seen} said so. */
  static InputFile seen(String name, String seen) {
    int modified = seen.lastIndexOf(' ');
    int length = seen.lastIndexOf(' ', modified - 1);
    return new InputFile(
        seen.substring(0, length),
        name,
        Long.parseLong(seen.substring(length + 1, modified)),
        Long.parseLong(seen.substring(modified + 1)));
  }

  /**
   * Throws if the file is not any more what was listed: parts that are read at different times must
   * be of one file.
   */
  void checkUnchanged(Configuration hadoop) throws IOException {
    Path path = new Path(uri);
    FileStatus now = path.getFileSystem(hadoop).getFileStatus(path);
    if (now.getLen() != length || now.getModificationTime() != modified) {
      throw new IOException(uri + " changed while it was being read");
    }
  }

  /**
   * Bytes of a part in which a large file is read, and of a block of {@link ContentHash}. Tests set
   * another, so that small files have parts; nobody else may, or files look changed.
   */
  static long partBytes(Configuration hadoop) {
    return hadoop.getLong("gristmill.test.part.bytes", ContentHash.BLOCK_BYTES);
  }

  /** The same file under another name. */
  InputFile withName(String other) {
    return new InputFile(uri, other, length, modified);
  }

  /** Whether a pattern means the same in every working directory. */
  static boolean absolute(String pattern) {
    return pattern.startsWith("/") || new Path(pattern).toUri().getScheme() != null;
  }

  /**
   * The files that a pattern matches, by name; a folder stands for everything below it, save names
   * that start with a dot or an underscore.
   */
  public static SortedMap<String, InputFile> list(String pattern, Configuration hadoop)
      throws IOException {
    Path path = new Path(pattern);
    FileSystem files = path.getFileSystem(hadoop);
    Path base = files.makeQualified(base(path));
    SortedMap<String, InputFile> found = new TreeMap<>();
    FileStatus[] matches = files.globStatus(path);
    Deque<FileStatus> open = new ArrayDeque<>();
    if (matches != null) {
      for (FileStatus match : matches) {
        open.add(match);
      }
    }
    while (!open.isEmpty()) {
      FileStatus status = open.poll();
      if (status.isDirectory()) {
        for (FileStatus child : children(files, status.getPath())) {
          String name = child.getPath().getName();
          if (!name.startsWith(".") && !name.startsWith("_")) {
            open.add(child);
          }
        }
      } else {
        String name = relative(base, status.getPath());
        found.put(
            name,
            new InputFile(
                status.getPath().toString(), name, status.getLen(), status.getModificationTime()));
      }
    }
    return found;
  }

  private static FileStatus[] children(FileSystem files, Path folder) throws IOException {
    try {
      return files.listStatus(folder);
    } catch (FileNotFoundException e) {
      return new FileStatus[0]; // removed between two listings
    }
  }

  /** The longest leading part without a wildcard; of a plain path, its parent or the folder. */
  private static Path base(Path pattern) {
    Path base = pattern;
    for (Path p = pattern; p != null; p = p.getParent()) {
      if (p.getName().matches(".*[*?{\\[].*")) {
        base = p.getParent();
      }
    }
    if (base == pattern) {
      base = pattern.getParent();
    }
    return base == null ? new Path(".") : base;
  }

  private static String relative(Path base, Path file) {
    String prefix = base.toUri().getPath();
    String path = file.toUri().getPath();
    return path.startsWith(prefix) ? path.substring(prefix.length()).replaceFirst("^/+", "") : path;
  }
}
