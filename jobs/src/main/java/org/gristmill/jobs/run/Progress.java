package org.gristmill.jobs.run;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Shows how far a run is: one line a job, on a terminal with the tasks done so far. */
public final class Progress extends SparkListener {
  private static final long EVERY_NANOS = 10_000_000_000L;

  private final PrintStream out;
  private final boolean terminal = System.console() != null;
  private final AtomicInteger tasks = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();
  private final LongAdder cpuNanos = new LongAdder();
  private final LongAdder shuffled = new LongAdder();
  private final LongAdder written = new LongAdder();
  private volatile SparkContext spark;
  private volatile String head = "";
  private volatile long begun;
  private volatile long shown;

  public Progress(PrintStream out) {
    this.out = out;
  }

  /** Listens to the tasks of a session from now on. */
  public void listen(SparkContext context) {
    spark = context;
    context.addSparkListener(this);
  }

  void begin(String job, int number, int of) {
    head = String.format(Locale.ROOT, "[%d/%d] ", number, of);
    tasks.set(0);
    done.set(0);
    cpuNanos.reset();
    shuffled.reset();
    written.reset();
    begun = System.nanoTime();
    shown = begun;
    if (terminal) {
      out.print(head + job + " ...");
      out.flush();
    }
  }

  /** A line of its own, for a person. */
  void line(String text) {
    out.println((terminal ? "\r\033[K" : "") + text);
  }

  /** What the tasks of a job cost, for a person: nothing if there were none. */
  String cost() {
    if (spark == null) {
      return "";
    }
    try {
      spark.listenerBus().waitUntilEmpty(EVERY_NANOS / 1_000_000);
    } catch (TimeoutException e) {
      // what has been heard of so far is better than nothing
    }
    return done.get() == 0
        ? ""
        : String.format(
            Locale.ROOT,
            " (%d tasks, %.1f CPU s, %s shuffled, %s written)",
            done.get(),
            cpuNanos.sum() / 1e9,
            Estimate.bytes(shuffled.sum()),
            Estimate.bytes(written.sum()));
  }

  void end(String text) {
    out.println((terminal ? "\r\033[K" : "") + head + text + cost());
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
    tasks.addAndGet(submitted.stageInfo().numTasks());
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    int finished = done.incrementAndGet();
    if (end.taskMetrics() != null) {
      cpuNanos.add(end.taskMetrics().executorCpuTime());
      shuffled.add(end.taskMetrics().shuffleWriteMetrics().bytesWritten());
      written.add(end.taskMetrics().outputMetrics().bytesWritten());
    }
    long now = System.nanoTime();
    if (now - shown > (terminal ? EVERY_NANOS / 20 : EVERY_NANOS)) {
      shown = now;
      String line =
          String.format(
              Locale.ROOT,
              "%s%d of %d tasks so far, %.0f s",
              head,
              finished,
              tasks.get(),
              (now - begun) / 1e9);
      if (terminal) {
        out.print("\r\033[K" + line);
        out.flush();
      } else {
        out.println(line);
      }
    }
  }
}
