package org.gristmill.sources;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Real files that lie beside the repository, if they do. */
public final class SharedData {
  private SharedData() {}

  /** The files below a folder of the data, sorted; skips the test where there are none. */
  public static List<Path> files(String folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder(folder))) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** A folder of the data; skips the test where there is none. */
  public static Path folder(String name) {
    Path folder = root().resolve(name);
    assumeTrue(Files.exists(folder), () -> folder + " is absent: set -Dshared.data=FOLDER");
    return folder;
  }

  public static Path root() {
    String set = System.getProperty("shared.data", "");
    if (!set.isEmpty()) {
      return Path.of(set);
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve("shared/data"))) {
        return at.resolve("shared/data");
      }
    }
    return Path.of("shared/data");
  }
}
