package org.gristmill.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gristmill.jobs.cli.Exit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gristmill in processes of its own gives what an undisturbed run in this one does. */
class ProcessTest {
  private static final Path HOME = Path.of("../..").toAbsolutePath().normalize();

  @TempDir static Path folder;
  private static Path input;
  private static Path whole;
  private static Fixtures.Printed undisturbed;

  @BeforeAll
  static void runUndisturbed() throws IOException {
    Assumptions.assumeTrue(
        Files.exists(HOME.resolve("jobs/target/gristmill.jar")),
        "gristmill.jar is not built: run mvn verify");
    input = folder.resolve("input");
    whole = folder.resolve("whole");
    Fixtures.corpus(input);
    undisturbed = Fixtures.gristmill("run", Fixtures.conf(folder, input, whole, "").toString());
    assertEquals(Exit.DONE, undisturbed.code(), undisturbed.err());
    assertTrue(Fixtures.shards(whole).size() > 2);
  }

  private static ProcessBuilder process(Path log, String... command) {
    ProcessBuilder process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    process.environment().put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1"); // all short runs
    return process;
  }

  @Test
  void aSecondRunStopsAndAKilledOneIsFinishedByTheNext() throws Exception {
    Path root = folder.resolve("killed");
    Path conf = Fixtures.conf(folder, input, root, "");
    Path log = folder.resolve("log");
    Process first =
        process(log, HOME.resolve("gristmill").toString(), "run", conf.toString()).start();
    try {
      Path commit = root.resolve("tables/documents/_delta_log/00000000000000000000.json");
      while (!Files.exists(commit)) {
        assertTrue(first.isAlive(), () -> text(log));
        Thread.sleep(50);
      }
      Fixtures.Printed second = Fixtures.gristmill("run", conf.toString());
      assertEquals(Exit.HELD, second.code(), second.err());
      assertTrue(second.err().contains("nothing was changed"), second.err());
    } finally {
      first.descendants().forEach(ProcessHandle::destroyForcibly);
      first.destroyForcibly();
    }
    assertNotEquals(0, first.waitFor());

    Fixtures.Printed again = Fixtures.gristmill("run", conf.toString());
    assertEquals(Exit.DONE, again.code(), again.err());
    assertEquals(counts(undisturbed), counts(again));
    assertEquals(Fixtures.shards(whole), Fixtures.shards(root));
  }

  private static String text(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** The ledger without the paths below it. */
  private static String counts(Fixtures.Printed run) {
    return run.out().substring(0, run.out().indexOf("tables "));
  }

  @Test
  void aRealClusterMakesTheSameShards() throws Exception {
    Path cluster = folder.resolve("cluster");
    Path conf = Fixtures.conf(folder, input, cluster, "");
    String processes = folder.resolve("processes").toString();
    try {
      String address = standalone("start", processes);
      assertTrue(address.strip().startsWith("spark://127.0.0.1:"), address);
      String printed = standalone("submit", processes, "run", conf.toString());
      assertTrue(
          printed.contains(undisturbed.out().lines().skip(1).findFirst().orElseThrow()), printed);
    } finally {
      standalone("stop", processes);
    }
    assertEquals(Fixtures.shards(whole), Fixtures.shards(cluster));
  }

  /** Runs the script; its output, once it has ended well. */
  private static String standalone(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(HOME.resolve("src/test/cluster/standalone").toString());
    command.addAll(Arrays.asList(arguments));
    Path log = Files.createTempFile(folder, arguments[0], ".log");
    int status = process(log, command.toArray(new String[0])).start().waitFor();
    String printed = Files.readString(log);
    assertEquals(0, status, printed);
    return printed;
  }
}
