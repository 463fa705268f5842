package org.gristmill.jobs.run;

import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The durations and clocks of a lease.
 *
 * @param beat between two renewals; a small part of {@code term}
 * @param term how long a lease must stand unchanged, under the eyes of one process, before that
 *     process may take it; the owner counts itself out after as long without a renewal
 * @param poll between two looks at another's lease
 * @param settle where a file system cannot write conditionally: between taking a lease and looking
 *     whether another took it at the same moment
 * @param nanos the process's own monotonic clock, in nanoseconds from any origin
 * @param wall for the words "since ..." that people read; decides nothing
 * @param sleep how to wait
 * @param say a line for the person who started the run
 */
record Timing(
    Duration beat,
    Duration term,
    Duration poll,
    Duration settle,
    LongSupplier nanos,
    Clock wall,
    Sleep sleep,
    Consumer<String> say) {

  static final Timing REAL =
      new Timing(
          Duration.ofSeconds(20),
          Duration.ofMinutes(3),
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          System::nanoTime,
          Clock.systemUTC(),
          time -> Thread.sleep(time.toMillis()),
          System.err::println);

  /** A way to wait. */
  interface Sleep {
    void sleep(Duration time) throws InterruptedException;
  }

  /** Waits; an interrupted wait is a failure of the machine. */
  void pause(Duration time) throws InterruptedIOException {
    try {
      sleep.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the lease");
    }
  }

  /** Time since a reading of {@link #nanos}. */
  Duration since(long start) {
    return Duration.ofNanos(nanos.getAsLong() - start);
  }
}
