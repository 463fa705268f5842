package org.gristmill.jobs.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Leases that two drivers reach for at the same moment. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LeaseRaceTest {
  private final World world = new World();

  @AfterEach
  void forget() {
    world.end();
  }

  @ParameterizedTest
  @EnumSource
  void ofTwoThatStartAtOnceOneGoes(World.Writes writes) throws Exception {
    world.on(writes);
    StoreLease[] other = new StoreLease[1];
    world.store.beforeNextPut(
        () -> {
          other[0] = world.unchecked();
          world.keep(other[0]);
        });
    if (writes == World.Writes.CONDITIONAL) {
      assertThrows(RunLease.Held.class, world::take);
      other[0].check();
    } else { // the last to write has it; the other learns before it commits
      StoreLease last = world.take();
      assertThrows(RunLease.Lost.class, other[0]::check);
      last.check();
    }
  }

  /** Both found nothing, or the same dead lease; the other writes while this one lets it settle. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void whereWritesAreBlindTheFirstOfTwoSeesTheSecondWhenItHasSettled(int dead) throws Exception {
    world.store.withoutConditions();
    for (int i = 0; i < dead; i++) {
      world.take();
    }
    Timing timing = world.driver(Duration.ZERO);
    LeaseText other = LeaseText.fresh(World.TERM, timing.wall());
    long[] renewals = {0};
    Timing.Sleep overtaken =
        time -> {
          world.pass(time);
          if (time.equals(timing.settle()) || renewals[0] > 0) {
            String renewed = other.renewed(renewals[0]++).json();
            assertDoesNotThrow(() -> world.store.put(World.KEY, renewed.getBytes(UTF_8), true, ""));
          }
        };
    assertThrows(
        RunLease.Held.class, () -> world.take(World.with(timing, timing.nanos(), overtaken)));
    assertEquals(other.token(), world.text().token());
  }

  @Test
  void ofTwoThatSucceedADeadDriverOneGoes() throws Exception {
    world.take();
    StoreLease[] other = new StoreLease[1];
    world.store.beforeNextPut(
        () -> {
          other[0] = world.unchecked();
          world.keep(other[0]);
        });
    assertThrows(RunLease.Held.class, world::take);
    other[0].check();
    assertEquals(other[0].token(), world.text().token());
  }

  @Test
  void aDriverPausedBetweenLookAndWriteOverwritesNothing() throws Exception {
    StoreLease sleeper = world.take();
    StoreLease[] heir = new StoreLease[1];
    world.store.beforeNextPut(() -> heir[0] = world.unchecked());
    sleeper.renew();
    assertEquals(heir[0].token(), world.text().token());
    assertThrows(RunLease.Lost.class, sleeper::check);
    heir[0].check();
  }

  @Test
  void whereWritesAreBlindTheSameStopsBoth() throws Exception {
    world.store.withoutConditions();
    StoreLease sleeper = world.take();
    StoreLease[] heir = new StoreLease[1];
    world.store.beforeNextPut(() -> heir[0] = world.unchecked());
    sleeper.renew();
    assertThrows(RunLease.Lost.class, sleeper::check);
    assertThrows(RunLease.Lost.class, heir[0]::check);
  }
}
