package org.gristmill.sources.book;

import java.io.IOException;

/** Counts the steps of a parser, and stops it when they are too many, whatever it catches. */
final class Work {
  private final long max;
  private volatile long done;
  private volatile boolean stopped;

  Work(long max) {
    this.max = max;
  }

  /** More steps than are allowed, or nobody waits for more. */
  static final class TooMuch extends IOException {
    private static final long serialVersionUID = 1L;

    TooMuch(String message) {
      super(message);
    }
  }

  /** Counts steps; to be called by the parser's thread alone. */
  void add(long steps) throws TooMuch {
    long now = done + steps;
    done = now;
    if (isTooMuch()) {
      throw new TooMuch("more than " + max + " steps");
    }
    if (stopped) {
      throw new TooMuch("stopped");
    }
  }

  boolean isTooMuch() {
    return done > max;
  }

  long max() {
    return max;
  }

  /** Steps so far; any thread may ask. */
  long done() {
    return done;
  }

  /** Makes the parser fail at its next step, from another thread. */
  void stop() {
    stopped = true;
  }
}
