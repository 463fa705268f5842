package org.gristmill.jobs.run;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
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
  private volatile String head = "";
  private volatile long begun;
  private volatile long shown;

  public Progress(PrintStream out) {
    this.out = out;
  }

  void begin(String job, int number, int of) {
    head = String.format(Locale.ROOT, "[%d/%d] ", number, of);
    tasks.set(0);
    done.set(0);
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

  void end(String text) {
    out.println((terminal ? "\r\033[K" : "") + head + text);
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
    tasks.addAndGet(submitted.stageInfo().numTasks());
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    int finished = done.incrementAndGet();
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
