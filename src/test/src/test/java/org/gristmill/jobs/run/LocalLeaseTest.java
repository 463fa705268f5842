package org.gristmill.jobs.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Leases on a local disk, where the operating system holds the lock. */
class LocalLeaseTest {
  @TempDir private Path root;

  private RunLease take() throws Exception {
    return RunLease.take(root.toString(), new Configuration());
  }

  /** What another process is told: that it has the lease, or who has. */
  public static void main(String[] args) throws Exception {
    try (RunLease lease = LocalLease.take(args[0], Path.of(args[0]), Timing.REAL)) {
      lease.check();
      System.out.println("taken");
    } catch (RunLease.Held e) {
      System.out.println(e.getMessage());
    }
  }

  private String another() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LocalLeaseTest.class.getName(),
                root.toString())
            .redirectErrorStream(true)
            .start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertEquals(0, process.waitFor(), printed);
    return printed;
  }

  @Test
  void aSecondIsTurnedAwayInThisProcessAndInAnother() throws Exception {
    try (RunLease lease = take()) {
      RunLease.Held held = assertThrows(RunLease.Held.class, this::take);
      String self = "process " + ProcessHandle.current().pid();
      assertTrue(held.getMessage().contains(self), held.getMessage());
      lease.check();
      String printed = another();
      assertTrue(printed.contains(self), printed); // neither the refusal nor check() drops the lock
      lease.check();
    }
    assertEquals("taken", another());
  }

  @Test
  void aRunThatDidNothingLeavesNoTrace() throws Exception {
    take().close();
    Path lock = root.resolve("_lock");
    FileTime old = FileTime.from(Instant.parse("2025-01-01T00:00:00Z"));
    Files.setLastModifiedTime(lock, old);
    RunLease lease = take();
    lease.check();
    lease.close();
    lease.close();
    assertEquals(old, Files.getLastModifiedTime(lock));
    assertEquals(0, Files.size(lock));
    assertFalse(Files.exists(root.resolve("_lease")));
  }

  @Test
  void whatAKilledProcessLeftIsNoLease() throws Exception {
    String left = LeaseText.fresh(Timing.REAL.term(), Timing.REAL.wall()).json();
    Files.writeString(root.resolve("_lease"), left.replace(LeaseText.PROCESS, "0123456789abcdef"));
    try (RunLease lease = take()) {
      lease.check();
    }
  }

  @Test
  void aLeaseThatAnotherHasWrittenIsLostAndStays() throws Exception {
    Path file = root.resolve("_lease");
    RunLease lease = take();
    String other = LeaseText.fresh(Timing.REAL.term(), Timing.REAL.wall()).json();
    Files.writeString(file, other);
    assertThrows(RunLease.Lost.class, lease::check);
    lease.close();
    assertEquals(other, Files.readString(file));
  }

  @Test
  void aLeaseWhoseFolderWasRemovedIsLost() throws Exception {
    RunLease lease = take();
    Files.delete(root.resolve("_lease"));
    assertThrows(RunLease.Lost.class, lease::check);
    lease.close();
  }
}
