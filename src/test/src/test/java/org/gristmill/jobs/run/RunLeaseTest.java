package org.gristmill.jobs.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.gristmill.jobs.ObjectStore;
import org.gristmill.jobs.ObjectStoreData;
import org.gristmill.jobs.ObjectStoreData.Fault;
import org.gristmill.jobs.ObjectStoreData.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Leases on an object store, in a world whose time only passes when somebody waits. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RunLeaseTest {
  private static final String BUCKET = "lease";
  private static final String ROOT = "s3a://" + BUCKET + "/root";
  private static final String KEY = "root/_lease";
  private static final Configuration HADOOP = ObjectStore.register(new Configuration());

  static {
    HADOOP.setBoolean("fs.s3a.impl.disable.cache", true);
  }

  private final World world = new World();
  private final ObjectStoreData store = ObjectStoreData.of(BUCKET);

  /** Whether the store can write on condition of what is there. */
  enum Writes {
    CONDITIONAL,
    BLIND
  }

  @AfterEach
  void forget() {
    ObjectStoreData.remove(BUCKET);
  }

  private StoreLease take(Timing timing) throws IOException {
    Path folder = new Path(ROOT);
    return StoreLease.take(
        ROOT,
        new LeaseFile(folder.getFileSystem(HADOOP), new Path(folder, "_lease"), timing),
        timing);
  }

  private StoreLease take(Duration ahead) throws IOException {
    return take(world.driver(ahead));
  }

  private StoreLease take() throws IOException {
    return take(Duration.ZERO);
  }

  private StoreLease takeAlive() throws IOException {
    StoreLease lease = take();
    world.keep(lease);
    return lease;
  }

  private StoreLease unchecked() {
    try {
      return take();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private LeaseText text() {
    return LeaseText.parse(store.text(KEY)).orElseThrow();
  }

  private void on(Writes writes) {
    if (writes == Writes.BLIND) {
      store.withoutConditions();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSecondDriverIsTurnedAwayAndChangesNothing(Writes writes) throws Exception {
    on(writes);
    StoreLease first = takeAlive();
    Duration start = world.now();
    long written = store.written();
    RunLease.Held held = assertThrows(RunLease.Held.class, this::take);
    assertTrue(held.getMessage().contains(text().holder()), held.getMessage());
    assertTrue(held.getMessage().contains("since 2025-01-01T00:00:00Z"), held.getMessage());
    assertTrue(world.now().minus(start).compareTo(Duration.ofSeconds(45)) < 0);
    assertEquals(written + 1, store.written(), "only the first driver's renewal");
    assertEquals(first.token(), text().token());
    first.check();
  }

  @ParameterizedTest
  @EnumSource
  void aDriverThatWakesUpLateLeavesTheNewLeaseAlone(Writes writes) throws Exception {
    on(writes);
    StoreLease sleeper = take();
    StoreLease heir = take();
    String lease = store.text(KEY);
    sleeper.renew();
    assertEquals(lease, store.text(KEY));
    assertThrows(RunLease.Lost.class, sleeper::check);
    assertEquals(lease, store.text(KEY));
    sleeper.close();
    assertEquals(lease, store.text(KEY));
    heir.check();
    assertNotEquals(sleeper.token(), heir.token());
  }

  /** Its own clock stood still with it, as a suspended machine's may: only the file tells. */
  @ParameterizedTest
  @EnumSource
  void aDriverWhoseClockStoodStillLearnsWhoTookIt(Writes writes) throws Exception {
    on(writes);
    Timing awake = world.driver(Duration.ZERO);
    StoreLease sleeper = take(with(awake, () -> 0, awake.sleep()));
    StoreLease heir = take(Duration.ofHours(5));
    String lease = store.text(KEY);
    sleeper.renew();
    RunLease.Lost lost = assertThrows(RunLease.Lost.class, sleeper::check);
    assertTrue(lost.getMessage().contains("since 2025-01-01T05:00:00Z"), lost.getMessage());
    sleeper.close();
    assertEquals(lease, store.text(KEY));
    heir.check();
  }

  private static Timing with(Timing timing, LongSupplier nanos, Timing.Sleep sleep) {
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

  @ParameterizedTest
  @ValueSource(longs = {-5, 0, 5})
  void aDeadDriverIsSucceededAfterTheTermWhateverTheClocksSay(long hours) throws Exception {
    Duration skew = Duration.ofHours(hours);
    store.skew(skew);
    take(skew.negated());
    StoreLease heir = take(skew.multipliedBy(2));
    assertTrue(world.now().compareTo(World.TERM) >= 0, world.now().toString());
    assertTrue(world.now().compareTo(World.TERM.plusSeconds(5)) < 0, world.now().toString());
    assertEquals(heir.token(), text().token());
    assertTrue(world.said().get(0).contains("up to 180 s"), world.said().toString());
  }

  @ParameterizedTest
  @ValueSource(longs = {-5, 5})
  void aLiveDriverKeepsItsLeaseWhateverTheClocksSay(long hours) throws Exception {
    Duration skew = Duration.ofHours(hours);
    store.skew(skew);
    StoreLease first = take(skew.negated());
    world.keep(first);
    world.pass(World.TERM.multipliedBy(3)); // setTimes would have done nothing all the while
    assertThrows(RunLease.Held.class, () -> take(skew.multipliedBy(2)));
    first.check();
  }

  @Test
  void aLeaseWithALongerTermIsWatchedForAsLong() throws Exception {
    take();
    String longer = store.text(KEY).replace("\"term\":180", "\"term\":600");
    store.put(KEY, longer.getBytes(UTF_8), true, "");
    take();
    assertTrue(world.now().compareTo(Duration.ofSeconds(600)) >= 0);
  }

  @Test
  void aLeaseGivenBackIsTakenAtOnce() throws Exception {
    take().close();
    assertTrue(text().released());
    StoreLease next = take();
    next.close();
    next.close();
    assertEquals(Duration.ZERO, world.now());
  }

  @Test
  void whereWritesAreBlindALeaseGivenBackIsGone() throws Exception {
    store.withoutConditions();
    take().close();
    assertFalse(store.keys().contains(KEY));
  }

  @Test
  void aDriverThatWaitsIsNextWhenTheFirstFinishes() throws Exception {
    StoreLease first = take();
    Duration[] slept = {Duration.ZERO};
    Timing timing = world.driver(Duration.ZERO);
    StoreLease second =
        take(
            with(
                timing,
                timing.nanos(),
                time -> {
                  slept[0] = slept[0].plus(time);
                  assertDoesNotThrow(first::close);
                }));
    assertEquals(timing.poll(), slept[0]);
    second.check();
  }

  @ParameterizedTest
  @EnumSource
  void ofTwoThatStartAtOnceOneGoes(Writes writes) throws Exception {
    on(writes);
    StoreLease[] other = new StoreLease[1];
    store.beforeNextPut(
        () -> {
          other[0] = unchecked();
          world.keep(other[0]);
        });
    if (writes == Writes.CONDITIONAL) {
      assertThrows(RunLease.Held.class, this::take);
      other[0].check();
    } else { // the last to write has it; the other learns before it commits
      StoreLease last = take();
      assertThrows(RunLease.Lost.class, other[0]::check);
      last.check();
    }
  }

  /** Both found nothing, or the same dead lease; the other writes while this one lets it settle. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void whereWritesAreBlindTheFirstOfTwoSeesTheSecondWhenItHasSettled(int dead) throws Exception {
    store.withoutConditions();
    for (int i = 0; i < dead; i++) {
      take();
    }
    Timing timing = world.driver(Duration.ZERO);
    LeaseText other = LeaseText.fresh(World.TERM, timing.wall());
    long[] renewals = {0};
    Timing.Sleep overtaken =
        time -> {
          world.pass(time);
          if (time.equals(timing.settle()) || renewals[0] > 0) {
            String renewed = other.renewed(renewals[0]++).json();
            assertDoesNotThrow(() -> store.put(KEY, renewed.getBytes(UTF_8), true, ""));
          }
        };
    assertThrows(RunLease.Held.class, () -> take(with(timing, timing.nanos(), overtaken)));
    assertEquals(other.token(), text().token());
  }

  @Test
  void ofTwoThatSucceedADeadDriverOneGoes() throws Exception {
    take();
    StoreLease[] other = new StoreLease[1];
    store.beforeNextPut(
        () -> {
          other[0] = unchecked();
          world.keep(other[0]);
        });
    assertThrows(RunLease.Held.class, this::take);
    other[0].check();
    assertEquals(other[0].token(), text().token());
  }

  @Test
  void aDriverPausedBetweenLookAndWriteOverwritesNothing() throws Exception {
    StoreLease sleeper = take();
    StoreLease[] heir = new StoreLease[1];
    store.beforeNextPut(() -> heir[0] = unchecked());
    sleeper.renew();
    assertEquals(heir[0].token(), text().token());
    assertThrows(RunLease.Lost.class, sleeper::check);
    heir[0].check();
  }

  @Test
  void whereWritesAreBlindTheSameStopsBoth() throws Exception {
    store.withoutConditions();
    StoreLease sleeper = take();
    StoreLease[] heir = new StoreLease[1];
    store.beforeNextPut(() -> heir[0] = unchecked());
    sleeper.renew();
    assertThrows(RunLease.Lost.class, sleeper::check);
    assertThrows(RunLease.Lost.class, heir[0]::check);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CUT_OFF")
  void aRenewalThatFailsOnceIsMadeUpFor(Fault fault) throws Exception {
    StoreLease lease = take();
    world.keep(lease);
    store.fail(Kind.CHANGES, KEY::equals, 1, fault);
    world.pass(World.BEAT);
    lease.check();
    world.pass(World.TERM.multipliedBy(2));
    store.fail(Kind.CHANGES, KEY::equals, 1, fault);
    lease.check();
    assertTrue(text().renewal() > 10);
  }

  @Test
  void aLeaseThatCannotBeRenewedIsLostAfterItsTerm() throws Exception {
    StoreLease lease = take();
    world.keep(lease);
    store.fail(Kind.CHANGES, KEY::equals, 1, Fault.CUT_OFF);
    world.pass(World.TERM);
    assertThrows(UncheckedIOException.class, lease::check, "not yet lost, but nobody can tell");
    world.pass(World.BEAT);
    assertThrows(RunLease.Lost.class, lease::check);
    store.heal();
    world.pass(World.BEAT);
    assertThrows(RunLease.Lost.class, lease::check, "and for good");
  }

  @Test
  void aLeaseFileThatSomebodyRemovedIsNotMadeAgain() throws Exception {
    StoreLease lease = take();
    store.delete(KEY);
    RunLease.Lost lost = assertThrows(RunLease.Lost.class, lease::check);
    assertTrue(lost.getMessage().contains("somebody removed"), lost.getMessage());
    lease.renew();
    lease.close();
    assertFalse(store.keys().contains(KEY));
  }

  /** Real time, in milliseconds: the thread renews until the lease is closed. */
  @Test
  void aLeaseKeepsItself() throws Exception {
    Timing real =
        new Timing(
            Duration.ofMillis(1),
            Duration.ofMinutes(3),
            Duration.ofMillis(1),
            Duration.ofMillis(1),
            System::nanoTime,
            Timing.REAL.wall(),
            Timing.REAL.sleep(),
            line -> {});
    try (RunLease lease = RunLease.take(ROOT, HADOOP, real)) {
      assertTrue(lease.token().matches("[0-9a-f]{16}"), lease.token());
      assertThrows(RunLease.Held.class, () -> RunLease.take(ROOT, HADOOP, real));
      while (text().renewal() < 5) {
        Thread.sleep(1);
      }
      lease.check();
    }
    String after = store.text(KEY);
    Thread.sleep(5);
    assertEquals(after, store.text(KEY));
    assertEquals(0, store.count(Set.of(Kind.COPY, Kind.DELETE)));
  }
}
