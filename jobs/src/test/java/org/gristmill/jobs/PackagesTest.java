package org.gristmill.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The order of packages: each may use those before it, none those behind it. */
class PackagesTest {
  private static final List<String> ORDER =
      List.of(
          "settings",
          "table",
          "ingest",
          "steps",
          "registry",
          "conf",
          "ledger",
          "run",
          "sql",
          "cli",
          "");

  private static final Pattern IMPORT =
      Pattern.compile("^import (?:static )?org\\.gristmill\\.jobs\\.(?:([a-z]+)\\.)?[A-Z]");

  @Test
  void noArrowGoesBack() throws IOException {
    Path root = Path.of("src/main/java/org/gristmill/jobs");
    List<String> back = new ArrayList<>();
    int seen = 0;
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        int place = ORDER.indexOf(root.relativize(file.getParent()).toString());
        assertTrue(place >= 0, file + " is in a package that has no place in the order");
        for (String line : Files.readAllLines(file)) {
          Matcher matcher = IMPORT.matcher(line);
          if (matcher.find()) {
            seen++;
            String used = matcher.group(1) == null ? "" : matcher.group(1);
            if (ORDER.indexOf(used) > place) {
              back.add(root.relativize(file) + ": " + line);
            }
          }
        }
      }
    }
    assertTrue(seen > 50, "only " + seen + " imports seen");
    assertEquals(List.of(), back);
  }
}
