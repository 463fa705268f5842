package org.gristmill.jobs.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import org.gristmill.jobs.run.LeaseFile.Seen;

/**
 * The lease of a root that is not on a local disk: a file {@code ROOT/_lease}.
 *
 * <p>It is created only if it does not exist, and its owner rewrites it every {@link Timing#beat}
 * with a counter that grows. Whoever finds it looks at it every {@link Timing#poll}: a change means
 * a live owner, so {@link RunLease.Held} comes after a beat and a poll (22 s) at the latest, unless
 * the owner has trouble renewing. Only who has seen it unchanged for the whole {@link Timing#term}
 * (3 min), by its own monotonic clock, takes it.
 *
 * <p>The owner counts its term from before its last renewal began, a watcher from after it read
 * that renewal: the owner's is over first. A lease that was not renewed for its term stays lost,
 * even if nobody took it.
 */
final class StoreLease extends RunLease {
  private final String root;
  private final LeaseFile file;
  private final Timing timing;
  private final Thread beat;
  private LeaseText mine;
  private long renewed;
  private String lost = ""; // why; empty while it is not
  private boolean closed;

  private StoreLease(String root, LeaseFile file, Timing timing, LeaseText mine, long renewed) {
    this.root = root;
    this.file = file;
    this.timing = timing;
    this.mine = mine;
    this.renewed = renewed;
    this.beat = new Thread(this::beat, "run-lease");
    this.beat.setDaemon(true);
  }

  /** Takes the lease; does not yet keep it. */
  static StoreLease take(String root, LeaseFile file, Timing timing) throws IOException {
    LeaseText mine = LeaseText.fresh(timing.term(), timing.wall());
    while (true) {
      Optional<Seen> there = file.read();
      if (there.isPresent()) {
        there = abandoned(root, file, timing, there.get());
      }
      long start = timing.nanos().getAsLong();
      boolean taken =
          there.isPresent() ? file.take(there.get(), mine.json()) : file.create(mine.json());
      if (taken) {
        return new StoreLease(root, file, timing, mine, start);
      } // another was first: look at its lease
    }
  }

  /**
   * The lease as it stands once nobody holds it; empty if its file is gone.
   *
   * @throws RunLease.Held as soon as its owner renews it
   */
  private static Optional<Seen> abandoned(String root, LeaseFile file, Timing timing, Seen first)
      throws IOException {
    Duration term =
        LeaseText.parse(first.content())
            .map(text -> Duration.ofSeconds(text.term()))
            .filter(theirs -> theirs.compareTo(timing.term()) > 0)
            .orElse(timing.term());
    Optional<Seen> now = Optional.of(first);
    long start = timing.nanos().getAsLong();
    if (!released(first)) {
      timing
          .say()
          .accept(
              String.format(
                  "%s is held by %s; looking for up to %d s whether that run is alive",
                  root, LeaseText.who(first.content()), term.toSeconds()));
    }
    while (now.isPresent() && !released(now.get()) && timing.since(start).compareTo(term) < 0) {
      timing.pause(timing.poll());
      now = file.read();
      String content = now.map(Seen::content).orElse(first.content());
      if (!content.equals(first.content()) && !released(now.orElse(first))) {
        throw new Held(root, LeaseText.who(content));
      }
    }
    return now;
  }

  private static boolean released(Seen seen) {
    return LeaseText.parse(seen.content()).filter(LeaseText::released).isPresent();
  }

  /** Renews the lease from now on, every beat. */
  void keep() {
    beat.start();
  }

  @Override
  public String token() {
    return mine.token();
  }

  /**
   * Looks at the file and renews it, so that the commit which follows has a whole term. A renewal
   * that fails is not the end, as long as the file says that the lease is this run's.
   */
  @Override
  public synchronized void check() {
    try {
      Optional<Seen> seen = owned();
      if (seen.isPresent()) {
        try {
          write(seen.get());
        } catch (IOException e) {
          complain(e);
        }
      }
    } catch (IOException e) {
      expire();
      if (lost.isEmpty()) {
        throw new UncheckedIOException(e);
      }
    }
    expire();
    if (!lost.isEmpty()) {
      throw new Lost(root, lost);
    }
  }

  /** Renews the lease, or finds out that it is lost. */
  synchronized void renew() throws IOException {
    if (closed) {
      return;
    }
    Optional<Seen> seen = owned();
    if (seen.isPresent()) {
      write(seen.get());
    }
  }

  /** The lease file, if this run owns it; otherwise it is lost from now on. */
  private Optional<Seen> owned() throws IOException {
    if (!lost.isEmpty()) {
      return Optional.empty();
    }
    Optional<Seen> seen = file.read();
    if (seen.flatMap(s -> LeaseText.parse(s.content())).filter(this::ours).isEmpty()) {
      taken(seen);
    } else {
      expire();
    }
    return lost.isEmpty() ? seen : Optional.empty();
  }

  private void write(Seen seen) throws IOException {
    long start = timing.nanos().getAsLong();
    long counter = LeaseText.parse(seen.content()).map(LeaseText::renewal).orElse(0L);
    LeaseText next = mine.renewed(Math.max(mine.renewal(), counter) + 1);
    if (file.replace(seen, next.json())) {
      expire(); // stood still while it wrote: another may have been there
      mine = next;
      renewed = start;
    } else {
      taken(file.read());
    }
  }

  private boolean ours(LeaseText text) {
    return text.token().equals(mine.token()) && !text.released();
  }

  private void taken(Optional<Seen> by) {
    lost =
        by.map(seen -> "it was taken by " + LeaseText.who(seen.content()))
            .orElse("somebody removed " + file);
  }

  private void expire() {
    if (lost.isEmpty() && timing.since(renewed).compareTo(timing.term()) > 0) {
      lost = "it could not be renewed for more than " + timing.term().toSeconds() + " s";
    }
  }

  private synchronized boolean over() {
    if (!lost.isEmpty() && !closed) {
      timing.say().accept(new Lost(root, lost).getMessage());
    }
    return closed || !lost.isEmpty();
  }

  private void beat() {
    while (!over()) {
      try {
        timing.sleep().sleep(timing.beat());
        renew();
      } catch (InterruptedException e) {
        return; // closed
      } catch (IOException | RuntimeException e) {
        complain(e);
      }
    }
  }

  private void complain(Exception e) {
    timing.say().accept("cannot renew the lease " + file + ", will try again: " + e);
  }

  /** Where the lease could not be renewed any more, it is left to expire. */
  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    beat.interrupt(); // asleep, or waiting for this lease's monitor: never in the midst of a write
    Optional<Seen> seen = owned();
    if (seen.isPresent()) {
      file.release(seen.get(), mine.givenBack().json());
    }
  }
}
