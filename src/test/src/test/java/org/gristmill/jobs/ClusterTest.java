package org.gristmill.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.gristmill.jobs.cli.Exit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same jar and conf on a real standalone cluster give the same shards, byte for byte. */
class ClusterTest {
  private static final Path HOME = Path.of("../..").toAbsolutePath().normalize();

  @TempDir Path folder;

  @Test
  void aClusterMakesTheSameShards() throws Exception {
    Assumptions.assumeTrue(
        Files.exists(HOME.resolve("jobs/target/gristmill.jar")),
        "gristmill.jar is not built: run mvn verify");
    Path input = folder.resolve("input");
    Fixtures.corpus(input);
    Path embedded = folder.resolve("embedded");
    Fixtures.Printed here =
        Fixtures.gristmill("run", Fixtures.conf(folder, input, embedded, "").toString());
    assertEquals(Exit.DONE, here.code(), here.err());

    Path cluster = folder.resolve("cluster");
    Path conf = Fixtures.conf(folder, input, cluster, "");
    String processes = folder.resolve("processes").toString();
    try {
      String address = standalone("start", processes);
      assertTrue(address.strip().startsWith("spark://127.0.0.1:"), address);
      String printed = standalone("submit", processes, "run", conf.toString());
      assertTrue(printed.contains(here.out().lines().skip(1).findFirst().orElseThrow()), printed);
    } finally {
      standalone("stop", processes);
    }
    assertTrue(Fixtures.shards(embedded).size() > 2);
    assertEquals(Fixtures.shards(embedded), Fixtures.shards(cluster));
  }

  /** Runs the script; its output, once it has ended well. */
  private String standalone(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(HOME.resolve("src/test/cluster/standalone").toString());
    command.addAll(Arrays.asList(arguments));
    Path log = Files.createTempFile(folder, arguments[0], ".log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    boolean ended = process.waitFor(5, TimeUnit.MINUTES);
    if (!ended) {
      process.destroyForcibly();
    }
    String printed = Files.readString(log);
    assertTrue(ended && process.exitValue() == 0, printed);
    return printed;
  }
}
