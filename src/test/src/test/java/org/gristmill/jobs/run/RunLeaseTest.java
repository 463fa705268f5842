package org.gristmill.jobs.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
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
  private final World world = new World();

  @AfterEach
  void forget() {
    world.end();
  }

  @ParameterizedTest
  @EnumSource
  void aSecondDriverIsTurnedAwayAndChangesNothing(World.Writes writes) throws Exception {
    world.on(writes);
    StoreLease first = world.takeAlive();
    Duration start = world.now();
    long written = world.store.written();
    RunLease.Held held = assertThrows(RunLease.Held.class, world::take);
    assertTrue(held.getMessage().contains(world.text().holder()), held.getMessage());
    assertTrue(held.getMessage().contains("since 2025-01-01T00:00:00Z"), held.getMessage());
    assertTrue(world.now().minus(start).compareTo(Duration.ofSeconds(45)) < 0);
    assertEquals(written + 1, world.store.written(), "only the first driver's renewal");
    assertEquals(first.token(), world.text().token());
    first.check();
  }

  @ParameterizedTest
  @EnumSource
  void aDriverThatWakesUpLateLeavesTheNewLeaseAlone(World.Writes writes) throws Exception {
    world.on(writes);
    StoreLease sleeper = world.take();
    StoreLease heir = world.take();
    String lease = world.store.text(World.KEY);
    sleeper.renew();
    assertEquals(lease, world.store.text(World.KEY));
    RunLease.Lost lost = assertThrows(RunLease.Lost.class, sleeper::check);
    assertTrue(lost.getMessage().contains("taken by process"), lost.getMessage());
    assertEquals(lease, world.store.text(World.KEY));
    sleeper.close();
    assertEquals(lease, world.store.text(World.KEY));
    heir.check();
    assertNotEquals(sleeper.token(), heir.token());
  }

  /** Its own clock stood still with it, as a suspended machine's may: only the file tells. */
  @ParameterizedTest
  @EnumSource
  void aDriverWhoseClockStoodStillLearnsWhoTookIt(World.Writes writes) throws Exception {
    world.on(writes);
    Timing awake = world.driver(Duration.ZERO);
    StoreLease sleeper = world.take(World.with(awake, () -> 0, awake.sleep()));
    StoreLease heir = world.take(Duration.ofHours(5));
    String lease = world.store.text(World.KEY);
    sleeper.renew();
    RunLease.Lost lost = assertThrows(RunLease.Lost.class, sleeper::check);
    assertTrue(lost.getMessage().contains("since 2025-01-01T05:00:00Z"), lost.getMessage());
    sleeper.close();
    assertEquals(lease, world.store.text(World.KEY));
    heir.check();
  }

  @ParameterizedTest
  @ValueSource(longs = {-5, 0, 5})
  void aDeadDriverIsSucceededAfterTheTermWhateverTheClocksSay(long hours) throws Exception {
    Duration skew = Duration.ofHours(hours);
    world.store.skew(skew);
    world.take(skew.negated());
    StoreLease heir = world.take(skew.multipliedBy(2));
    assertTrue(world.now().compareTo(World.TERM) >= 0, world.now().toString());
    assertTrue(world.now().compareTo(World.TERM.plusSeconds(5)) < 0, world.now().toString());
    assertEquals(heir.token(), world.text().token());
    assertTrue(world.said().get(0).contains("up to 180 s"), world.said().toString());
  }

  @ParameterizedTest
  @ValueSource(longs = {-5, 5})
  void aLiveDriverKeepsItsLeaseWhateverTheClocksSay(long hours) throws Exception {
    Duration skew = Duration.ofHours(hours);
    world.store.skew(skew);
    StoreLease first = world.take(skew.negated());
    world.keep(first);
    world.pass(World.TERM.multipliedBy(3)); // setTimes would have done nothing all the while
    assertThrows(RunLease.Held.class, () -> world.take(skew.multipliedBy(2)));
    first.check();
  }

  @Test
  void aLeaseWithALongerTermIsWatchedForAsLong() throws Exception {
    world.take();
    String longer = world.store.text(World.KEY).replace("\"term\":180", "\"term\":600");
    world.store.put(World.KEY, longer.getBytes(UTF_8), true, "");
    world.take();
    assertTrue(world.now().compareTo(Duration.ofSeconds(600)) >= 0);
  }

  @Test
  void aLeaseGivenBackIsTakenAtOnce() throws Exception {
    world.take().close();
    assertTrue(world.text().released());
    StoreLease next = world.take();
    next.close();
    next.close();
    assertEquals(Duration.ZERO, world.now());
  }

  @Test
  void whereWritesAreBlindALeaseGivenBackIsGone() throws Exception {
    world.store.withoutConditions();
    world.take().close();
    assertFalse(world.store.keys().contains(World.KEY));
  }

  @Test
  void aDriverThatWaitsIsNextWhenTheFirstFinishes() throws Exception {
    StoreLease first = world.take();
    Duration[] slept = {Duration.ZERO};
    Timing timing = world.driver(Duration.ZERO);
    StoreLease second =
        world.take(
            World.with(
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
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CUT_OFF")
  void aRenewalThatFailsOnceIsMadeUpFor(Fault fault) throws Exception {
    StoreLease lease = world.take();
    world.keep(lease);
    world.store.fail(Kind.CHANGES, World.KEY::equals, 1, fault);
    world.pass(World.BEAT);
    lease.check();
    world.pass(World.TERM.multipliedBy(2));
    world.store.fail(Kind.CHANGES, World.KEY::equals, 1, fault);
    lease.check();
    assertTrue(world.text().renewal() > 10);
  }

  @Test
  void aLeaseThatCannotBeRenewedIsLostAfterItsTerm() throws Exception {
    StoreLease lease = world.take();
    world.keep(lease);
    world.store.fail(Kind.CHANGES, World.KEY::equals, 1, Fault.CUT_OFF);
    world.pass(World.TERM);
    assertThrows(UncheckedIOException.class, lease::check, "not yet lost, but nobody can tell");
    world.pass(World.BEAT);
    assertThrows(RunLease.Lost.class, lease::check);
    world.store.heal();
    world.pass(World.BEAT);
    assertThrows(RunLease.Lost.class, lease::check, "and for good");
  }

  @Test
  void aLeaseFileThatSomebodyRemovedIsNotMadeAgain() throws Exception {
    StoreLease lease = world.take();
    world.store.delete(World.KEY);
    RunLease.Lost lost = assertThrows(RunLease.Lost.class, lease::check);
    assertTrue(lost.getMessage().contains("somebody removed"), lost.getMessage());
    lease.renew();
    lease.close();
    assertFalse(world.store.keys().contains(World.KEY));
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
    try (RunLease lease = RunLease.take(World.ROOT, World.HADOOP, real)) {
      assertTrue(lease.token().matches("[0-9a-f]{16}"), lease.token());
      assertThrows(RunLease.Held.class, () -> RunLease.take(World.ROOT, World.HADOOP, real));
      while (world.text().renewal() < 5) {
        Thread.sleep(1);
      }
      lease.check();
    }
    String after = world.store.text(World.KEY);
    Thread.sleep(5);
    assertEquals(after, world.store.text(World.KEY));
    assertEquals(0, world.store.count(Set.of(Kind.COPY, Kind.DELETE)));
  }
}
