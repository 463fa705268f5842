package org.gristmill.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.gristmill.jobs.cli.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes: two runs at once, and a run that is killed. */
class ProcessTest {
  private static final Path HOME = Path.of("../..").toAbsolutePath().normalize();

  @TempDir Path folder;

  @Test
  void aSecondRunStopsAndAKilledOneIsFinishedByTheNext() throws Exception {
    Path input = folder.resolve("input");
    Fixtures.corpus(input);
    Path whole = folder.resolve("whole");
    Fixtures.Printed undisturbed =
        Fixtures.gristmill("run", Fixtures.conf(folder, input, whole, "").toString());
    assertEquals(Exit.DONE, undisturbed.code(), undisturbed.err());

    Path root = folder.resolve("killed");
    Path conf = Fixtures.conf(folder, input, root, "");
    Path log = folder.resolve("log");
    Process first =
        new ProcessBuilder(HOME.resolve("gristmill").toString(), "run", conf.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      waitFor(root.resolve("tables/documents/_delta_log/00000000000000000000.json"), log);
      Fixtures.Printed second = Fixtures.gristmill("run", conf.toString());
      assertEquals(Exit.HELD, second.code(), second.err());
      assertTrue(second.err().contains("nothing was changed"), second.err());
    } finally {
      first.descendants().forEach(ProcessHandle::destroyForcibly);
      first.destroyForcibly();
    }
    assertTrue(first.waitFor(1, TimeUnit.MINUTES));
    assertNotEquals(0, first.exitValue());

    Fixtures.Printed again = Fixtures.gristmill("run", conf.toString());
    assertEquals(Exit.DONE, again.code(), again.err());
    assertEquals(counts(undisturbed), counts(again));
    assertEquals(Fixtures.shards(whole), Fixtures.shards(root));
  }

  /** The ledger without the paths below it. */
  private static String counts(Fixtures.Printed run) {
    return run.out().substring(0, run.out().indexOf("tables "));
  }

  private static void waitFor(Path file, Path log) throws Exception {
    for (int i = 0; i < 2400; i++) {
      if (Files.exists(file)) {
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError(file + " did not appear: " + Files.readString(log));
  }
}
