package org.gristmill.jobs.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only when somebody sleeps, and the drivers that are alive in it. */
final class World {
  static final Duration BEAT = Timing.REAL.beat();
  static final Duration TERM = Timing.REAL.term();

  private final List<StoreLease> alive = new ArrayList<>();
  private final List<String> said = new ArrayList<>();
  private Duration now = Duration.ZERO;
  private Duration nextBeat = BEAT;

  /**
   * The clocks of one driver.
   *
   * @param ahead of the true time; its monotonic clock counts from there too
   */
  Timing driver(Duration ahead) {
    return new Timing(
        BEAT,
        TERM,
        Timing.REAL.poll(),
        Duration.ofSeconds(3), // not the poll's, so that a test can tell them apart
        () -> now.plus(ahead).toNanos(),
        Clock.fixed(Instant.parse("2025-01-01T00:00:00Z").plus(ahead), ZoneOffset.UTC),
        this::pass,
        said::add);
  }

  /** A driver that renews its lease from now on, whenever time passes. */
  void keep(StoreLease lease) {
    alive.add(lease);
  }

  void pass(Duration time) {
    Duration end = now.plus(time);
    while (nextBeat.compareTo(end) <= 0) {
      now = nextBeat.compareTo(now) > 0 ? nextBeat : now;
      nextBeat = nextBeat.plus(BEAT);
      for (StoreLease lease : alive) {
        try {
          lease.renew();
        } catch (java.io.IOException e) {
          said.add(e.toString());
        }
      }
    }
    now = end.compareTo(now) > 0 ? end : now;
  }

  Duration now() {
    return now;
  }

  List<String> said() {
    return said;
  }
}
