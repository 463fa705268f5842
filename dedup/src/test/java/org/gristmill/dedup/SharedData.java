package org.gristmill.dedup;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the real files some tests read; where there are none, the test is skipped. */
final class SharedData {
  private SharedData() {}

  static Path path(String name) {
    Path found = Path.of(System.getProperty("shared.data", "shared/data"));
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      if (!Files.isDirectory(found) && Files.isDirectory(up.resolve("shared/data"))) {
        found = up.resolve("shared/data");
      }
    }
    Path file = found.resolve(name);
    assumeTrue(Files.exists(file), "no shared data: " + name);
    return file;
  }
}
