package org.gristmill.jobs.run;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;

/**
 * At most one run of a pipeline at a time.
 *
 * <p>On a local disk the operating system holds the lock, and lets go of it when the process ends,
 * however it ends. Elsewhere the lock is a file that is created only if it does not exist, touched
 * every {@link #BEAT}, and taken over when it has not been touched for {@link #STALE}.
 */
final class RunLock implements Closeable {
  private static final Duration BEAT = Duration.ofSeconds(20);
  private static final Duration STALE = Duration.ofMinutes(3);

  /** Another run holds the lock. */
  static final class Held extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Held(String root, String holder) {
      super(
          "another run of this pipeline is at work on "
              + root
              + " ("
              + (holder.isBlank() ? "it has not said which" : holder.strip())
              + "); nothing was changed");
    }
  }

  private final Closeable release;

  private RunLock(Closeable release) {
    this.release = release;
  }

  /**
   * Takes the lock of a root.
   *
   * @throws Held if another run has it
   */
  static RunLock take(String root, Configuration hadoop) throws IOException {
    String holder =
        "process "
            + ProcessHandle.current().pid()
            + " on "
            + java.net.InetAddress.getLocalHost().getHostName()
            + ", since "
            + Instant.now().truncatedTo(ChronoUnit.SECONDS);
    org.apache.hadoop.fs.Path folder = new org.apache.hadoop.fs.Path(root);
    FileSystem files = folder.getFileSystem(hadoop);
    files.mkdirs(folder);
    return files.getUri().getScheme().equals("file")
        ? local(root, Path.of(files.makeQualified(folder).toUri().getPath()), holder)
        : remote(root, files, new org.apache.hadoop.fs.Path(folder, "_lock"), holder);
  }

  private static RunLock local(String root, Path folder, String holder) throws IOException {
    Path file = folder.resolve("_lock");
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // held by this very process: the same answer
    }
    if (lock == null) {
      channel.close();
      throw new Held(root, Files.readString(file));
    }
    FileTime before = Files.getLastModifiedTime(file);
    channel.truncate(0);
    channel.write(ByteBuffer.wrap((holder + "\n").getBytes(StandardCharsets.UTF_8)));
    return new RunLock(
        () -> {
          channel.truncate(0);
          Files.setLastModifiedTime(file, before); // a run with nothing to do leaves no trace
          channel.close();
        });
  }

  private static RunLock remote(
      String root, FileSystem files, org.apache.hadoop.fs.Path file, String holder)
      throws IOException {
    try {
      write(files, file, holder);
    } catch (FileAlreadyExistsException | org.apache.hadoop.fs.PathIOException e) {
      FileStatus status = files.getFileStatus(file);
      long idle = System.currentTimeMillis() - status.getModificationTime();
      if (idle < STALE.toMillis()) {
        try (var in = files.open(file)) {
          throw new Held(root, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
      files.delete(file, false);
      write(files, file, holder);
    }
    Thread beat = new Thread(() -> beat(files, file), "run-lock");
    beat.setDaemon(true);
    beat.start();
    return new RunLock(
        () -> {
          beat.interrupt();
          files.delete(file, false);
        });
  }

  private static void write(FileSystem files, org.apache.hadoop.fs.Path file, String holder)
      throws IOException {
    try (FSDataOutputStream out = files.create(file, false)) {
      out.write((holder + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void beat(FileSystem files, org.apache.hadoop.fs.Path file) {
    try {
      while (true) {
        Thread.sleep(BEAT.toMillis());
        files.setTimes(file, System.currentTimeMillis(), -1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | UnsupportedOperationException e) {
      System.err.println("cannot renew the run lock " + file + ": " + e);
    }
  }

  @Override
  public void close() throws IOException {
    release.close();
  }
}
