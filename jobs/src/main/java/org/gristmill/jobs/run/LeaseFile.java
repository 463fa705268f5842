package org.gristmill.jobs.run;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIOException;

/**
 * A small file that several processes change, each only what it has seen.
 *
 * <p>Where the file system writes conditionally (S3A of Hadoop 3.4.2 and later does, with the etag
 * of what is replaced), two processes never overwrite each other. Elsewhere a change is preceded by
 * a look at the file, and a process that stands still between look and write overwrites what came
 * in between; both owners then see, at their next look, that something is wrong.
 */
final class LeaseFile {
  /** Options of Hadoop 3.4.2 and later, by name: earlier ones have no constants for them. */
  private static final String IF_ABSENT = "fs.option.create.conditional.overwrite";

  private static final String IF_ETAG = "fs.option.create.conditional.overwrite.etag";

  private static final int READS = 3;

  /**
   * The file as it was found.
   *
   * @param content all of it
   * @param etag of this content or of an earlier one; empty where there are no etags
   */
  record Seen(String content, String etag) {}

  private final FileSystem files;
  private final Path path;
  private final Timing timing;

  LeaseFile(FileSystem files, Path path, Timing timing) {
    this.files = files;
    this.path = path;
    this.timing = timing;
  }

  /** The file; empty if there is none. */
  Optional<Seen> read() throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        // The etag first: should the content be newer, a write on condition of the etag fails.
        FileStatus status = files.getFileStatus(path);
        String etag = status instanceof EtagSource source ? source.getEtag() : "";
        try (FSDataInputStream in = files.open(path)) {
          return Optional.of(
              new Seen(
                  new String(in.readAllBytes(), StandardCharsets.UTF_8), etag == null ? "" : etag));
        }
      } catch (FileNotFoundException e) {
        return Optional.empty();
      } catch (PathIOException e) { // S3A: it changed while it was read
        if (attempt == READS) {
          throw e;
        }
      }
    }
  }

  /**
   * Writes the file if there is none.
   *
   * @return false if another was first
   */
  boolean create(String content) throws IOException {
    FSDataOutputStreamBuilder<?, ?> builder =
        files.createFile(path).create().recursive().overwrite(false);
    boolean atomic = can(IF_ABSENT);
    if (atomic) {
      builder.opt(IF_ABSENT, true);
    }
    return put(builder, "", content) && (atomic || settled(content));
  }

  /**
   * Writes the file if it is still as seen, in order to take it from another.
   *
   * @return false if it is not
   */
  boolean take(Seen seen, String content) throws IOException {
    return replace(seen, content) && (conditional(seen) || settled(content));
  }

  /**
   * Writes the file if it is still as seen.
   *
   * @return false if it is not
   */
  boolean replace(Seen seen, String content) throws IOException {
    FSDataOutputStreamBuilder<?, ?> builder =
        files.createFile(path).create().recursive().overwrite(true);
    if (conditional(seen)) {
      builder.opt(IF_ETAG, seen.etag());
    } else if (!read().map(Seen::content).equals(Optional.of(seen.content()))) {
      return false;
    }
    return put(builder, seen.content(), content);
  }

  /**
   * Gives the file up if it is still as seen: where writes are conditional by writing, since a
   * delete never is; elsewhere by deleting it, so that the next owner can create it.
   */
  void release(Seen seen, String content) throws IOException {
    if (conditional(seen)) {
      replace(seen, content);
    } else {
      files.delete(path, false);
    }
  }

  private boolean conditional(Seen seen) throws IOException {
    return !seen.etag().isEmpty() && can(IF_ETAG);
  }

  private boolean can(String option) throws IOException {
    return files.hasPathCapability(path, option);
  }

  /** Whether the file still says so a moment later. */
  private boolean settled(String content) throws IOException {
    timing.pause(timing.settle());
    return read().map(Seen::content).equals(Optional.of(content));
  }

  /**
   * @param before what the file said before; empty for nothing
   */
  private boolean put(FSDataOutputStreamBuilder<?, ?> builder, String before, String content)
      throws IOException {
    try {
      try (FSDataOutputStream out = builder.build()) {
        out.write(content.getBytes(StandardCharsets.UTF_8));
      }
      return true;
    } catch (IOException e) {
      String now = read().map(Seen::content).orElse("");
      if (now.equals(content)) {
        return true; // it arrived, only the answer got lost
      }
      if (now.equals(before)) {
        throw e;
      }
      return false;
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
