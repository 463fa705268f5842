package org.gristmill.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Real files of other people's, which are no part of the project: they lie in {@code shared/data}
 * beside it, or where the system property {@code shared.data} says. A test that asks for one that
 * is not there is skipped with a message.
 */
public final class RealFiles {
  private RealFiles() {}

  /** The folder of all of them. */
  public static Path root() {
    return path("");
  }

  /** A file or folder below the root, which must be there for the test to go on. */
  public static Path path(String name) {
    Path path = found().resolve(name);
    assumeTrue(
        Files.exists(path), () -> path + " is absent; -Dshared.data=FOLDER says where it is");
    return path;
  }

  /** The regular files below a folder, sorted. */
  public static List<Path> files(String folder) throws IOException {
    try (Stream<Path> walk = Files.walk(path(folder))) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static Path found() {
    String set = System.getProperty("shared.data", "");
    if (!set.isEmpty()) {
      return Path.of(set).toAbsolutePath();
    }
    Path beside = Path.of("shared", "data");
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve(beside))) {
        return at.resolve(beside);
      }
    }
    return beside.toAbsolutePath();
  }
}
