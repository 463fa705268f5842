package org.gristmill.jobs.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.gristmill.jobs.ObjectStore;
import org.gristmill.jobs.ObjectStoreData;

/** Time that passes only when somebody sleeps, and the drivers that are alive in it. */
final class World {
  static final String BUCKET = "lease";
  static final String ROOT = "s3a://" + BUCKET + "/root";
  static final String KEY = "root/_lease";
  static final Configuration HADOOP = ObjectStore.register(new Configuration());

  static {
    HADOOP.setBoolean("fs.s3a.impl.disable.cache", true);
  }

  /** Whether the store can write on condition of what is there. */
  enum Writes {
    CONDITIONAL,
    BLIND
  }

  static final Duration BEAT = Timing.REAL.beat();
  static final Duration TERM = Timing.REAL.term();

  final ObjectStoreData store = ObjectStoreData.of(BUCKET);

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
        } catch (IOException e) {
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

  StoreLease take(Timing timing) throws IOException {
    Path folder = new Path(ROOT);
    return StoreLease.take(
        ROOT,
        new LeaseFile(folder.getFileSystem(HADOOP), new Path(folder, "_lease"), timing),
        timing);
  }

  StoreLease take(Duration ahead) throws IOException {
    return take(driver(ahead));
  }

  StoreLease take() throws IOException {
    return take(Duration.ZERO);
  }

  StoreLease takeAlive() throws IOException {
    StoreLease lease = take();
    keep(lease);
    return lease;
  }

  StoreLease unchecked() {
    try {
      return take();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  LeaseText text() {
    return LeaseText.parse(store.text(KEY)).orElseThrow();
  }

  void on(Writes writes) {
    if (writes == Writes.BLIND) {
      store.withoutConditions();
    }
  }

  static Timing with(Timing timing, LongSupplier nanos, Timing.Sleep sleep) {
    return new Timing(
        timing.beat(),
        timing.term(),
        timing.poll(),
        timing.settle(),
        nanos,
        timing.wall(),
        sleep,
        timing.say());
  }

  /** Forgets the store. */
  void end() {
    ObjectStoreData.remove(BUCKET);
  }
}
