package org.gristmill.jobs.run;

import java.io.Closeable;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * At most one run of a pipeline at a time, and a run that has lost its turn notices before it
 * commits.
 *
 * <p>On a local disk the operating system holds a lock ({@link LocalLease}). Elsewhere the lease is
 * a small file that its owner keeps rewriting and that others may only take when it has stopped
 * changing ({@link StoreLease}). No clock of one machine is ever compared with that of another.
 *
 * <p>{@link #check()} belongs right before every commit and every publication. What it cannot
 * exclude is a run that stands still between the check and the commit itself for longer than the
 * term of the lease (three minutes).
 */
public abstract sealed class RunLease implements Closeable permits LocalLease, StoreLease {
  /** Name of the lease file, below the root. */
  static final String NAME = "_lease";

  /** Another run has the lease. */
  public static final class Held extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Held(String root, String holder) {
      super(
          "another run of this pipeline is at work on "
              + root
              + " ("
              + holder
              + "); nothing was changed");
    }
  }

  /** The lease is no longer this run's. */
  public static final class Lost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Lost(String root, String why) {
      super("this run has lost its lease of " + root + ": " + why + "; it commits nothing more");
    }
  }

  /**
   * Takes the lease of a root.
   *
   * <p>At once, where nobody has it. Where somebody has, and the root is not on a local disk, this
   * watches the lease: a live owner shows within 20 seconds and this ends with {@link Held}; a dead
   * one is succeeded after three minutes.
   *
   * @param root folder of the pipeline, on any Hadoop file system; made where it does not exist
   * @throws Held if another run has it
   */
  public static RunLease take(String root, Configuration hadoop) throws IOException {
    return take(root, hadoop, Timing.REAL);
  }

  static RunLease take(String root, Configuration hadoop, Timing timing) throws IOException {
    Path folder = new Path(root);
    FileSystem files = folder.getFileSystem(hadoop);
    if (files.getUri().getScheme().equals("file")) {
      files.mkdirs(folder);
      return LocalLease.take(
          root, java.nio.file.Path.of(files.makeQualified(folder).toUri().getPath()), timing);
    }
    StoreLease lease =
        StoreLease.take(root, new LeaseFile(files, new Path(folder, NAME), timing), timing);
    lease.keep();
    return lease;
  }

  /** What tells this run from every other: 16 hex digits. */
  public abstract String token();

  /**
   * Makes sure, from the file system and not from memory, that the lease is still this run's.
   *
   * @throws Lost if another run has taken it, if its file is gone, or if it could not be renewed
   *     for longer than its term
   * @throws java.io.UncheckedIOException if the file system does not answer
   */
  public abstract void check();

  /** Gives the lease back, if it is still this run's; another's stays as it is. */
  @Override
  public abstract void close() throws IOException;
}
