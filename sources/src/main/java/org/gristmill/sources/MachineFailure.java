package org.gristmill.sources;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.util.Set;

/**
 * Tells failures of the machine from what damaged data do to a parser. The first must rise, so that
 * the file is read again; the second are rows.
 */
public final class MachineFailure {
  /** Longest chain of causes that is looked at. */
  private static final int MAX_CAUSES = 20;

  /** What the operating system says, as it stands in an exception's message. */
  private static final Set<String> MESSAGES =
      Set.of(
          "Cannot allocate memory",
          "Disk quota exceeded",
          "Input/output error",
          "Interrupted system call",
          "No space left on device",
          "Read-only file system",
          "Stale file handle",
          "There is not enough space on the disk",
          "Too many open files");

  private MachineFailure() {}

  /**
   * Throws what the machine did wrong, if anything among the causes is that: memory or disk that
   * ran out, an interruption, a class that cannot be loaded. Returns if the data alone explain it.
   *
   * @throws IOException the failure of a disk or an interruption
   */
  public static void rise(Throwable thrown) throws IOException {
    Throwable cause = thrown;
    for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
      if (cause instanceof Error error && isMachine(error)) {
        throw error;
      }
      if (cause instanceof IOException failure && isMachine(failure)) {
        throw failure;
      }
      if (cause instanceof InterruptedException) {
        throw (IOException) new InterruptedIOException("interrupted").initCause(thrown);
      }
      cause = cause.getCause();
    }
  }

  /** A stack that ran out is the data's: it is of one size everywhere. */
  private static boolean isMachine(Error error) {
    return error instanceof LinkageError
        || error instanceof VirtualMachineError && !(error instanceof StackOverflowError);
  }

  private static boolean isMachine(IOException failure) {
    return failure instanceof FileSystemException
        || failure instanceof InterruptedIOException
        || failure instanceof ClosedByInterruptException
        || isMachine(String.valueOf(failure.getMessage()));
  }

  private static boolean isMachine(String message) {
    return MESSAGES.stream().anyMatch(m -> message.equals(m) || message.endsWith("(" + m + ")"));
  }
}
