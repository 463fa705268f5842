package org.gristmill.sources;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.gristmill.core.Blocks;
import org.gristmill.core.Document;
import org.gristmill.core.Found;
import org.gristmill.core.Quarantined;
import org.gristmill.core.Reason;

/** What stands around every source: it keeps apart what the data and what the machine did wrong. */
public final class Guard {
  /** So that how deeply data may nest does not depend on who calls. */
  private static final long STACK_BYTES = 4L << 20;

  private Guard() {}

  /** Reads a whole file: see {@link #read(Source, Input, Part, long, Consumer)}. */
  public static Tally read(Source source, Input input, Consumer<Found> out) throws IOException {
    return read(source, input, Part.WHOLE, ContentHash.BLOCK_BYTES, out);
  }

  /**
   * Reads a part of a file, keeps apart what the data and what the machine did wrong, counts, and
   * hashes the bytes of the part.
   *
   * <p>A source that breaks on the data gives one {@link Reason#PARSER_CRASH} behind its last
   * finding. A failure of the input's streams rises as it is, even if a parser swallowed it, and so
   * do memory that runs out, an interruption, and whatever {@code out} throws. The source runs, and
   * {@code out} is called, on a thread of its own while this one waits.
   *
   * @param part {@link Part#WHOLE} for a source that is not {@link Splittable}
   * @param blockBytes see {@link ContentHash}; a part starts at a multiple of it
   * @throws IOException of {@link Input#open}, of the streams it gave, and of the machine
   *     otherwise, a full disk for example; also if the file is not as long as was listed
   */
  public static Tally read(
      Source source, Input input, Part part, long blockBytes, Consumer<Found> out)
      throws IOException {
    Counting counting = new Counting(part.start(), out);
    try (WatchedInput watched = new WatchedInput(input, part, blockBytes)) {
      if (input.length() > 0) {
        read(source, watched, part, counting);
      }
      String sha256 = watched.sha256();
      return new Tally(counting.documents, counting.quarantined, watched.bytes(), sha256);
    }
  }

  private static void read(Source source, WatchedInput watched, Part part, Counting counting)
      throws IOException {
    FutureTask<Void> task =
        new FutureTask<>(
            () -> {
              if (part.equals(Part.WHOLE)) {
                source.read(watched, counting);
              } else {
                ((Splittable) source).read(watched, part, counting);
              }
              return null;
            });
    Thread thread = new Thread(null, task, "source", STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    try {
      task.get();
      watched.rise();
      counting.rise();
    } catch (ExecutionException e) {
      watched.rise();
      counting.rise();
      broke(source, watched, counting, e.getCause());
    } catch (InterruptedException e) {
      counting.stopped = true;
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while reading " + watched.file());
    }
  }

  private static void broke(Source source, Input input, Counting counting, Throwable thrown)
      throws IOException {
    MachineFailure.rise(thrown);
    if (thrown instanceof IOException failure) {
      throw failure;
    }
    if (thrown instanceof Error error && !(error instanceof StackOverflowError)) {
      throw error;
    }
    String kind = Blocks.name(source.getClass());
    long offset = counting.offset;
    counting.accept(
        new Quarantined(
            input.source(),
            kind,
            input.file(),
            offset,
            "",
            Reason.PARSER_CRASH,
            thrown.toString()));
  }

  /** Counts the findings, and remembers a failure of the one who takes them. */
  private static final class Counting implements Consumer<Found> {
    private final Consumer<Found> out;
    private volatile boolean stopped;
    private long documents;
    private long quarantined;
    private long offset;
    private Throwable failure;

    Counting(long start, Consumer<Found> out) {
      this.offset = start;
      this.out = out;
    }

    @Override
    public void accept(Found found) {
      if (stopped) {
        throw new IllegalStateException("nobody waits for findings any more");
      }
      try {
        out.accept(found);
      } catch (RuntimeException | Error e) {
        failure = e;
        throw e;
      }
      offset = found.offset();
      if (found instanceof Document) {
        documents++;
      } else {
        quarantined++;
      }
    }

    void rise() {
      if (failure instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      if (failure instanceof Error error) {
        throw error;
      }
    }
  }
}
