package org.gristmill.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.gristmill.jobs.Main;
import org.gristmill.jobs.cli.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private int gristmill(String... args) {
    try (PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      return Main.run(stream, stream, args);
    }
  }

  @Test
  void isACommandAmongTheOthers() {
    assertEquals(Exit.DONE, gristmill("--help"));
    assertTrue(printed.toString(StandardCharsets.UTF_8).contains("\n  demo "), printed.toString());
    assertEquals(Exit.DONE, gristmill("demo", "--help"));
    assertTrue(printed.toString(StandardCharsets.UTF_8).contains("Usage: gristmill demo"));
  }

  @Test
  void withoutItsDownloadsItSaysWhatFetchesThem(@TempDir Path home) {
    assertEquals(Exit.MISTAKE, gristmill("demo", "--home", home.toString()));
    assertTrue(printed.toString(StandardCharsets.UTF_8).contains("mvn -f demo/input.pom.xml"));
  }
}
